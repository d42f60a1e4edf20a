internal import Settings

/// The files that stand beside the configuration, such as `alerts.yaml`.
enum ConfigurationFile {
    /// Where one is.
    static func path(_ name: String, beside configuration: String) -> String {
        let folder = configuration.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return (folder + [name[...]]).joined(separator: "/")
    }

    /// Its bytes, or `nil` when there is no such file.
    @Sendable static func read(_ path: String) throws -> [UInt8]? {
        do {
            return try FileSource.system.read(path).bytes
        } catch FileFailure.missing {
            return nil
        }
    }
}

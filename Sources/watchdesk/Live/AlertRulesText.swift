internal import Settings

/// The alert rules' file, `alerts.yaml` beside the configuration.
enum AlertRulesText {
    /// Where it is.
    static func path(beside configuration: String) -> String {
        let folder = configuration.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return (folder + ["alerts.yaml"]).joined(separator: "/")
    }

    /// Its bytes, or `nil` when there is no such file.
    static func read(_ path: String) throws -> [UInt8]? {
        do {
            return try FileSource.system.read(path).bytes
        } catch FileFailure.missing {
            return nil
        }
    }
}

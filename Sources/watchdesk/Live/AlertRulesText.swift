internal import Settings

/// The alert rules' file, `alerts.yaml` beside the configuration.
enum AlertRulesText {
    /// Its bytes, or `nil` when there is no such file.
    static func beside(_ configuration: String) throws -> [UInt8]? {
        let folder = configuration.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let path = (folder + ["alerts.yaml"]).joined(separator: "/")
        do {
            return try FileSource.system.read(path).bytes
        } catch FileFailure.missing {
            return nil
        }
    }
}

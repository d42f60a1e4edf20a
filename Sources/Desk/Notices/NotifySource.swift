public import Monitoring
internal import YAML

/// Where `notify.yaml` comes from, and the secrets that it names.
public struct NotifySource: Sendable {
    /// Where the file is, for what is said about its faults and to notice when it changes.
    public var path = "notify.yaml"
    /// The file's bytes; `nil` when there is no such file, and then nobody is told.
    public var read: @Sendable () throws -> [UInt8]? = { nil }
    /// The secret text of `env:NAME` or `file:/path`; what it throws must not hold the secret.
    public var secret: @Sendable (String) throws -> String = { $0 }
    /// The TZif file of a time zone's name; `nil` when this machine has none.
    public var zone: @Sendable (String) -> [UInt8]? = { _ in nil }

    /// No file.
    public init() {}

    /// What the file says now.
    ///
    /// - Throws: `YAMLFailure` with everything that is wrong; what ``read`` throws.
    public func configuration() throws -> NotifyConfiguration {
        guard let bytes = try read() else { return NotifyConfiguration() }
        return try NotifyFile.read(bytes, file: path, zones: zone)
    }

    /// The folder that holds the file.
    var folder: String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }
}

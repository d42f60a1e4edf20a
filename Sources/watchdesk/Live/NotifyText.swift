internal import Desk
internal import Settings

/// The file that says who is told of alerts, `notify.yaml` beside the configuration, and the secrets it names.
enum NotifyText {
    /// Where it is read from.
    static func source(beside configuration: String) throws -> NotifySource {
        let path = ConfigurationFile.path("notify.yaml", beside: configuration)
        let environment = try ProcessEnvironment.current()
        var source = NotifySource()
        source.path = path
        source.read = { try ConfigurationFile.read(path) }
        source.secret = { place in
            try Secret.kept(at: place, namedIn: path, environment: environment).revealed
        }
        source.zone = zone
        return source
    }

    /// The TZif file of a time zone, whose name the file's reader has checked; `nil` when there is none.
    @Sendable static func zone(_ name: String) -> [UInt8]? {
        guard !name.split(separator: "/").contains("..") else { return nil }
        do { return try FileSource.system.read("/usr/share/zoneinfo/\(name)").bytes } catch { return nil }
    }
}

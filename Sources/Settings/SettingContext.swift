/// The folders that defaults and relative paths are counted from.
public struct SettingContext: Equatable, Sendable {
    /// The person's home folder, when the environment names it.
    public let home: String?
    /// `$XDG_DATA_HOME`, or its default below the home folder.
    public let dataHome: String?
    /// `$XDG_CONFIG_HOME`, or its default below the home folder.
    public let configHome: String?
    /// The folder that a relative path is counted from; `nil` for the working directory.
    public let base: String?

    /// The folders that an environment names; a relative `$XDG_…` is ignored, as the XDG specification asks.
    public init(environment: [String: String], base: String? = nil) {
        let absolute = { (name: String) in environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
        home = absolute("HOME")
        dataHome = absolute("XDG_DATA_HOME") ?? home.map { "\($0)/.local/share" }
        configHome = absolute("XDG_CONFIG_HOME") ?? home.map { "\($0)/.config" }
        self.base = base
    }

    private init(_ other: SettingContext, base: String) {
        home = other.home
        dataHome = other.dataHome
        configHome = other.configHome
        self.base = base
    }

    /// The same folders, with relative paths counted from the folder of this file.
    public func besides(file: String) -> SettingContext {
        guard let slash = file.lastIndex(of: "/") else { return self }
        return SettingContext(self, base: String(file[..<slash]))
    }

    /// A path with `~/` replaced and counted from ``base``; `nil` for an empty one, or for `~` without a home folder.
    public func path(_ text: String) -> String? {
        guard !text.isEmpty, !text.unicodeScalars.contains("\0") else { return nil }
        if text == "~" { return home }
        if text.hasPrefix("~/") { return home.map { "\($0)/\(text.dropFirst(2))" } }
        guard !text.hasPrefix("/"), let base else { return text }
        return "\(base)/\(text)"
    }
}

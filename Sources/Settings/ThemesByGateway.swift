/// Themes for single gateways, so that a person sees at a glance where a key would act.
public struct ThemesByGateway: Equatable, Sendable, CustomStringConvertible {
    /// Names of themes by `HOST:PORT` or `HOST`, in lower case.
    private let names: [String: String]

    /// Themes from `HOST:PORT=THEME` with commas between them; `nil` for anything else.
    init?(_ text: String, in context: SettingContext) {
        var names: [String: String] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { String($0.drop { $0 == " " }) }
            guard parts.count == 2, ServerAddress("http://" + parts[0])?.authority == parts[0].lowercased(),
                let theme = SettingType<String>.theme.read(parts[1], context)
            else { return nil }
            names[parts[0].lowercased()] = theme
        }
        self.names = names
    }

    /// The theme for a gateway: that of its host and port, else that of its host.
    public func theme(for gateway: ServerAddress) -> String? {
        let authority = gateway.authority
        if let exact = names[authority] { return exact }
        guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else { return nil }
        return names[String(authority[..<colon])]
    }

    /// The form that is read.
    public var description: String {
        names.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }
}

extension SettingType<ThemesByGateway> {
    /// Themes by the gateways that they are for.
    public static var themesByGateway: Self {
        SettingType("themes by gateway, such as desk.example:7180=red-alert") { ThemesByGateway($0, in: $1) }
    }
}

/// Every pane of the console; one line each.
enum Panes {
    /// The panes in the order of their number keys.
    static let all: [AnyPane] = [
        AnyPane(OverviewPane.self, at: \.overview),
        AnyPane(SystemPane.self, at: \.system),
        AnyPane(AlertsPane.self, at: \.alerts),
        AnyPane(ConversationsPane.self, at: \.conversations),
        AnyPane(ModelsPane.self, at: \.models),
        AnyPane(MetricsPane.self, at: \.metrics),
    ]

    /// The pane of a name.
    static func pane(_ name: PaneName) -> AnyPane {
        guard let pane = all.first(where: { $0.name == name }) else {
            preconditionFailure("the pane \(name) is missing from the list of panes")
        }
        return pane
    }
}

/// Everything that `alerts.yaml` says.
public struct AlertConfiguration: Equatable, Sendable {
    /// What is watched.
    public var rules: [AlertRule]
    /// Which alerts keep others quiet.
    public var inhibitions: [AlertInhibition] = []
    /// When alerts are expected and call nobody.
    public var windows: [MaintenanceWindow] = []
    /// When the next in line is called, for alerts that come from outside.
    var escalation = AlertEscalation()

    /// What counts without a file.
    public init(rules: [AlertRule] = AlertRule.starter) {
        self.rules = rules
    }
}

/// While one alert fires, others call nobody; the names are Alertmanager's.
public struct AlertInhibition: Equatable, Sendable {
    /// What must fire.
    public var sources: [LabelMatcher]
    /// What is kept quiet then.
    public var targets: [LabelMatcher]
    /// The labels that both must have alike.
    public var equal: [String]
}

/// Hours that come again, in which matching alerts call nobody.
public struct MaintenanceWindow: Equatable, Sendable {
    /// What it is called.
    public var name: String
    /// What is kept quiet.
    public var matchers: [LabelMatcher]
    /// When.
    public var hours: QuietHours
}

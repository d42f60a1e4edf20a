public import DeskAPI

/// What a rule is watched on: one metric of one host.
public struct AlertSubject: Hashable, Sendable {
    /// The host's name.
    public let host: String
    /// The metric's full name.
    public let metric: String
    /// What stands for `*` in the rule's metric; empty when it has none.
    public let device: String
    /// What the value counts.
    public let unit: MetricUnit

    /// One metric of one host.
    public init(host: String, metric: String, device: String = "", unit: MetricUnit) {
        self.host = host
        self.metric = metric
        self.device = device
        self.unit = unit
    }
}

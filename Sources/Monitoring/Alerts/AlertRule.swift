public import DeskAPI
public import Vocabulary

/// When a metric needs a person, and how it is said.
public struct AlertRule: Equatable, Sendable {
    /// Names the rule among all others: lower-case letters, digits and hyphens.
    public var name: String
    /// Which metrics it watches.
    public var metric: MetricPattern
    /// What the value is divided by before it is judged, such as `cpu.cores`; its `*` is the metric's own device.
    public var divisor: MetricPattern?
    /// What of the value is judged.
    public var measure: AlertMeasure
    /// Whether values above the threshold are bad, rather than values below.
    public var firesAbove: Bool
    /// Values beyond it are bad; the threshold itself is not.
    public var threshold: Double
    /// At this value or better it clears; between this and the threshold nothing changes.
    public var clear: Double
    /// For how long the value must be bad before the alert fires.
    public var hold: Duration
    /// For how long the value must have cleared before the alert is over.
    public var keepFiring: Duration
    /// How much it needs a person.
    public var severity: Severity
    /// Whom it concerns.
    public var category: AlertCategory
    /// What is said, one line.
    public var summary: AlertSummary
    /// What else must hold on the same host for a value to be bad.
    public var others: [AlertCondition] = []
    /// What is said about its alerts by name.
    public var labels: [AlertLabel] = []
    /// What to do about its alerts: an address or a line of text.
    public var runbook: String?
    /// How long after a call that nobody acknowledged the next in line is called, for each step; none calls nobody else.
    public var escalation: [Duration] = []
    /// Where its alerts come from.
    public var source = Alert.Source.rule

    /// A rule; `clear` is the threshold itself unless given, `summary` says name, value and threshold.
    public init(
        _ name: String, _ metric: MetricPattern, per divisor: MetricPattern? = nil,
        measure: AlertMeasure = .value, firesAbove: Bool = true, threshold: Double, clear: Double? = nil,
        hold: Duration = .zero, keepFiring: Duration = .zero,
        severity: Severity = .warning, category: AlertCategory = .system, summary: AlertSummary? = nil
    ) {
        self.name = name
        self.metric = metric
        self.divisor = divisor
        self.measure = measure
        self.firesAbove = firesAbove
        self.threshold = threshold
        self.clear = clear ?? threshold
        self.hold = hold
        self.keepFiring = keepFiring
        self.severity = severity
        self.category = category
        self.summary = summary ?? .plain(firesAbove: firesAbove)
    }

    /// Whether the value is bad.
    func isBroken(by value: Double) -> Bool { firesAbove ? value > threshold : value < threshold }

    /// Whether the value is good enough to end an alert.
    func isCleared(by value: Double) -> Bool { firesAbove ? value <= clear : value >= clear }
}

/// Whom an alert concerns.
public enum AlertCategory: String, CaseIterable, Sendable {
    /// The machine.
    case system
    /// The gateway and what it depends on.
    case service
    /// The assistant.
    case model
    /// Keys, limits, attacks.
    case security
    /// Customers who wait.
    case conversation
    /// Anything else.
    case custom
}

/// Another metric of the same host, or of the same device, that must be beyond a value.
public struct AlertCondition: Equatable, Sendable {
    /// Which metric; its `*` is the device of the rule's own metric.
    public var metric: MetricPattern
    /// What its value is divided by.
    public var divisor: MetricPattern?
    /// Whether it must be above the threshold rather than below.
    public var isAbove: Bool
    /// The value beyond which it holds.
    public var threshold: Double

    /// Whether it holds for a value.
    func holds(for value: Double) -> Bool { isAbove ? value > threshold : value < threshold }
}

/// What a rule judges at one moment.
struct AlertReading: Equatable, Sendable {
    /// The value; always finite.
    let value: Double
    /// Whether everything else holds that the rule asks for.
    var meetsOthers = true
}

extension AlertRule {
    /// Whether the value is bad.
    func isBroken(by reading: AlertReading) -> Bool { reading.meetsOthers && isBroken(by: reading.value) }

    /// Whether the value is good enough to end an alert.
    func isCleared(by reading: AlertReading) -> Bool { !reading.meetsOthers || isCleared(by: reading.value) }
}

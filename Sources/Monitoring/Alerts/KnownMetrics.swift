public import DeskAPI
internal import Host
internal import Vocabulary

/// The metrics that can be watched, so that a rule with a misspelt name is refused instead of never firing.
public struct KnownMetrics: Sendable {
    private let units: [(pattern: MetricPattern, unit: DeskAPI.MetricUnit?)]

    /// Metrics by name (`*` for a device) with their unit.
    public init(_ metrics: [(name: String, unit: DeskAPI.MetricUnit?)]) {
        units = metrics.compactMap { metric in MetricPattern(metric.name).map { ($0, metric.unit) } }
    }

    /// Everything that a host's sampler and the desk itself report.
    public static let shipped = KnownMetrics(
        MetricCatalogue.all.map { ($0.name, unit(named: $0.unit.rawValue)) }
            + DeskMetric.allCases.map { ($0.rawValue, $0.unit) }
            + [
                ("service.*.up", .count), ("service.*.latency", .milliseconds), ("service.*.certificate", .seconds),
                (NodeTrack.upMetric, .count),
            ])

    /// Whether a rule for these metrics can ever see a value.
    func covers(_ pattern: MetricPattern) -> Bool {
        units.contains { known, _ in
            known.device(in: pattern.description) != nil || pattern.device(in: known.description) != nil
        }
    }

    /// The unit of these metrics, or `nil` when they are unknown or of different units.
    func unit(of pattern: MetricPattern) -> DeskAPI.MetricUnit? {
        let found = units.filter { known, _ in
            known.device(in: pattern.description) != nil || pattern.device(in: known.description) != nil
        }
        guard let first = found.first?.unit, found.allSatisfy({ $0.unit == first }) else { return nil }
        return first
    }

    /// What a person is told about a name that is unknown: the one that was probably meant, or how names begin.
    func hint(for text: String) -> String {
        if let meant = units.map(\.pattern.description).nearest(to: text) { return "did you mean `\(meant)`?" }
        let families = Set(units.compactMap { $0.pattern.description.split(separator: ".").first.map(String.init) })
        return "names begin with \(families.sorted().joined(separator: ", "))"
    }

    /// The desk's unit for a sampler's; a flag is a count of 0 or 1.
    private static func unit(named name: String) -> DeskAPI.MetricUnit {
        switch name {
        case "bytesPerSecond": .bytesPerSecond
        case "perSecond": .perSecond
        default: DeskAPI.MetricUnit(rawValue: name) ?? .count
        }
    }
}

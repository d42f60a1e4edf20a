internal import DeskAPI

/// Finds where the metrics of rules stand in a host's snapshots.
///
/// Rules for devices look only at names with the same first word, so that thousands of rules on thousands of metrics are
/// compiled in a moment.
struct RulePlaces {
    private let layout: MetricLayout
    private var families: [Substring: [Int]] = [:]

    init(_ layout: MetricLayout) {
        self.layout = layout
        for place in layout.names.indices {
            families[RulePlaces.family(of: layout.names[place]), default: []].append(place)
        }
    }

    /// Each metric that a rule watches and whose divisor and conditions are there.
    func places(of rule: AlertRule) -> [AlertPlace] {
        candidates(of: rule.metric).compactMap { place in
            guard let device = rule.metric.device(in: layout.names[place]) else { return nil }
            guard rule.others.allSatisfy({ $0.place(of: device, in: layout) != nil }) else { return nil }
            guard let divisor = rule.divisor else { return AlertPlace(value: place, divisor: nil) }
            return layout.place(of: divisor.name(for: device)).map { AlertPlace(value: place, divisor: $0) }
        }
    }

    private func candidates(of metric: MetricPattern) -> [Int] {
        guard metric.isForDevices else { return layout.place(of: metric.description).map { [$0] } ?? [] }
        let family = RulePlaces.family(of: metric.description)
        return family.contains("*") ? Array(layout.names.indices) : families[family] ?? []
    }

    private static func family(of name: String) -> Substring { name.prefix { $0 != "." } }
}

extension AlertCondition {
    /// Where its value stands for a device; `nil` when the host has no such metric.
    func place(of device: String, in layout: MetricLayout) -> AlertPlace? {
        guard let value = layout.place(of: metric.name(for: device)) else { return nil }
        guard let divisor else { return AlertPlace(value: value, divisor: nil) }
        return layout.place(of: divisor.name(for: device)).map { AlertPlace(value: value, divisor: $0) }
    }
}

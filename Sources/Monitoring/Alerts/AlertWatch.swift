internal import DeskAPI
internal import Vocabulary

/// Every rule that concerns one host, with the place of its value in the host's snapshots.
struct AlertWatch {
    /// A rule on one metric.
    struct Target {
        var machine: AlertMachine
        /// Where the value stands in the layout; `nil` when the host has no such metric now.
        var place: Int?
        /// Where the divisor stands, for rules that have one.
        var divisorPlace: Int?
        /// The rule was removed: an open episode is to be ended.
        var isOrphan = false
        /// A change of this machine is on its way to the disk; it decides nothing until that is settled.
        var isWaiting = false
        /// The value that was last published, and when.
        var shown: Double?
        var shownAt: Monotonic?
        /// When the timers were last stored.
        var storedAt: Monotonic?
        /// The course of the value, for rules that judge more than the newest.
        var trend: ValueTrend?

        /// The value to be judged; `nil` when it is missing, or too little was seen.
        mutating func value(in values: [Double], at monotonic: Monotonic) -> Double? {
            guard let newest = plainValue(in: values), let span = machine.rule.measure.span else {
                return plainValue(in: values)
            }
            guard newest.isFinite else { return nil }
            trend = trend ?? ValueTrend(over: span)
            trend?.take(newest, at: monotonic)
            return machine.rule.measure.judged(newest, trend)
        }

        private func plainValue(in values: [Double]) -> Double? {
            guard let place else { return nil }
            guard machine.rule.divisor != nil else { return values[place] }
            guard let divisorPlace, values[divisorPlace] != 0 else { return nil }
            return values[place] / values[divisorPlace]
        }
    }

    /// How often the newest value of an open alert is published, and its timers are stored.
    static let refreshInterval = Duration.seconds(5)

    let host: String
    private(set) var layout: MetricLayout?
    var targets: [Target] = []

    init(host: String) {
        self.host = host
    }

    /// Finds the place of each rule's value anew if the host's metrics changed; open episodes are kept in any case.
    mutating func compile(_ rules: [AlertRule], for layout: MetricLayout) {
        // Nearly always the same object, so that the names need not be compared.
        guard self.layout !== layout else { return }
        defer { self.layout = layout }
        guard self.layout != layout else { return }
        build(rules, layout)
    }

    /// Follows other rules; episodes of rules that are gone become orphans.
    mutating func follow(_ rules: [AlertRule]) {
        build(rules, layout ?? MetricLayout(names: [], units: []))
    }

    private mutating func build(_ rules: [AlertRule], _ layout: MetricLayout) {
        var open: [Key: Target] = [:]
        for target in targets where target.machine.isOpen || target.isWaiting || target.trend != nil {
            open[Key(target)] = target
        }
        targets.removeAll(keepingCapacity: true)
        for rule in rules {
            for match in AlertWatch.matches(of: rule, in: layout, host: host) {
                let fresh = Target(machine: AlertMachine(rule: rule, subject: match.subject))
                var target = open.removeValue(forKey: Key(fresh)) ?? fresh
                if target.machine.rule.measure != rule.measure { target.trend = nil }
                target.machine.follow(rule)
                target.place = match.place
                target.divisorPlace = match.divisor
                target.isOrphan = false
                targets.append(target)
            }
        }
        targets += open.values.filter { $0.machine.isOpen || $0.isWaiting }.map { AlertWatch.detached($0, from: rules) }
            .sorted { $0.number < $1.number }
    }

    /// An open episode without a value: its device is gone, or its rule.
    private static func detached(_ target: Target, from rules: [AlertRule]) -> Target {
        var target = target
        target.place = nil
        target.divisorPlace = nil
        let rule = rules.first {
            $0.name == target.machine.rule.name && $0.metric.device(in: target.machine.subject.metric) != nil
        }
        if let rule { target.machine.follow(rule) }
        target.isOrphan = rule == nil
        return target
    }

    private struct Key: Hashable {
        let rule: String
        let metric: String

        init(_ target: Target) {
            rule = target.machine.rule.name
            metric = target.machine.subject.metric
        }
    }

    private struct Match {
        let subject: AlertSubject
        let place: Int
        let divisor: Int?
    }

    private static func matches(of rule: AlertRule, in layout: MetricLayout, host: String) -> [Match] {
        let places = rule.metric.isForDevices ? Array(layout.names.indices) : rule.places(in: layout)
        return places.compactMap { place in
            guard let device = rule.metric.device(in: layout.names[place]) else { return nil }
            let divisor = rule.divisor.map { layout.place(of: $0.name(for: device)) }
            if case .some(.none) = divisor { return nil }
            let subject = AlertSubject(
                host: host, metric: layout.names[place], device: device,
                unit: rule.measure.unit(of: divisor == nil ? layout.units[place] : .count))
            return Match(subject: subject, place: place, divisor: divisor ?? nil)
        }
    }
}

extension AlertWatch.Target {
    fileprivate var number: Int64 { machine.alert?.id.number ?? 0 }
}

extension AlertRule {
    fileprivate func places(in layout: MetricLayout) -> [Int] {
        layout.place(of: metric.description).map { [$0] } ?? []
    }
}

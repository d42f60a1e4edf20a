internal import DeskAPI
internal import Vocabulary

/// Every rule that concerns one host, with the place of its value in the host's snapshots.
///
/// What nothing is wrong with is a line in a plan: a million series must neither cost memory nor time. Only what is bad,
/// or has to remember earlier values, has a target.
struct AlertWatch: Sendable {
    /// One rule on one metric, as it is looked at every second.
    struct Line: Sendable {
        let rule: Int32
        let value: Int32
        /// -1 for none.
        let divisor: Int32
        var hasTarget = false
        let isAbove: Bool
        let threshold: Double

        init(rule: Int, place: AlertPlace, bound: AlertRule) {
            self.rule = Int32(clamping: rule)
            value = Int32(clamping: place.value)
            divisor = Int32(clamping: place.divisor ?? -1)
            isAbove = bound.firesAbove
            threshold = bound.threshold
        }

        /// Whether the value is bad; a value that is missing is not.
        func isBroken(in values: [Double]) -> Bool {
            var found = values[Int(value)]
            if divisor >= 0 { found /= values[Int(divisor)] }
            return found.isFinite && (isAbove ? found > threshold : found < threshold)
        }

        var place: AlertPlace { AlertPlace(value: Int(value), divisor: divisor < 0 ? nil : Int(divisor)) }
    }

    /// How often the newest value of an open alert is published, and its timers are stored.
    static let refreshInterval = Duration.seconds(5)

    let host: String
    private(set) var layout: MetricLayout?
    private(set) var rules: [AlertRule] = []
    private(set) var lines: [Line] = []
    var targets: [AlertTarget] = []
    /// What is usual now, by metric.
    private var usual: [String: AlertBaseline] = [:]
    /// When the host's last snapshot was judged.
    var judgedAt: Monotonic?

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

    /// Takes over what is usual from now on.
    mutating func follow(usual: [String: AlertBaseline]) {
        self.usual = usual
        for index in targets.indices { targets[index].usual = usual[targets[index].machine.subject.metric] }
    }

    /// Gives each line whose value is bad a target of its own.
    mutating func promote(_ values: [Double]) {
        for index in lines.indices where !lines[index].hasTarget && lines[index].isBroken(in: values) {
            lines[index].hasTarget = true
            if let target = fresh(lines[index]) { targets.append(target) }
        }
    }

    /// Turns targets with nothing left to remember into lines again.
    mutating func demote(at monotonic: Monotonic) {
        let gone = targets.filter { !$0.isNeeded(at: monotonic) }
        guard !gone.isEmpty else { return }
        targets.removeAll { !$0.isNeeded(at: monotonic) }
        let keys = Set(gone.map(Key.init))
        for index in lines.indices where lines[index].hasTarget {
            if let layout, keys.contains(Key(rules[Int(lines[index].rule)].name, layout.names[Int(lines[index].value)]))
            {
                lines[index].hasTarget = false
            }
        }
    }

    private func fresh(_ line: Line) -> AlertTarget? {
        guard let layout else { return nil }
        let rule = rules[Int(line.rule)]
        return target(of: rule, at: line.place, in: layout)
    }

    private func target(of rule: AlertRule, at place: AlertPlace, in layout: MetricLayout) -> AlertTarget? {
        let name = layout.names[place.value]
        guard let device = rule.metric.device(in: name) else { return nil }
        let subject = AlertSubject(
            host: host, metric: name, device: device,
            unit: rule.measure.unit(of: place.divisor == nil ? layout.units[place.value] : .count))
        var target = AlertTarget(
            machine: AlertMachine(rule: rule, subject: subject), place: place,
            others: rule.others.compactMap { $0.place(of: device, in: layout) })
        target.usual = usual[name]
        return target
    }

    private mutating func build(_ rules: [AlertRule], _ layout: MetricLayout) {
        var kept: [Key: AlertTarget] = [:]
        for target in targets { kept[Key(target)] = target }
        (self.rules, self.layout) = (rules, layout)
        let places = RulePlaces(layout)
        targets.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
        for (number, rule) in rules.enumerated() {
            for place in places.places(of: rule) {
                var line = Line(rule: number, place: place, bound: rule)
                let key = Key(rule.name, layout.names[place.value])
                if var target = kept.removeValue(forKey: key) {
                    if let found = self.target(of: rule, at: place, in: layout) {
                        target.follow(rule)
                        (target.place, target.others, target.isOrphan) = (found.place, found.others, false)
                    }
                    targets.append(target)
                    line.hasTarget = true
                } else if !rule.measure.isPlain, let target = target(of: rule, at: place, in: layout) {
                    targets.append(target)
                    line.hasTarget = true
                }
                lines.append(line)
            }
        }
        targets += kept.values.filter {
            $0.isRaised || $0.machine.isOpen || $0.isWaiting || $0.machine.rule.measure == .absence
        }
        .compactMap { AlertWatch.detached($0, from: rules) }.sorted { $0.number < $1.number }
    }

    /// What has no value any more: its device is gone, or its rule; `nil` when nothing is left to be done.
    private static func detached(_ target: AlertTarget, from rules: [AlertRule]) -> AlertTarget? {
        guard !target.isRaised else { return target }
        var target = target
        target.place = nil
        target.others = []
        let rule = rules.first {
            $0.name == target.machine.rule.name && $0.metric.device(in: target.machine.subject.metric) != nil
        }
        if let rule { target.follow(rule) }
        target.isOrphan = rule == nil
        return target.isOrphan && !target.machine.isOpen && !target.isWaiting ? nil : target
    }

    private struct Key: Hashable {
        let rule: String
        let metric: String

        init(_ rule: String, _ metric: String) {
            (self.rule, self.metric) = (rule, metric)
        }

        init(_ target: AlertTarget) {
            self.init(target.machine.rule.name, target.machine.subject.metric)
        }
    }
}

extension AlertTarget {
    fileprivate var number: Int64 { machine.alert?.id.number ?? 0 }
}

internal import DeskAPI
internal import Vocabulary

/// Every alert that is open and those that were over lately, as they stand on the disk.
struct AlertBook {
    /// How long an alert that is over stays listed.
    static let retention = Duration.seconds(15 * 60)
    /// How many of them at most.
    static let retainedCount = 200

    private var rules: [AlertRule]
    private(set) var escalation = AlertEscalation()
    private var usual: [String: [String: AlertBaseline]] = [:]
    var watches: [AlertWatch] = []
    private var places: [String: Int] = [:]
    private var over: [Over] = []
    private var sweptAt: Monotonic?
    var suppressor = AlertSuppressor()

    private struct Over {
        let alert: Alert
        var since: Monotonic?
    }

    init(_ configuration: AlertConfiguration) {
        rules = configuration.rules
        escalation = configuration.escalation
        suppressor.follow(configuration)
    }

    /// Goes on with what an earlier process stored.
    ///
    /// - Parameter lately: Alerts that were over not long ago, newest first.
    mutating func resume(_ stored: [StoredAlert], lately: [Alert], at now: Timestamp) {
        over = lately.map { Over(alert: $0) }
        for entry in stored {
            let alert = entry.episode.alert
            suppressor.follow(alert)
            let rule = rules.first { $0.name == alert.rule && $0.metric.device(in: alert.metric) != nil }
            let machine = AlertMachine(
                rule: rule ?? AlertRule(of: alert),
                subject: AlertSubject(
                    host: alert.host, metric: alert.metric, device: rule?.metric.device(in: alert.metric) ?? "",
                    unit: alert.unit),
                resuming: entry.episode, elapsed: entry.elapsed, seenAt: entry.seenAt, now: now)
            let watch = watch(alert.host)
            watches[watch].targets.append(
                AlertTarget(machine: machine, isOrphan: rule == nil && alert.source == .rule))
        }
        for alert in lately.reversed() where alert.resolvedBy != nil { holdBack(alert) }
    }

    /// What somebody ended by hand does not begin again before its value was good once, across a restart too.
    private mutating func holdBack(_ alert: Alert) {
        guard alert.source == .rule,
            let rule = rules.first(where: { $0.name == alert.rule && $0.metric.device(in: alert.metric) != nil })
        else { return }
        let watch = watch(alert.host)
        guard !watches[watch].targets.contains(where: { $0.isAbout(alert) }) else { return }
        let subject = AlertSubject(
            host: alert.host, metric: alert.metric, device: rule.metric.device(in: alert.metric) ?? "", unit: alert.unit
        )
        var machine = AlertMachine(rule: rule, subject: subject)
        machine.mustClear = true
        watches[watch].targets.append(AlertTarget(machine: machine))
    }

    /// Expects values of hosts that reported before this process began: their silence counts from now on.
    mutating func expect(_ known: [HostSnapshot], monotonic: Monotonic) {
        for snapshot in known {
            let watch = watch(snapshot.host)
            watches[watch].compile(rules, for: snapshot.layout)
            for index in watches[watch].targets.indices
            where watches[watch].targets[index].machine.rule.measure == .absence {
                _ = watches[watch].targets[index].reading(in: snapshot.values, at: monotonic)
            }
        }
    }

    /// Judges a host's snapshot.
    mutating func take(_ snapshot: HostSnapshot, at now: Timestamp, monotonic: Monotonic) -> AlertJudgment {
        suppressor.see(monotonic)
        var outcome = AlertJudgment(suppressor: suppressor, monotonic: monotonic, now: now)
        let watch = watch(snapshot.host)
        watches[watch].compile(rules, for: snapshot.layout)
        watches[watch].judge(snapshot.values, at: now, monotonic: monotonic, into: &outcome)
        sweep(at: now, monotonic: monotonic, into: &outcome)
        return outcome
    }

    /// Follows the silences that are stored.
    mutating func follow(_ silences: [Silence], at now: Timestamp) {
        suppressor.follow(silences, at: now)
    }

    /// Follows another configuration.
    mutating func follow(_ configuration: AlertConfiguration) {
        suppressor.follow(configuration)
        escalation = configuration.escalation
        rules = configuration.rules
        for watch in watches.indices { watches[watch].follow(rules) }
    }

    /// The metrics that rules compare with what is usual.
    var unusual: [MetricPattern] {
        rules.compactMap { rule in if case .anomaly = rule.measure { rule.metric } else { nil } }
    }

    /// Follows what is usual from now on, by host and metric.
    mutating func follow(usual: [String: [String: AlertBaseline]]) {
        self.usual = usual
        for watch in watches.indices { watches[watch].follow(usual: usual[watches[watch].host] ?? [:]) }
    }

    /// Open alerts, and those over lately if asked for; newest first.
    func list(_ request: ListAlerts) -> [Alert] {
        var alerts = open
        if request.resolved { alerts += over.map(\.alert) }
        return Array(alerts.sorted { $0.id > $1.id }.prefix(max(0, Int(clamping: request.limit))))
    }

    /// Those that were over lately, the last first.
    var lately: [Alert] { over.map(\.alert) }

    /// Everything that is not over, in no order.
    var open: [Alert] {
        watches.flatMap { $0.targets.compactMap { $0.machine.isOpen ? $0.machine.alert : nil } }
    }

    /// Where a host's rules stand; `nil` for one that was never seen.
    func place(of host: String) -> Int? { places[host] }

    /// Where a host's rules stand, empty for one that was never seen.
    mutating func watch(_ host: String) -> Int {
        if let place = places[host] { return place }
        places[host] = watches.count
        watches.append(AlertWatch(host: host))
        watches[watches.count - 1].follow(usual: usual[host] ?? [:])
        return watches.count - 1
    }

    private mutating func sweep(at now: Timestamp, monotonic: Monotonic, into outcome: inout AlertJudgment) {
        if let sweptAt, monotonic - sweptAt < .seconds(1) { return }
        sweptAt = monotonic
        for watch in watches.indices { watches[watch].sweep(at: now, monotonic: monotonic, into: &outcome) }
        for index in over.indices where over[index].since == nil { over[index].since = monotonic }
        if let last = over.last?.since, monotonic - last < AlertBook.retention { return }
        over.removeAll { $0.since.map { monotonic - $0 >= AlertBook.retention } ?? false }
    }
}

// MARK: - What became of a change

extension AlertBook {
    /// The change is on the disk under this number, or lost against another when there is none.
    ///
    /// - Returns: the alert to be shown; `nil` when nothing changed.
    mutating func settle(_ change: AlertChange, as number: AlertStore.Number?) -> Alert? {
        guard !change.steps.isEmpty, let (watch, index) = target(of: change) else { return nil }
        watches[watch].targets[index].isWaiting = false
        guard let number else { return nil }
        var after = change.after
        after.number(number)
        after.catchUp(with: watches[watch].targets[index].machine)
        let alert = after.alert
        if let alert { suppressor.follow(alert) }
        if let alert, !alert.isOpen {
            if !change.isWithdrawal { remember(alert) }
            after.clearAway()
        }
        watches[watch].targets[index].machine = after
        watches[watch].targets[index].shown = alert?.value
        watches[watch].targets[index].shownAt = nil
        watches[watch].targets[index].storedAt = nil
        return alert
    }

    /// The change did not reach the disk: everything is as it was, and is judged again.
    mutating func abandon(_ change: AlertChange) {
        guard !change.steps.isEmpty, let (watch, index) = target(of: change) else { return }
        watches[watch].targets[index].isWaiting = false
    }

    /// Somebody's response is on the disk.
    ///
    /// - Returns: the alert to be shown.
    mutating func adopt(_ episode: AlertEpisode) -> Alert {
        for watch in watches.indices {
            for index in watches[watch].targets.indices
            where watches[watch].targets[index].machine.alert?.id == episode.alert.id {
                watches[watch].targets[index].machine.adopt(episode)
                let alert = watches[watch].targets[index].machine.alert ?? episode.alert
                if !alert.isOpen { close(alert, watch, index) }
                return alert
            }
        }
        return episode.alert
    }

    /// Somebody ended it by hand.
    private mutating func close(_ alert: Alert, _ watch: Int, _ index: Int) {
        suppressor.follow(alert)
        remember(alert)
        watches[watch].targets[index].machine.clearAway()
    }

    private mutating func remember(_ alert: Alert) {
        over.insert(Over(alert: alert), at: 0)
        if over.count > AlertBook.retainedCount { over.removeLast() }
    }

    private func target(of change: AlertChange) -> (watch: Int, index: Int)? {
        guard let watch = places[change.subject.host] else { return nil }
        let index = watches[watch].targets.firstIndex {
            $0.machine.subject.metric == change.subject.metric && $0.machine.rule.name == change.rule
        }
        return index.map { (watch, $0) }
    }
}

extension AlertTarget {
    /// Whether it is the rule and the metric that an alert is about.
    fileprivate func isAbout(_ alert: Alert) -> Bool {
        machine.subject.metric == alert.metric && machine.rule.name == alert.rule
    }
}

extension AlertRule {
    /// What is known of a rule that is no longer there.
    init(of alert: Alert) {
        self.init(
            alert.rule, MetricPattern(exactly: alert.metric), firesAbove: alert.firesAbove, threshold: alert.threshold,
            clear: alert.clear, severity: alert.severity,
            category: AlertCategory(rawValue: alert.category) ?? .custom,
            summary: alert.source == .rule ? nil : AlertSummary(literal: alert.summary))
        labels = alert.labels
        runbook = alert.runbook
        source = alert.source
    }
}

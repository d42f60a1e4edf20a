internal import DeskAPI
internal import Vocabulary

/// Every alert that is open and those that were over lately, as they stand on the disk.
struct AlertBook {
    /// How long an alert that is over stays listed.
    static let retention = Duration.seconds(15 * 60)
    /// How many of them at most.
    static let retainedCount = 200

    private var rules: [AlertRule]
    private var watches: [AlertWatch] = []
    private var places: [String: Int] = [:]
    private var over: [Over] = []
    private var sweptAt: Monotonic?
    private var suppressor = AlertSuppressor()

    private struct Over {
        let alert: Alert
        var since: Monotonic?
    }

    init(rules: [AlertRule]) {
        self.rules = rules
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
            watches[watch].targets.append(AlertWatch.Target(machine: machine, isOrphan: rule == nil))
        }
    }

    /// Judges a host's snapshot.
    mutating func take(_ snapshot: HostSnapshot, at now: Timestamp, monotonic: Monotonic) -> AlertOutcome {
        suppressor.see(monotonic)
        var outcome = AlertOutcome(suppressor: suppressor, monotonic: monotonic)
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

    /// Follows other rules.
    mutating func follow(_ rules: [AlertRule]) {
        self.rules = rules
        for watch in watches.indices { watches[watch].follow(rules) }
    }

    /// Open alerts, and those over lately if asked for; newest first.
    func list(_ request: ListAlerts) -> [Alert] {
        var alerts = open
        if request.resolved { alerts += over.map(\.alert) }
        return Array(alerts.sorted { $0.id > $1.id }.prefix(max(0, Int(clamping: request.limit))))
    }

    /// Everything that is not over, in no order.
    var open: [Alert] {
        watches.flatMap { $0.targets.compactMap { $0.machine.isOpen ? $0.machine.alert : nil } }
    }

    private mutating func watch(_ host: String) -> Int {
        if let place = places[host] { return place }
        places[host] = watches.count
        watches.append(AlertWatch(host: host))
        return watches.count - 1
    }

    private mutating func sweep(at now: Timestamp, monotonic: Monotonic, into outcome: inout AlertOutcome) {
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
    mutating func settle(_ change: AlertChange, as id: ID<Alert>?) -> Alert? {
        guard !change.steps.isEmpty, let (watch, index) = target(of: change) else { return nil }
        watches[watch].targets[index].isWaiting = false
        guard let id else { return nil }
        var after = change.after
        after.number(id)
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
                return watches[watch].targets[index].machine.alert ?? episode.alert
            }
        }
        return episode.alert
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

extension AlertRule {
    /// What is known of a rule that is no longer there.
    init(of alert: Alert) {
        self.init(
            alert.rule, MetricPattern(exactly: alert.metric), firesAbove: alert.firesAbove, threshold: alert.threshold,
            clear: alert.clear, severity: alert.severity,
            category: AlertCategory(rawValue: alert.category) ?? .custom)
    }
}

public import DeskAPI
public import Vocabulary

/// The life of the alerts of one rule about one metric of one host: at most one episode is open at a time.
///
/// ```
/// ok → pending → firing ⇄ recovering → ok
///        └→ ok (withdrawn)
/// ```
/// Pure: it is given values and clocks, and returns what happened. Missing values change nothing. Lengths of time are
/// measured with the monotonic clock; the wall clock only stamps the record, and the stamps never go back.
/// Modelled on Prometheus (`for`, `keep_firing_for`) with a clear threshold and an acknowledgment of its own.
public struct AlertMachine: Equatable, Sendable {
    /// Without any value for longer than this, what was counted towards `for` and `keep_firing_for` is forgotten.
    public static let outageTolerance = Duration.seconds(20)

    /// The rule that is watched.
    public private(set) var rule: AlertRule
    /// What it is watched on.
    public let subject: AlertSubject
    /// The newest episode; `nil` before the first, or when the last one was cleared away.
    public private(set) var episode: AlertEpisode?

    /// How long the value has been bad (pending) or good (recovering).
    private(set) var elapsed = Duration.zero
    /// How long the acknowledgment still holds; below zero it expires as soon as the alert fires.
    private(set) var acknowledgmentLeft: Duration?
    /// Nothing was seen between the last value and the next.
    private var isInterrupted = false
    private var lastValue: Monotonic?
    private var lastTick: Monotonic?

    /// A machine without an episode.
    public init(rule: AlertRule, subject: AlertSubject) {
        self.rule = rule
        self.subject = subject
    }

    /// A machine that goes on where an earlier process stopped.
    ///
    /// - Parameters:
    ///   - episode: The open episode as it was stored.
    ///   - elapsed: What was counted towards `for` or `keep_firing_for` at `seenAt`.
    ///   - seenAt: When a value was last seen, as far as it was stored.
    ///   - now: The wall clock now; the only clock that both processes have.
    init(
        rule: AlertRule, subject: AlertSubject, resuming episode: AlertEpisode, elapsed: Duration, seenAt: Timestamp,
        now: Timestamp
    ) {
        self.init(rule: rule, subject: subject)
        self.episode = episode
        let outage = max(.zero, now - seenAt)
        isInterrupted = outage > AlertMachine.outageTolerance
        self.elapsed = isInterrupted ? .zero : elapsed + outage
        if let until = episode.alert.acknowledgedUntil, let start = episode.alert.acknowledgedAt {
            acknowledgmentLeft = min(until - now, until - start)
        }
    }

    /// The newest episode's alert.
    public var alert: Alert? { episode?.alert }

    /// Whether an episode is pending, firing or recovering.
    public var isOpen: Bool { episode?.alert.isOpen ?? false }

    /// Whether the value would neither begin nor change anything.
    func isIndifferent(to value: Double?) -> Bool {
        guard !isOpen, let value, value.isFinite else { return !isOpen }
        return !rule.isBroken(by: value)
    }

    /// Judges a value, `nil` when there is none now.
    ///
    /// - Parameters:
    ///   - value: The metric's value; what is not finite counts as missing.
    ///   - now: Stamps the record.
    ///   - monotonic: Measures; never earlier than in the call before.
    /// - Returns: what happened, in order; mostly nothing. All of it together is one change of the record.
    public mutating func take(value: Double?, at now: Timestamp, monotonic: Monotonic) -> [AlertStep] {
        let value = value.flatMap { $0.isFinite ? $0 : nil }
        guard !isIndifferent(to: value) else { return [] }
        tick(monotonic)
        var steps = isOpen ? compareWithRule() : []
        if isOpen { episode?.alert.value = value }
        if let value { steps += judge(value, at: now, monotonic: monotonic) }
        steps += lapse()
        stamp(steps, at: now)
        return steps
    }

    /// Lets time pass without a value, for hosts that do not report: only an acknowledgment can expire.
    public mutating func wait(at now: Timestamp, monotonic: Monotonic) -> [AlertStep] {
        tick(monotonic)
        let steps = lapse()
        stamp(steps, at: now)
        return steps
    }

    /// Ends the episode because nothing watches it any more.
    mutating func retire(at now: Timestamp) -> [AlertStep] {
        guard isOpen else { return [] }
        let steps = end(at: now)
        stamp(steps, at: now)
        return steps
    }

    /// Follows the rule's new numbers from the next value on.
    mutating func follow(_ rule: AlertRule) {
        self.rule = rule
    }
}

// MARK: - Conditions

extension AlertMachine {
    private mutating func judge(_ value: Double, at now: Timestamp, monotonic: Monotonic) -> [AlertStep] {
        let isAfterGap = advance(to: monotonic)
        switch episode?.alert.condition {
        case nil, .resolved: return begin(with: value, at: now)
        case .pending: return judgePending(value, isAfterGap: isAfterGap, at: now)
        case .firing: return rule.isCleared(by: value) ? recede(at: now) : []
        case .recovering: return judgeRecovering(value, at: now)
        }
    }

    /// Counts the time since the last value; whether it was too long to count.
    private mutating func advance(to monotonic: Monotonic) -> Bool {
        let since = lastValue.map { max(.zero, monotonic - $0) } ?? .zero
        let isAfterGap = isInterrupted || since > AlertMachine.outageTolerance
        elapsed = isAfterGap ? .zero : elapsed + since
        isInterrupted = false
        lastValue = monotonic
        return isAfterGap
    }

    private mutating func begin(with value: Double, at now: Timestamp) -> [AlertStep] {
        guard rule.isBroken(by: value) else { return [] }
        var alert = Alert()
        alert.rule = rule.name
        alert.host = subject.host
        alert.metric = subject.metric
        alert.unit = subject.unit
        alert.value = value
        alert.startedAt = now
        alert.updatedAt = now
        episode = AlertEpisode(alert)
        copyRule()
        elapsed = .zero
        acknowledgmentLeft = nil
        return [.began] + (rule.hold <= .zero ? fire(at: now) : [])
    }

    private mutating func judgePending(_ value: Double, isAfterGap: Bool, at now: Timestamp) -> [AlertStep] {
        guard rule.isBroken(by: value) else { return withdraw(at: now) }
        if isAfterGap {
            episode?.alert.startedAt = now
            return [.restarted]
        }
        return elapsed >= rule.hold ? fire(at: now) : []
    }

    private mutating func judgeRecovering(_ value: Double, at now: Timestamp) -> [AlertStep] {
        if rule.isBroken(by: value) {
            episode?.alert.condition = .firing
            return [.flared]
        }
        return elapsed >= rule.keepFiring ? end(at: now) : []
    }

    private mutating func fire(at now: Timestamp) -> [AlertStep] {
        guard let startedAt = alert?.startedAt else { return [] }
        episode?.alert.condition = .firing
        episode?.alert.firedAt = max(now, startedAt)
        return [.fired]
    }

    private mutating func recede(at now: Timestamp) -> [AlertStep] {
        episode?.alert.condition = .recovering
        elapsed = .zero
        return [.receded] + (rule.keepFiring <= .zero ? end(at: now) : [])
    }

    private mutating func withdraw(at now: Timestamp) -> [AlertStep] {
        close(at: now)
        return [.withdrawn]
    }

    private mutating func end(at now: Timestamp) -> [AlertStep] {
        guard alert?.firedAt != nil else { return withdraw(at: now) }
        close(at: now)
        return [.resolved]
    }

    private mutating func close(at now: Timestamp) {
        guard let alert else { return }
        episode?.alert.condition = .resolved
        episode?.alert.resolvedAt = max(now, alert.firedAt ?? alert.startedAt)
        episode?.forgetAcknowledgment()
        acknowledgmentLeft = nil
    }

    private mutating func stamp(_ steps: [AlertStep], at now: Timestamp) {
        guard !steps.isEmpty, let alert else { return }
        episode?.alert.summary = rule.summary.line(for: alert, device: subject.device, rule: rule)
        episode?.stamp(now)
    }
}

// MARK: - Acknowledgment

extension AlertMachine {
    /// Takes responsibility, as ``AlertEpisode/acknowledge(_:by:at:)`` decides.
    public mutating func acknowledge(
        _ request: AcknowledgeAlert, by caller: Caller, at now: Timestamp
    ) throws(AlertFailure) -> AlertStep? {
        guard var episode else { throw .unknown(request.id) }
        let step = try episode.acknowledge(request, by: caller, at: now)
        if step != nil { adopt(episode) }
        return step
    }

    /// Gives the acknowledgment up, as ``AlertEpisode/unacknowledge(at:)`` decides.
    public mutating func unacknowledge(_ id: ID<Alert>, at now: Timestamp) throws(AlertFailure) -> AlertStep? {
        guard var episode else { throw .unknown(id) }
        let step = try episode.unacknowledge(at: now)
        if step != nil { adopt(episode) }
        return step
    }

    /// Takes over who acknowledged the alert from a record that was changed elsewhere; the value stays.
    mutating func adopt(_ changed: AlertEpisode) {
        var changed = changed
        changed.alert.value = alert?.value
        episode = changed
        guard let until = changed.alert.acknowledgedUntil, let start = changed.alert.acknowledgedAt else {
            acknowledgmentLeft = nil
            return
        }
        acknowledgmentLeft = until - start
    }

    private mutating func tick(_ monotonic: Monotonic) {
        if let lastTick, let left = acknowledgmentLeft { acknowledgmentLeft = left - max(.zero, monotonic - lastTick) }
        lastTick = monotonic
    }

    /// Ends an acknowledgment whose time is over, but only while the alert fires: what clears by itself calls nobody.
    private mutating func lapse() -> [AlertStep] {
        guard let left = acknowledgmentLeft, left <= .zero, alert?.condition == .firing else { return [] }
        acknowledgmentLeft = nil
        episode?.forgetAcknowledgment()
        return [.acknowledgmentExpired]
    }
}

// MARK: - Rule and record

extension AlertMachine {
    private mutating func copyRule() {
        episode?.alert.severity = rule.severity
        episode?.alert.category = rule.category.rawValue
        episode?.alert.threshold = rule.threshold
        episode?.alert.clear = rule.clear
        episode?.alert.firesAbove = rule.firesAbove
    }

    private mutating func compareWithRule() -> [AlertStep] {
        guard let before = episode else { return [] }
        copyRule()
        guard before != episode else { return [] }
        guard rule.severity > before.alert.severity, before.alert.firedAt != nil else { return [.revised] }
        episode?.forgetAcknowledgment()
        acknowledgmentLeft = nil
        return [.escalated]
    }

    /// Gives the episode the number under which it was stored.
    mutating func number(_ id: ID<Alert>) {
        episode?.alert.id = id
    }

    /// Forgets an episode that is over.
    mutating func clearAway() {
        guard !isOpen else { return }
        episode = nil
    }

    /// Notes that there was a value which is not judged, so that no gap is seen behind it.
    mutating func touch(_ monotonic: Monotonic) {
        tick(monotonic)
        lastValue = monotonic
    }

    /// Notes a value whose steps could not be stored yet: the state stays, but the value was seen.
    mutating func postpone(_ steps: [AlertStep], _ monotonic: Monotonic) {
        _ = advance(to: monotonic)
        // What contradicts the present state must be seen by the next value, or it would be counted as agreeing.
        isInterrupted = steps.contains { $0 == .withdrawn || $0 == .flared || $0 == .restarted }
    }

    /// Takes over what became known while this state was on its way to the disk.
    mutating func catchUp(with machine: AlertMachine) {
        rule = machine.rule
        // What passed meanwhile does not count towards `for`, since it was not judged; but it is no gap either.
        if let seen = machine.lastValue { lastValue = max(seen, lastValue ?? seen) }
    }

    /// The alert with its line said anew for the newest value.
    func refreshed(at now: Timestamp) -> Alert? {
        guard var alert else { return nil }
        alert.summary = rule.summary.line(for: alert, device: subject.device, rule: rule)
        alert.updatedAt = max(now, alert.updatedAt)
        return alert
    }
}

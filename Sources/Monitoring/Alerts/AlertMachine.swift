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
    /// The rule that is watched.
    public internal(set) var rule: AlertRule
    /// What it is watched on.
    public let subject: AlertSubject
    /// The newest episode; `nil` before the first, or when the last one was cleared away.
    public internal(set) var episode: AlertEpisode?

    /// How long the value has been bad (pending) or good (recovering).
    var stopwatch = AlertStopwatch()
    /// How long the acknowledgment still holds; below zero it expires as soon as the alert fires.
    var acknowledgmentLeft: Duration?
    /// Flaps, and the time since the last episode.
    var timers = AlertTimers()
    /// How long an alert that was raised from outside still holds without being raised again.
    var raisedLeft: Duration?
    /// Somebody ended the episode by hand while its value was bad: it must be good once before another begins.
    var mustClear = false
    /// When ``acknowledgmentLeft`` was last counted down.
    var lastTick: Monotonic?

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
        stopwatch = AlertStopwatch(resuming: elapsed, after: max(.zero, now - seenAt))
        if let until = episode.alert.acknowledgedUntil, let start = episode.alert.acknowledgedAt {
            acknowledgmentLeft = min(until - now, until - start)
        }
        raisedLeft = episode.life.raisedUntil.map { max(.zero, $0 - now) }
        if episode.life.isTold, !episode.alert.isAcknowledged, episode.alert.suppression == .none {
            timers.sinceCall = episode.life.sinceCall + max(.zero, now - seenAt)
        }
    }

    /// The newest episode's alert.
    public var alert: Alert? { episode?.alert }

    /// Whether an episode is pending, firing or recovering.
    public var isOpen: Bool { episode?.alert.isOpen ?? false }

    /// Whether the value would neither begin nor change anything.
    func isIndifferent(to reading: AlertReading?) -> Bool {
        guard !isOpen, let reading else { return !isOpen }
        return !rule.isBroken(by: reading) && !mustClear
    }

    /// Judges a value, `nil` when there is none now.
    ///
    /// - Parameters:
    ///   - value: The metric's value; what is not finite counts as missing.
    ///   - now: Stamps the record.
    ///   - monotonic: Measures; never earlier than in the call before.
    /// - Returns: what happened, in order; mostly nothing. All of it together is one change of the record.
    public mutating func take(value: Double?, at now: Timestamp, monotonic: Monotonic) -> [AlertStep] {
        let reading = value.flatMap { $0.isFinite ? AlertReading(value: $0) : nil }
        return take(reading, at: now, monotonic: monotonic)
    }

    /// Judges a value and what else must hold; `nil` when one of them is not known now.
    mutating func take(_ reading: AlertReading?, at now: Timestamp, monotonic: Monotonic) -> [AlertStep] {
        guard !isIndifferent(to: reading) else { return [] }
        tick(monotonic)
        var steps = isOpen ? compareWithRule() : []
        if isOpen { episode?.alert.value = reading?.value }
        if let reading { steps += judge(reading, at: now, monotonic: monotonic) }
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

    /// Whether what was raised from outside was not raised again in time.
    func isRaisedTimeOver(at monotonic: Monotonic) -> Bool {
        guard let left = raisedLeft, let lastTick else { return false }
        return left - max(.zero, monotonic - lastTick) <= .zero
    }

    /// Whether an episode of the last quarter of an hour would make the next one a flap.
    func remembersFlaps(at monotonic: Monotonic) -> Bool {
        guard timers.sinceEnd != nil, let lastTick else { return false }
        return monotonic - lastTick <= AlertTimers.flapSpan
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

    /// Gives the episode the number under which it was stored.
    mutating func number(_ number: AlertStore.Number) {
        episode?.alert.id = number.id
        episode?.alert.previous = number.previous
    }

    /// Forgets an episode that is over.
    mutating func clearAway() {
        guard !isOpen else { return }
        timers.lastSeverity = episode?.alert.severity
        mustClear = episode?.alert.resolvedBy != nil
        episode = nil
    }

    /// The alert with its line said anew for the newest value.
    func refreshed(at now: Timestamp) -> Alert? {
        guard var alert else { return nil }
        alert.summary = line(for: alert)
        alert.updatedAt = max(now, alert.updatedAt)
        return alert
    }

    mutating func stamp(_ steps: [AlertStep], at now: Timestamp) {
        guard !steps.isEmpty, let alert else { return }
        let line = line(for: alert)
        episode?.alert.summary = line
        episode?.stamp(now)
    }

    /// What is wrong, with the newest value while that is bad; what was wrong, once it is over.
    private func line(for alert: Alert) -> String {
        guard alert.summary.isEmpty || alert.condition == .pending || alert.condition == .firing else {
            return alert.summary
        }
        return rule.summary.line(for: alert, device: subject.device, rule: rule)
    }
}

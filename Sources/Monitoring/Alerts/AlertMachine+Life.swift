internal import DeskAPI
internal import Vocabulary

extension AlertMachine {
    /// Adds to the steps of a value, or of time that passed, what follows for silences and flapping, and decides what
    /// people are told.
    mutating func conclude(
        _ taken: [AlertStep], suppression: AlertSuppression, at now: Timestamp
    ) -> (steps: [AlertStep], calls: [AlertNotice.Reason]) {
        guard let alert, isOpen || taken.contains(.resolved) else { return (taken, []) }
        var steps = taken
        if isOpen, alert.firedAt != nil { steps += suppress(suppression) + flap(after: taken) }
        if isOpen, steps.isEmpty { steps += callNext() }
        if taken.contains(.resolved) { timers.sinceEnd = .zero }
        guard !steps.isEmpty else { return ([], []) }
        if taken.isEmpty { stamp(steps, at: now) }
        let isDue = timers.sinceFlapCall.map { $0 >= AlertTimers.flapSpan } ?? true
        let isFolded = isFolded
        let calls = episode?.calls(after: steps, isFlapCallDue: isDue, isFolded: isFolded) ?? []
        if calls.contains(.flapping) { timers.sinceFlapCall = .zero }
        noteCalls(calls)
        return (steps, calls)
    }

    /// A less grave episode soon after a graver one is a part of what people know already.
    private var isFolded: Bool {
        guard let since = timers.sinceEnd, let last = timers.lastSeverity else { return false }
        return since <= AlertTimers.reopenSpan && rule.severity < last
    }

    /// From a call on it counts how long nobody has answered.
    private mutating func noteCalls(_ calls: [AlertNotice.Reason]) {
        if calls.contains(where: { $0 != .resolved && $0 != .flapping }) { timers.sinceCall = .zero }
        // What recovers for a moment goes on counting; what is kept quiet is called when that ends.
        let isHeld = alert.map { !$0.isOpen || $0.isAcknowledged || $0.suppression != .none } ?? true
        if isHeld { timers.sinceCall = nil }
        episode?.life.sinceCall = timers.sinceCall ?? .zero
    }

    /// Nobody acknowledged it in time: the next in line is called.
    private mutating func callNext() -> [AlertStep] {
        guard let alert, alert.condition == .firing, !alert.isAcknowledged, alert.suppression == .none, !alert.flapping,
            let since = timers.sinceCall, rule.escalation.indices.contains(Int(alert.level)),
            since >= rule.escalation[Int(alert.level)]
        else { return [] }
        episode?.alert.level += 1
        return [.calledNext]
    }

    private mutating func suppress(_ now: AlertSuppression) -> [AlertStep] {
        guard let alert, now != AlertSuppression(of: alert) else { return [] }
        episode?.alert.suppression = now.kind
        episode?.alert.suppressedBy = now.by
        episode?.alert.suppressedUntil = now.until
        return [now.kind == .none ? .unsuppressed : .suppressed]
    }

    /// Five times back and forth in a quarter of an hour are too many; with two or fewer it is steady again.
    private mutating func flap(after taken: [AlertStep]) -> [AlertStep] {
        let isAgain = taken.contains(.fired) && timers.sinceEnd.map { $0 <= AlertTimers.flapSpan } ?? false
        let isFlap = taken.contains(.flared) || isAgain
        if isFlap { timers.flap() }
        let count = timers.flaps.count
        let wasFlapping = alert?.flapping ?? false
        if isFlap { episode?.alert.flaps = Int64(count) }
        if isFlap, count >= AlertTimers.flapLimit {
            let isDue = timers.sinceFlapCall.map { $0 >= AlertTimers.flapSpan } ?? true
            episode?.alert.flapping = true
            return wasFlapping && !isDue ? [] : [.flapping]
        }
        guard wasFlapping, count <= 2 else { return [] }
        episode?.alert.flapping = false
        episode?.alert.flaps = Int64(count)
        return [.steadied]
    }
}

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
        if taken.contains(.resolved) { timers.sinceEnd = .zero }
        guard !steps.isEmpty else { return ([], []) }
        if taken.isEmpty { stamp(steps, at: now) }
        let isDue = timers.sinceFlapCall.map { $0 >= AlertTimers.flapSpan } ?? true
        let calls = episode?.calls(after: steps, isFlapCallDue: isDue) ?? []
        if calls.contains(.flapping) { timers.sinceFlapCall = .zero }
        return (steps, calls)
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

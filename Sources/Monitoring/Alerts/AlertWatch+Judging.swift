internal import DeskAPI
internal import Vocabulary

extension AlertWatch {
    /// Judges a snapshot: what is to be stored, and which open alerts are to be shown with a newer value.
    ///
    /// A machine whose state would change stays as it is; the change waits until it is durable.
    mutating func judge(_ values: [Double], at now: Timestamp, monotonic: Monotonic, into outcome: inout AlertJudgment)
    {
        judgedAt = monotonic
        promote(values)
        for index in targets.indices where !targets[index].isRaised {
            let reading = targets[index].reading(in: values, at: monotonic)
            judge(index, reading, at: now, monotonic: monotonic, into: &outcome)
        }
    }

    /// Judges one target unless nothing can come of it.
    private mutating func judge(
        _ index: Int, _ reading: AlertReading?, at now: Timestamp, monotonic: Monotonic,
        into outcome: inout AlertJudgment
    ) {
        if targets[index].machine.isIndifferent(to: reading) || targets[index].isOrphan { return }
        if targets[index].isWaiting { return targets[index].machine.touch(monotonic) }
        decide(index, reading, at: now, monotonic: monotonic, into: &outcome)
    }

    private mutating func decide(
        _ index: Int, _ reading: AlertReading?, at now: Timestamp, monotonic: Monotonic,
        into outcome: inout AlertJudgment
    ) {
        var next = targets[index].machine
        let steps = next.take(reading, at: now, monotonic: monotonic)
        guard steps.isEmpty else {
            let conclusion = outcome.conclude(&next, steps)
            propose(next, conclusion, for: index, at: now, into: &outcome)
            if reading != nil { targets[index].machine.postpone(steps, monotonic) }
            return
        }
        targets[index].machine = next
        refresh(index, at: now, monotonic: monotonic, into: &outcome)
        keepTimers(index, at: now, monotonic: monotonic, into: &outcome)
    }

    /// Lets time pass for what has no values: silence is noticed, acknowledgments expire, and episodes without a rule
    /// end, or that nobody raised again.
    mutating func sweep(at now: Timestamp, monotonic: Monotonic, into outcome: inout AlertJudgment) {
        noticeSilence(at: now, monotonic: monotonic, into: &outcome)
        demote(at: monotonic)
        for index in targets.indices where targets[index].machine.isOpen && !targets[index].isWaiting {
            let isOver = targets[index].isOrphan || targets[index].machine.isRaisedTimeOver(at: monotonic)
            var next = targets[index].machine
            let steps = isOver ? next.retire(at: now) : next.wait(at: now, monotonic: monotonic)
            // Time alone can begin and end a silence.
            let conclusion = outcome.conclude(&next, steps)
            if conclusion.steps.isEmpty {
                targets[index].machine = next
            } else {
                propose(next, conclusion, for: index, at: now, into: &outcome)
            }
        }
    }

    /// Judges the rules about silence of a host that does not report at all.
    private mutating func noticeSilence(at now: Timestamp, monotonic: Monotonic, into outcome: inout AlertJudgment) {
        if let judgedAt, monotonic - judgedAt < AlertWatch.silence { return }
        for index in targets.indices where targets[index].machine.rule.measure == .absence {
            let reading = targets[index].absence(at: monotonic)
            judge(index, reading, at: now, monotonic: monotonic, into: &outcome)
        }
    }

    /// A host that reported within this time is judged by what it reports.
    private static let silence = Duration.seconds(2)

    private mutating func propose(
        _ next: AlertMachine, _ conclusion: (steps: [AlertStep], calls: [AlertNotice.Reason]), for index: Int,
        at now: Timestamp, into outcome: inout AlertJudgment
    ) {
        let before = targets[index].machine
        targets[index].isWaiting = true
        let base = before.isOpen ? before.alert?.revision : nil
        outcome.changes.append(
            AlertChange(after: next, base: base, calls: conclusion.calls, steps: conclusion.steps, at: now))
    }

    /// Shows the newest value from time to time; what is shown more often costs every console.
    private mutating func refresh(
        _ index: Int, at now: Timestamp, monotonic: Monotonic, into outcome: inout AlertJudgment
    ) {
        guard let last = targets[index].shownAt else {
            targets[index].shownAt = monotonic
            return
        }
        let value = targets[index].machine.alert?.value
        guard value != targets[index].shown, monotonic - last >= AlertWatch.refreshInterval,
            let alert = targets[index].machine.refreshed(at: now)
        else { return }
        targets[index].shown = value
        targets[index].shownAt = monotonic
        outcome.refreshed.append(alert)
    }

    /// Stores the timers of what is pending or recovering, so that a restart goes on counting.
    private mutating func keepTimers(
        _ index: Int, at now: Timestamp, monotonic: Monotonic, into outcome: inout AlertJudgment
    ) {
        let condition = targets[index].machine.alert?.condition
        guard condition == .pending || condition == .recovering else { return }
        guard let last = targets[index].storedAt else {
            targets[index].storedAt = monotonic
            return
        }
        guard monotonic - last >= AlertWatch.refreshInterval else { return }
        targets[index].storedAt = monotonic
        let machine = targets[index].machine
        outcome.changes.append(AlertChange(after: machine, base: machine.alert?.revision, steps: [], at: now))
    }
}

/// What follows from a snapshot.
struct AlertJudgment {
    /// What is to be made durable.
    var changes: [AlertChange] = []
    /// Open alerts that did not change but for their value.
    var refreshed: [Alert] = []
    /// What keeps alerts quiet.
    let suppressor: AlertSuppressor
    let monotonic: Monotonic
    let now: Timestamp

    /// Adds what follows from a machine's steps, and decides what people are told.
    func conclude(
        _ machine: inout AlertMachine, _ steps: [AlertStep]
    ) -> (steps: [AlertStep], calls: [AlertNotice.Reason]) {
        let suppression = machine.alert.map { suppressor.suppression(of: $0, at: now, monotonic: monotonic) }
        return machine.conclude(steps, suppression: suppression ?? AlertSuppression(), at: now)
    }
}

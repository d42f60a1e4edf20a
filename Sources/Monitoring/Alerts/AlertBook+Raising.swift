internal import DeskAPI
internal import Vocabulary

/// An alert that somebody raises, or says to be over, instead of a rule.
struct RaisedAlert: Sendable {
    /// The rule that it is shown with: its name, how grave it is, what it says.
    let rule: AlertRule
    /// What makes it the same alert the next time.
    let subject: AlertSubject
    /// For how long it holds without being raised again; `nil` when it is over.
    let holds: Duration?
    let caller: Caller
}

extension AlertBook {
    /// How many alerts from outside can be open at once: a script that runs wild must not slow the rules down.
    static let mostRaised = 5000

    /// Whether there is no room for an alert of a new kind.
    func isFull(for raised: RaisedAlert) -> Bool {
        raised.holds != nil && target(of: raised) == nil
            && watches.reduce(0) { $0 + $1.targets.count(where: \.isRaised) } >= AlertBook.mostRaised
    }

    /// Whether somebody ended this by hand, and it was not over since.
    func isHeldBack(_ raised: RaisedAlert) -> Bool { target(of: raised)?.machine.mustClear ?? false }

    private func target(of raised: RaisedAlert) -> AlertTarget? {
        place(of: raised.subject.host).flatMap { watch in watches[watch].targets.first { $0.isAbout(raised) } }
    }

    /// Takes what somebody raised: begins an episode, prolongs it, or ends it.
    ///
    /// - Returns: what is to be made durable; `nil` when nothing changes, as while another change is on its way.
    mutating func raise(_ raised: RaisedAlert, at now: Timestamp, monotonic: Monotonic) -> AlertChange? {
        suppressor.see(monotonic)
        let watch = watch(raised.subject.host)
        let index = watches[watch].place(of: raised)
        guard !watches[watch].targets[index].isWaiting else { return nil }
        let before = watches[watch].targets[index].machine
        var next = before
        next.follow(escalation.applied(to: raised.rule))
        let reading = AlertReading(value: raised.holds == nil ? 0 : 1)
        let steps = next.take(reading, at: now, monotonic: monotonic)
        let outcome = AlertJudgment(suppressor: suppressor, monotonic: monotonic, now: now)
        let conclusion = outcome.conclude(&next, steps)
        next.hold(for: raised.holds, at: now, monotonic: monotonic)
        watches[watch].targets[index].isWaiting = !conclusion.steps.isEmpty
        // Without a step only how long it holds is stored, and that may be lost.
        if conclusion.steps.isEmpty { watches[watch].targets[index].machine = next }
        guard before.isOpen || next.isOpen else { return nil }
        var change = AlertChange(
            after: next, base: before.isOpen ? before.alert?.revision : nil, calls: conclusion.calls,
            steps: conclusion.steps, at: now)
        change.caller = raised.caller
        return change
    }

    /// Whether an alert of this kind is on its way to the disk.
    func isWaiting(_ raised: RaisedAlert) -> Bool {
        target(of: raised)?.isWaiting ?? false
    }

    /// The open alert of this kind, or the one that was over last.
    func newest(of raised: RaisedAlert) -> Alert? {
        let subject = raised.subject
        return target(of: raised)?.machine.alert
            ?? lately.first {
                $0.rule == raised.rule.name && $0.host == subject.host && $0.metric == subject.metric
            }
    }
}

extension AlertMachine {
    /// Prolongs what was raised from outside.
    mutating func hold(for time: Duration?, at now: Timestamp, monotonic: Monotonic) {
        lastTick = monotonic
        raisedLeft = time
        episode?.life.raisedUntil = time.map { now + $0 }
    }
}

extension AlertWatch {
    /// The target of what was raised, made when it is new.
    fileprivate mutating func place(of raised: RaisedAlert) -> Int {
        if let index = targets.firstIndex(where: { $0.isAbout(raised) }) { return index }
        targets.append(AlertTarget(machine: AlertMachine(rule: raised.rule, subject: raised.subject)))
        return targets.count - 1
    }
}

extension AlertTarget {
    fileprivate func isAbout(_ raised: RaisedAlert) -> Bool {
        isRaised && machine.rule.name == raised.rule.name && machine.subject.metric == raised.subject.metric
    }
}

internal import DeskAPI
internal import Vocabulary

extension AlertMachine {
    /// Judges a value that is there.
    mutating func judge(_ reading: AlertReading, at now: Timestamp, monotonic: Monotonic) -> [AlertStep] {
        let isAfterGap = stopwatch.see(at: monotonic)
        switch episode?.alert.condition {
        case nil, .resolved: return begin(with: reading, at: now)
        case .pending: return judgePending(reading, isAfterGap: isAfterGap, at: now)
        case .firing: return rule.isCleared(by: reading) ? recede(at: now) : []
        case .recovering: return judgeRecovering(reading, at: now)
        }
    }

    private mutating func begin(with reading: AlertReading, at now: Timestamp) -> [AlertStep] {
        guard rule.isBroken(by: reading) else {
            mustClear = false
            return []
        }
        guard !mustClear else { return [] }
        var alert = Alert()
        alert.rule = rule.name
        alert.host = subject.host
        alert.metric = subject.metric
        alert.unit = subject.unit
        alert.value = reading.value
        alert.startedAt = now
        alert.updatedAt = now
        episode = AlertEpisode(alert)
        copyRule()
        stopwatch.restart()
        acknowledgmentLeft = nil
        return [.began] + (rule.hold <= .zero ? fire(at: now) : [])
    }

    private mutating func judgePending(_ reading: AlertReading, isAfterGap: Bool, at now: Timestamp) -> [AlertStep] {
        guard rule.isBroken(by: reading) else { return withdraw(at: now) }
        if isAfterGap {
            episode?.alert.startedAt = now
            return [.restarted]
        }
        return stopwatch.elapsed >= rule.hold ? fire(at: now) : []
    }

    private mutating func judgeRecovering(_ reading: AlertReading, at now: Timestamp) -> [AlertStep] {
        if rule.isBroken(by: reading) {
            episode?.alert.condition = .firing
            return [.flared]
        }
        return stopwatch.elapsed >= rule.keepFiring ? end(at: now) : []
    }

    private mutating func fire(at now: Timestamp) -> [AlertStep] {
        guard let startedAt = alert?.startedAt else { return [] }
        episode?.alert.condition = .firing
        episode?.alert.firedAt = max(now, startedAt)
        return [.fired]
    }

    private mutating func recede(at now: Timestamp) -> [AlertStep] {
        episode?.alert.condition = .recovering
        stopwatch.restart()
        return [.receded] + (rule.keepFiring <= .zero ? end(at: now) : [])
    }

    private mutating func withdraw(at now: Timestamp) -> [AlertStep] {
        close(at: now)
        return [.withdrawn]
    }

    /// Ends the episode, with a word only if it had fired.
    mutating func end(at now: Timestamp) -> [AlertStep] {
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
        raisedLeft = nil
    }

    private mutating func copyRule() {
        episode?.alert.severity = rule.severity
        episode?.alert.category = rule.category.rawValue
        episode?.alert.threshold = rule.threshold
        episode?.alert.clear = rule.clear
        episode?.alert.firesAbove = rule.firesAbove
        episode?.alert.labels = rule.labels
        episode?.alert.runbook = rule.runbook
        episode?.alert.source = rule.source
    }

    /// Takes over the rule's numbers where they changed since the episode began.
    mutating func compareWithRule() -> [AlertStep] {
        guard let before = episode else { return [] }
        copyRule()
        guard before != episode else { return [] }
        guard rule.severity > before.alert.severity, before.alert.firedAt != nil else { return [.revised] }
        episode?.forgetAcknowledgment()
        acknowledgmentLeft = nil
        return [.escalated]
    }
}

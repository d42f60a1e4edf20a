public import DeskAPI
public import Vocabulary

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
        let isGivenUp = (alert?.isAcknowledged ?? false) && !changed.alert.isAcknowledged
        changed.alert.value = alert?.value
        episode = changed
        if changed.alert.isAcknowledged || !changed.alert.isOpen { timers.sinceCall = nil }
        if isGivenUp, changed.alert.isOpen { timers.sinceCall = .zero }
        guard let until = changed.alert.acknowledgedUntil, let start = changed.alert.acknowledgedAt else {
            acknowledgmentLeft = nil
            return
        }
        acknowledgmentLeft = until - start
    }

    /// Counts the acknowledgment's time down.
    mutating func tick(_ monotonic: Monotonic) {
        if let lastTick {
            let time = max(.zero, monotonic - lastTick)
            timers.pass(time)
            raisedLeft = raisedLeft.map { $0 - time }
        }
        if let lastTick, let left = acknowledgmentLeft { acknowledgmentLeft = left - max(.zero, monotonic - lastTick) }
        lastTick = monotonic
    }

    /// Ends an acknowledgment whose time is over, but only while the alert fires: what clears by itself calls nobody.
    mutating func lapse() -> [AlertStep] {
        guard let left = acknowledgmentLeft, left <= .zero, alert?.condition == .firing else { return [] }
        acknowledgmentLeft = nil
        episode?.forgetAcknowledgment()
        return [.acknowledgmentExpired]
    }
}

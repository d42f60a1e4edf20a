public import DeskAPI
public import Vocabulary

/// An alert with who, exactly, acknowledged it; decides what people may do with it.
public struct AlertEpisode: Equatable, Sendable {
    /// The alert as everybody sees it.
    public internal(set) var alert: Alert
    /// The actor who acknowledged it, such as `u:3`; the alert itself holds the name for people.
    public internal(set) var acknowledger: String?

    /// What people know of it.
    var life = AlertLife()

    init(_ alert: Alert, acknowledger: String? = nil) {
        self.alert = alert
        self.acknowledger = acknowledger
    }

    /// Takes responsibility for the alert until `now` and some minutes; `nil` when the caller already has it.
    ///
    /// - Throws: ``AlertFailure`` when it does not fire, when somebody else has it and `take` is not set, or when it
    ///   changed since the caller looked.
    public mutating func acknowledge(
        _ request: AcknowledgeAlert, by caller: Caller, at now: Timestamp
    ) throws(AlertFailure) -> AlertStep? {
        try refuseUnlessNotified()
        if acknowledger == caller.actor { return request.extend ? try extend(request, at: now) : nil }
        let isTaken = alert.isAcknowledged
        if isTaken, !request.take { throw .alreadyAcknowledged(alert) }
        if let seen = request.revision, seen != alert.revision { throw .stale(alert) }
        acknowledger = caller.actor
        alert.acknowledgedBy = caller.name
        alert.acknowledgedAt = now
        alert.acknowledgedUntil = now + .seconds(request.minutes * 60)
        alert.note = request.note.isEmpty ? nil : request.note
        alert.level = 0
        stamp(now)
        return isTaken ? .tookOver : .acknowledged
    }

    /// Gives an acknowledgment up; `nil` when nobody has acknowledged it.
    ///
    /// - Throws: ``AlertFailure`` when it is over or never fired.
    public mutating func unacknowledge(at now: Timestamp) throws(AlertFailure) -> AlertStep? {
        try refuseUnlessNotified()
        guard alert.isAcknowledged else { return nil }
        forgetAcknowledgment()
        stamp(now)
        return .unacknowledged
    }

    private mutating func extend(_ request: AcknowledgeAlert, at now: Timestamp) throws(AlertFailure) -> AlertStep? {
        if let seen = request.revision, seen != alert.revision { throw .stale(alert) }
        // From now on, so that what is left until the new end is what was asked for, whatever the clock did.
        alert.acknowledgedAt = now
        alert.acknowledgedUntil = now + .seconds(request.minutes * 60)
        if !request.note.isEmpty { alert.note = request.note }
        stamp(now)
        return .extended
    }

    /// Ends the episode by hand.
    ///
    /// - Throws: ``AlertFailure`` when it is over or never fired, or when it changed since the caller looked.
    public mutating func resolve(
        _ request: ResolveAlert, by caller: Caller, at now: Timestamp
    ) throws(AlertFailure) -> AlertStep? {
        try refuseUnlessNotified()
        if let seen = request.revision, seen != alert.revision { throw .stale(alert) }
        forgetAcknowledgment()
        alert.condition = .resolved
        alert.resolvedAt = max(now, alert.firedAt ?? alert.startedAt)
        alert.resolvedBy = caller.name
        alert.note = request.note
        stamp(now)
        return .resolvedByHand
    }

    /// Says who is to take care of it; `nil` when that is so already.
    ///
    /// - Throws: ``AlertFailure`` when it is over.
    public mutating func assign(_ request: AssignAlert, at now: Timestamp) throws(AlertFailure) -> AlertStep? {
        guard alert.isOpen else { throw .notFiring(alert) }
        let name = request.to.isEmpty ? nil : request.to
        guard alert.assignedTo != name else { return nil }
        alert.assignedTo = name
        stamp(now)
        return .assigned
    }

    mutating func forgetAcknowledgment() {
        acknowledger = nil
        alert.acknowledgedBy = nil
        alert.acknowledgedAt = nil
        alert.acknowledgedUntil = nil
        alert.note = nil
    }

    /// Counts a change; the clock may have been set back meanwhile, the alert's times never go back.
    mutating func stamp(_ now: Timestamp) {
        alert.revision += 1
        alert.updatedAt = max(now, alert.updatedAt)
    }

    private func refuseUnlessNotified() throws(AlertFailure) {
        guard alert.condition == .firing || alert.condition == .recovering else { throw .notFiring(alert) }
    }
}

internal import DeskAPI
internal import Vocabulary

/// What people know of an episode, and what they are still to be told.
struct AlertLife: Equatable, Sendable {
    /// Whether people were told that it fires.
    var isTold = false
    /// What people are still to be told, once nothing keeps it from them.
    var owed: AlertNotice.Reason?
    /// How long ago people were called without an answer, when it last changed.
    var sinceCall = Duration.zero
    /// Until when it holds without being raised again, if it was raised from outside.
    var raisedUntil: Timestamp?
}

extension AlertEpisode {
    /// Decides what people are told after some steps, all of which belong to one change.
    ///
    /// What is silenced calls nobody; what is owed then is told when the silence ends and it still fires. An end is told
    /// only of what was told before.
    mutating func calls(
        after steps: [AlertStep], isFlapCallDue: Bool = false, isFolded: Bool = false
    ) -> [AlertNotice.Reason] {
        for step in steps { note(step) }
        if isFolded, life.owed == .fired { life.owed = nil }
        let isQuiet = alert.suppression != .none
        if alert.condition == .resolved {
            life.owed = nil
            return life.isTold && !isQuiet ? [.resolved] : []
        }
        guard !isQuiet else { return [] }
        let flapping: [AlertNotice.Reason] = steps.contains(.flapping) && isFlapCallDue ? [.flapping] : []
        guard let owed = life.owed, alert.condition == .firing, !alert.isAcknowledged,
            !(alert.flapping && owed == .fired)
        else { return flapping }
        life.owed = nil
        life.isTold = true
        return flapping + [owed]
    }

    private mutating func note(_ step: AlertStep) {
        switch step {
        case .fired: life.owed = .fired
        case .acknowledgmentExpired, .unacknowledged: life.owed = .calledAgain
        case .unsuppressed: life.owed = alert.isAcknowledged ? nil : life.isTold ? .calledAgain : .fired
        case .escalated, .calledNext: life.owed = .escalated
        case .acknowledged, .tookOver: life.owed = nil
        default: break
        }
    }
}

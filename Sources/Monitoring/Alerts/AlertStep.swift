/// What happened to an alert's episode.
public enum AlertStep: String, Equatable, Sendable {
    /// A value went beyond the threshold: pending.
    case began
    /// Pending begins anew, because nothing was seen for too long.
    case restarted
    /// Pending ended before it fired; nobody was told and nothing is kept.
    case withdrawn
    /// Bad for long enough: a person must look.
    case fired
    /// Cleared, but not yet for long enough.
    case receded
    /// Bad again before it was over: the same episode, its acknowledgment kept, nobody told again.
    case flared
    /// Cleared for long enough, or its rule is gone: over.
    case resolved
    /// Somebody took responsibility.
    case acknowledged
    /// Somebody took responsibility from somebody else.
    case tookOver = "took_over"
    /// Whoever acknowledged it gave that up.
    case unacknowledged
    /// The acknowledgment's time is over while the alert still fires: it calls again.
    case acknowledgmentExpired = "acknowledgment_expired"
    /// Whoever acknowledged it holds it for longer.
    case extended
    /// Somebody is to take care of it.
    case assigned
    /// Somebody ended it by hand.
    case resolvedByHand = "resolved_by_hand"
    /// Nobody acknowledged it in time: the next in line is called.
    case calledNext = "called_next"
    /// Its rule became more severe: an acknowledgment given for less does not count.
    case escalated
    /// Its rule's numbers changed.
    case revised

    /// A silence keeps it quiet.
    case suppressed
    /// Nothing keeps it quiet any more.
    case unsuppressed
    /// It goes back and forth too often.
    case flapping
    /// It does so no more.
    case steadied

    /// What the audit trail calls it; `nil` for what is not recorded there.
    ///
    /// Left out is what a flapping metric does by itself every second: the trail only grows, and is read by people.
    var auditAction: String? {
        switch self {
        case .fired: "alert.fire"
        case .resolved: "alert.resolve"
        case .resolvedByHand: "alert.close"
        case .extended: "alert.extend"
        case .assigned: "alert.assign"
        case .calledNext: "alert.call_next"
        case .acknowledged: "alert.acknowledge"
        case .tookOver: "alert.take"
        case .unacknowledged: "alert.unacknowledge"
        case .acknowledgmentExpired: "alert.expire"
        case .escalated: "alert.escalate"
        case .revised: "alert.revise"
        case .suppressed: "alert.suppress"
        case .unsuppressed: "alert.unsuppress"
        case .flapping: "alert.flap"
        case .steadied: "alert.steady"
        case .began, .restarted, .withdrawn, .receded, .flared: nil
        }
    }
}

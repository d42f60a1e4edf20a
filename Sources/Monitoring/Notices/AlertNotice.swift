public import DeskAPI
public import Vocabulary

/// One thing that people must be told about an alert, kept until every receiver has it.
///
/// It is written in the transaction that stores the alert's step, so that a notice is neither lost nor told twice,
/// whenever the process dies.
public struct AlertNotice: Equatable, Sendable {
    /// Why people are told.
    public enum Reason: String, CaseIterable, Sendable {
        /// It began to fire.
        case fired
        /// It fires and nobody holds it any more: an acknowledgment ran out or was given up, a silence ended.
        case calledAgain = "called_again"
        /// It became more severe, or nobody acknowledged it in time and the next in line is called.
        case escalated
        /// It goes back and forth too often.
        case flapping
        /// It is over.
        case resolved
    }

    /// The notice's number; later ones are greater.
    public let number: Int64
    /// The alert as it was at that step.
    public let alert: Alert
    /// Why people are told.
    public let reason: Reason
    /// The step of the escalation, from 0 for the first to be called.
    public let level: Int
    /// When it happened.
    public let at: Timestamp
}

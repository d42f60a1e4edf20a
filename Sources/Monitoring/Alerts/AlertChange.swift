internal import DeskAPI
internal import Vocabulary

/// A transition that is decided but not yet durable; until it is, nobody sees it.
struct AlertChange: Sendable {
    /// The machine as it will be.
    var after: AlertMachine
    /// The revision that the stored record must still have; `nil` for a new episode.
    let base: Int64?
    /// What people are told of it.
    var calls: [AlertNotice.Reason] = []
    /// What happened; empty when only the timers are to be stored.
    let steps: [AlertStep]
    /// Who raised it from outside; `nil` for what the desk decided.
    var caller: Caller?
    /// When a value was last seen, for the timers of a later process.
    let at: Timestamp

    /// What the change is about.
    var subject: AlertSubject { after.subject }
    /// The rule's name.
    var rule: String { after.rule.name }
    /// Whether the episode leaves nothing behind: it began and ended before it fired.
    var isWithdrawal: Bool { after.alert?.condition == .resolved && after.alert?.firedAt == nil }
}

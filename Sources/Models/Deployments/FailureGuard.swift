/// What may go wrong in a conversation because of the version that answers.
public enum FailureGuard: String, CaseIterable, Sendable {
    /// It could not be asked, or broke off.
    case errors
    /// It answered without words, or something unreadable.
    case empty
    /// Its first word came later than five seconds.
    case slow
    /// Its provider withheld the answer.
    case withheld
    /// The customer asked for a person.
    case handoff
    /// The customer rated one or two of five.
    case dissatisfied

    /// Later than this, the first word is slow.
    public static let slowAfter: Duration = .seconds(5)

    /// How many times the stable version's odds still count as equally good.
    var tolerance: Double {
        switch self {
        case .errors, .empty, .withheld: 1
        case .slow, .handoff, .dissatisfied: 1.2
        }
    }

    /// Its bit in what is stored of a conversation.
    var bit: Int64 {
        1 << Int64(FailureGuard.allCases.firstIndex(of: self) ?? 0)
    }
}

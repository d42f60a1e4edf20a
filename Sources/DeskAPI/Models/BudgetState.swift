public import Vocabulary

/// What a budget counts.
public enum BudgetUnit: String, FieldChoice, Sendable {
    /// Tokens of prompts and answers.
    case tokens
    /// Nano-dollars, a thousand million to the dollar.
    case nanodollars
}

/// A budget of language models with what is used of it.
public struct BudgetState: Record {
    /// Its name, as in the configuration: `day`, `deployment production`, `key reporting`, `customer`.
    public var name = ""
    /// Whose it is, where everybody has one: the number of a key, a customer or a conversation.
    public var subject: Int64?
    /// What it counts.
    public var unit = BudgetUnit.tokens
    /// How much may be used.
    public var limit: Int64 = 0
    /// How much is used.
    public var used: Int64 = 0
    /// How much is set aside for answers under way.
    public var reserved: Int64 = 0
    /// The share that is used, 0 to 100; more where answers took more than was set aside.
    public var share: Double = 0
    /// When it begins anew; absent for conversations.
    public var renewsAt: Timestamp?

    /// A blank state.
    public init() {}

    /// `BudgetState`.
    public static let recordName = "BudgetState"
    /// For the API reference.
    public static let summary = "A budget of language models with what is used of it."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "Its name, as in the configuration.")
        visitor.field("subject", &subject, "Whose it is: the number of a key, a customer or a conversation.")
        visitor.field("unit", &unit, "What it counts.")
        visitor.field("limit", &limit, "How much may be used.")
        visitor.field("used", &used, "How much is used.")
        visitor.field("reserved", &reserved, "How much is set aside for answers under way.")
        visitor.field("share", &share, "The share that is used, in percent.")
        visitor.field("renews_at", &renewsAt, "When it begins anew; absent for conversations.")
    }

    /// A budget of the day.
    public static var example: BudgetState {
        var value = BudgetState()
        value.name = "deployment production"
        (value.limit, value.used, value.reserved, value.share) = (2_000_000, 500_000, 1840, 25)
        value.renewsAt = Timestamp(milliseconds: 1_795_392_000_000)
        return value
    }
}

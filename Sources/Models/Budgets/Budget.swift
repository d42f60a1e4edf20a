public import DeskAPI
public import Vocabulary

/// How much language models may use for something, and for what.
public struct Budget: Equatable, Sendable {
    /// What shares the budget; all but conversations begin anew each day at midnight UTC.
    public enum Scope: Hashable, Sendable {
        /// Everything.
        case day
        /// What is asked under one name, such as `production`.
        case deployment(String)
        /// What one API key asks.
        case key(String)
        /// What each API key asks.
        case eachKey
        /// What each customer is answered.
        case customer
        /// What is answered in each conversation, for as long as it goes on.
        case conversation
    }

    /// What shares it.
    public let scope: Scope
    /// What is counted.
    public let unit: BudgetUnit
    /// How much of it, at least 1.
    public let limit: Int64

    /// A budget.
    public init(for scope: Scope, _ limit: Int64, _ unit: BudgetUnit) {
        self.scope = scope
        self.unit = unit
        self.limit = limit
    }

    /// What people call it, as in the configuration.
    public var name: String {
        switch scope {
        case .day: "day"
        case .deployment(let name): "deployment \(name)"
        case .key(let name): "key \(name)"
        case .eachKey: "key"
        case .customer: "customer"
        case .conversation: "conversation"
        }
    }
}

/// For whom a language model is asked.
public struct BudgetSubject: Equatable, Sendable {
    /// The name under which it is asked; `nil` for a version that is named itself.
    public var deployment: String?
    /// The API key that asks.
    public var key: (id: ID<APIKey>, name: String)?
    /// The customer who is answered.
    public var customer: ID<Customer>?
    /// The conversation, or the thread of a client.
    public var conversation: Int64?

    /// A subject that only the budget of the day is about.
    public init() {}

    /// Whether both are the same.
    public static func == (one: BudgetSubject, other: BudgetSubject) -> Bool {
        (one.deployment, one.key?.id, one.customer, one.conversation)
            == (other.deployment, other.key?.id, other.customer, other.conversation)
    }
}

/// Tokens and what they cost.
public struct BudgetAmount: Equatable, Sendable {
    /// Tokens of prompts and answers.
    public var tokens: Int64
    /// Nano-dollars.
    public var nanodollars: Int64

    /// An amount.
    public init(tokens: Int64 = 0, nanodollars: Int64 = 0) {
        self.tokens = tokens
        self.nanodollars = nanodollars
    }

    subscript(unit: BudgetUnit) -> Int64 { unit == .tokens ? tokens : nanodollars }

    static func + (one: BudgetAmount, other: BudgetAmount) -> BudgetAmount {
        BudgetAmount(tokens: one.tokens + other.tokens, nanodollars: one.nanodollars + other.nanodollars)
    }

    static func - (one: BudgetAmount, other: BudgetAmount) -> BudgetAmount {
        BudgetAmount(tokens: one.tokens - other.tokens, nanodollars: one.nanodollars - other.nanodollars)
    }
}

/// A budget has not enough left.
public struct BudgetRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The budget.
    public let budget: Budget
    /// When it begins anew; `nil` when it does not.
    public let renewsAt: Timestamp?
    /// Whether the answer would never fit, however little was used.
    public let isTooSmall: Bool

    /// Which budget, and when it begins anew.
    public var description: String {
        let what = isTooSmall ? "is smaller than this answer may become" : "has not enough left for another answer"
        let when = renewsAt.map { "; it begins anew at \($0.rfc3339)" } ?? "; it does not begin anew"
        return "the budget `\(budget.name)` (\(budget.unit.rawValue)) \(what)\(isTooSmall ? "" : when)"
    }
}

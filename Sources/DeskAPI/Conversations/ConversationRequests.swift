public import Vocabulary

/// A new customer.
public struct CreateCustomer: Record {
    /// The name shown to agents; may be empty.
    public var name = ""

    /// A blank request.
    public init() {}

    /// A customer of this name.
    public init(name: String) {
        self.name = name
    }

    /// `CreateCustomer`.
    public static let recordName = "CreateCustomer"
    /// For the API reference.
    public static let summary = "A new customer."
    /// Crystal.
    public static let example = CreateCustomer(name: "Crystal")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "The name shown to agents.", .length(0...200), .defaulted)
    }
}

/// A customer and the token that proves it.
public struct Customer: Record {
    /// The number of the customer.
    public var customer = ID<Customer>(0)
    /// The bearer token; shown once.
    public var token = ""
    /// Until when the token is valid.
    public var expires = Timestamp(milliseconds: 0)

    /// A blank customer.
    public init() {}

    /// `Customer`.
    public static let recordName = "Customer"
    /// For the API reference.
    public static let summary = "A customer and the token that proves it."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The number of the customer.")
        visitor.field("token", &token, "The bearer token; shown once.")
        visitor.field("expires", &expires, "Until when the token is valid.")
    }

    /// A new customer.
    public static var example: Customer {
        var value = Customer()
        value.customer = ID(7)
        value.token = "wd_cust_7_k3J9xQ2mVb7Lr4Tn8Wd1Zp6Yc5Hs0Gf"
        value.expires = Timestamp(milliseconds: 1_797_963_601_000)
        return value
    }
}

/// A new conversation.
public struct CreateConversation: Record {
    /// What it is about; empty takes the first words of the first question.
    public var subject = ""
    /// For which customer; only staff names one, a customer's own is taken from the token.
    public var customer: ID<Customer>?

    /// A blank request.
    public init() {}

    /// `CreateConversation`.
    public static let recordName = "CreateConversation"
    /// For the API reference.
    public static let summary = "A new conversation."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("subject", &subject, "What it is about.", .length(0...200), .defaulted)
        visitor.field("customer", &customer, "For which customer; only staff names one.")
    }

    /// A conversation about a return.
    public static var example: CreateConversation {
        var value = CreateConversation()
        value.subject = "Return an item"
        return value
    }
}

/// A message to write into a conversation.
public struct PostMessage: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// The idempotency key: sent again, it gives the first result.
    public var cid: ULID?
    /// What is written, at least one character.
    public var text = ""
    /// Whether it is for colleagues only; staff only.
    public var note = false
    /// The newest message that the writer knew of: a reply of staff is then refused when a colleague has replied
    /// behind it; absent: it is written whatever happened.
    public var after: Int64?

    /// A blank request.
    public init() {}

    /// A message with its idempotency key.
    public init(to conversation: ID<Conversation>, cid: ULID?, text: String, note: Bool = false, after: Int64? = nil) {
        id = conversation
        self.cid = cid
        self.text = text
        self.note = note
        self.after = after
    }

    /// `PostMessage`.
    public static let recordName = "PostMessage"
    /// For the API reference.
    public static let summary = "A message to write into a conversation."
    /// A question.
    public static let example = PostMessage(
        to: ID(42), cid: ULID("01JD8X5T6E9QK3ZC7M2V4B0N1P"), text: "Can I return an item?")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("cid", &cid, "The idempotency key, a ULID: sent again, it gives the first result.")
        visitor.field("text", &text, "What is written.", .length(1...Message.maximumLength))
        visitor.field("note", &note, "Whether it is for colleagues only.", .natural, .defaulted)
        visitor.field(
            "after", &after, "The newest message known: refuses staff's reply when a colleague has replied behind it.",
            .range(0...(1 << 53)))
    }
}

/// Which conversations to list.
public struct ListConversations: Record {
    /// Only those that stand here.
    public var status: Conversation.Status?
    /// Only those of this owner (`assistant`, `me`, or an actor such as `u:3`).
    public var owner: String?
    /// At most so many.
    public var limit: Int64 = 100
    /// At most so many of them that are resolved; absent: as many as fit.
    public var resolved: Int64?

    /// A blank request: the hundred that wait longest, then the newest.
    public init() {}

    /// `ListConversations`.
    public static let recordName = "ListConversations"
    /// For the API reference.
    public static let summary = "Which conversations to list."
    /// Those that wait.
    public static var example: ListConversations {
        var value = ListConversations()
        value.status = .waiting
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("status", &status, "Only those that stand here.")
        visitor.field("owner", &owner, "Only those of this owner: assistant, me, or an actor such as u:3.")
        visitor.field("limit", &limit, "At most so many.", .range(1...20_000), .defaulted)
        visitor.field(
            "resolved", &resolved, "At most so many of them that are resolved; absent: as many as fit.",
            .range(0...20_000))
    }
}

/// Which messages of a conversation to list.
public struct ListMessages: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// Only those behind this offset.
    public var after: Int64 = 0
    /// At most so many.
    public var limit: Int64 = 100

    /// A blank request.
    public init() {}

    /// The messages behind an offset.
    public init(of conversation: ID<Conversation>, after: Int64 = 0, limit: Int64 = 100) {
        id = conversation
        self.after = after
        self.limit = limit
    }

    /// `ListMessages`.
    public static let recordName = "ListMessages"
    /// For the API reference.
    public static let summary = "Which messages of a conversation to list."
    /// From the start.
    public static let example = ListMessages(of: ID(42))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("after", &after, "Only those behind this offset.", .range(0...(1 << 53)), .defaulted)
        visitor.field("limit", &limit, "At most so many.", .range(1...1000), .defaulted)
    }
}

/// Names one conversation.
public struct ConversationReference: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)

    /// A blank reference.
    public init() {}

    /// The conversation of this number.
    public init(_ id: ID<Conversation>) {
        self.id = id
    }

    /// `ConversationReference`.
    public static let recordName = "ConversationReference"
    /// For the API reference.
    public static let summary = "Names one conversation."
    /// Conversation 42.
    public static let example = ConversationReference(ID(42))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
    }
}

/// Takes a conversation over, if it still belongs to whom the caller believes.
public struct ClaimConversation: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// The owner the caller saw: `assistant`, `queue`, or an actor; absent claims from the assistant or the queue only.
    public var ifOwner: String?

    /// A blank request.
    public init() {}

    /// Takes over from an owner.
    public init(_ id: ID<Conversation>, ifOwner: String? = nil) {
        self.id = id
        self.ifOwner = ifOwner
    }

    /// `ClaimConversation`.
    public static let recordName = "ClaimConversation"
    /// For the API reference.
    public static let summary = "Takes a conversation over."
    /// From the assistant.
    public static let example = ClaimConversation(ID(42), ifOwner: "assistant")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field(
            "if_owner", &ifOwner,
            "The owner the caller saw: assistant, queue, or an actor; absent claims from the assistant or the queue only."
        )
    }
}

/// Gives a conversation back.
public struct ReleaseConversation: Record {
    /// Who is to have it next.
    public enum Target: String, FieldChoice, Sendable {
        /// The assistant answers again.
        case assistant
        /// Another person is to take it.
        case queue
    }

    /// The conversation.
    public var id = ID<Conversation>(0)
    /// Who is to have it next.
    public var to = Target.assistant
    /// A note for whoever has it next.
    public var note = ""

    /// A blank request.
    public init() {}

    /// Gives it back.
    public init(_ id: ID<Conversation>, to target: Target = .assistant, note: String = "") {
        self.id = id
        to = target
        self.note = note
    }

    /// `ReleaseConversation`.
    public static let recordName = "ReleaseConversation"
    /// For the API reference.
    public static let summary = "Gives a conversation back."
    /// To the assistant.
    public static let example = ReleaseConversation(ID(42))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("to", &to, "Who is to have it next.", .natural, .defaulted)
        visitor.field("note", &note, "A note for whoever has it next.", .length(0...2000), .defaulted)
    }
}

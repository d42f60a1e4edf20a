public import Vocabulary

/// What to look for in all messages.
public struct SearchMessages: Record {
    /// Words, `"phrases"`, `-words` and filters.
    public var query = ""
    /// At most so many.
    public var limit: Int64 = 50

    /// A blank request.
    public init() {}

    /// A search.
    public init(_ query: String, limit: Int64 = 50) {
        self.query = query
        self.limit = limit
    }

    /// `SearchMessages`.
    public static let recordName = "SearchMessages"
    /// For the API reference.
    public static let summary = "What to look for in all messages."
    /// Refunds that customers asked for.
    public static let example = SearchMessages("refund from:customer before:2026-11-01")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field(
            "query", &query,
            "Words, \"phrases\", -words, and from:, tag:, status:, priority:, before:, after:, in:, has:note.",
            .length(1...500))
        visitor.field("limit", &limit, "At most so many.", .range(1...500), .defaulted)
    }
}

/// A message that was found.
public struct FoundMessage: Record {
    /// The conversation.
    public var conversation = ID<Conversation>(0)
    /// The message's place in it.
    public var offset: Int64 = 0
    /// When it was written.
    public var at = Timestamp(milliseconds: 0)
    /// Who wrote it.
    public var author = Message.Author.customer
    /// The writer's name for people.
    public var authorName = ""
    /// The customer's name.
    public var customerName = ""
    /// What the conversation is about.
    public var subject = ""
    /// The words around what was found; what was found stands between U+0002 and U+0003.
    public var snippet = ""

    /// A blank message.
    public init() {}

    /// `FoundMessage`.
    public static let recordName = "FoundMessage"
    /// For the API reference.
    public static let summary = "A message that was found."
    /// A refund.
    public static var example: FoundMessage {
        var value = FoundMessage()
        value.conversation = ID(42)
        value.offset = 3
        value.at = Timestamp(milliseconds: 1_795_371_601_000)
        value.authorName = "Crystal"
        value.customerName = "Crystal"
        value.subject = "Return an item"
        value.snippet = "when do I get my \u{2}refund\u{3}?"
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("conversation", &conversation, "The conversation.")
        visitor.field("offset", &offset, "The message's place in it.", .range(1...(1 << 53)))
        visitor.field("at", &at, "When it was written.")
        visitor.field("author", &author, "Who wrote it.")
        visitor.field("author_name", &authorName, "The writer's name for people.", .length(0...200))
        visitor.field("customer_name", &customerName, "The customer's name.", .length(0...200))
        visitor.field("subject", &subject, "What the conversation is about.", .length(0...200))
        visitor.field("snippet", &snippet, "The words around it, what was found between U+0002 and U+0003.")
    }
}

/// A customer as the desk knows them.
public struct CustomerProfile: Record {
    /// The number of the customer.
    public var customer = ID<Customer>(0)
    /// The name as they gave it; hostile until made safe.
    public var name = ""
    /// When they came first.
    public var createdAt = Timestamp(milliseconds: 0)
    /// Whether they may write no more.
    public var blocked = false
    /// Their conversations, the newest first, at most a hundred.
    public var conversations: [Conversation] = []

    /// A blank profile.
    public init() {}

    /// `CustomerProfile`.
    public static let recordName = "CustomerProfile"
    /// For the API reference.
    public static let summary = "A customer as the desk knows them."
    /// Crystal.
    public static var example: CustomerProfile {
        var value = CustomerProfile()
        value.customer = ID(7)
        value.name = "Crystal"
        value.createdAt = Timestamp(milliseconds: 1_795_371_500_000)
        value.conversations = [.example]
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The number of the customer.")
        visitor.field("name", &name, "The name as they gave it.", .length(0...200))
        visitor.field("created_at", &createdAt, "When they came first.")
        visitor.field("blocked", &blocked, "Whether they may write no more.", .natural, .defaulted)
        visitor.field("conversations", &conversations, "Their conversations, the newest first.", .length(0...100))
    }
}

/// Names one customer.
public struct CustomerReference: Record {
    /// The customer.
    public var customer = ID<Customer>(0)

    /// A blank reference.
    public init() {}

    /// The customer of this number.
    public init(_ customer: ID<Customer>) {
        self.customer = customer
    }

    /// `CustomerReference`.
    public static let recordName = "CustomerReference"
    /// For the API reference.
    public static let summary = "Names one customer."
    /// Customer 7.
    public static let example = CustomerReference(ID(7))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The customer.")
    }
}

/// Blocks a customer, or lets them write again.
public struct BlockCustomer: Record {
    /// The customer.
    public var customer = ID<Customer>(0)
    /// Whether they may write no more.
    public var blocked = true

    /// A blank request.
    public init() {}

    /// Blocks, or lets write.
    public init(_ customer: ID<Customer>, blocked: Bool) {
        (self.customer, self.blocked) = (customer, blocked)
    }

    /// `BlockCustomer`.
    public static let recordName = "BlockCustomer"
    /// For the API reference.
    public static let summary = "Blocks a customer, or lets them write again."
    /// No more of customer 7.
    public static let example = BlockCustomer(ID(7), blocked: true)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The customer.")
        visitor.field("blocked", &blocked, "Whether they may write no more.", .natural, .defaulted)
    }
}

/// What proves that everything of a customer is gone.
public struct DeletionReceipt: Record {
    /// The customer.
    public var customer = ID<Customer>(0)
    /// Conversations that were deleted.
    public var conversations: Int64 = 0
    /// Messages that were deleted.
    public var messages: Int64 = 0
    /// Rows of that customer that were found afterwards, over every table and the search index: 0.
    public var left: Int64 = 0
    /// The number of the entry in the audit trail, whose hash chain holds this receipt.
    public var audit: Int64 = 0
    /// When it was done.
    public var at = Timestamp(milliseconds: 0)

    /// A blank receipt.
    public init() {}

    /// `DeletionReceipt`.
    public static let recordName = "DeletionReceipt"
    /// For the API reference.
    public static let summary = "What proves that everything of a customer is gone."
    /// Two conversations.
    public static var example: DeletionReceipt {
        var value = DeletionReceipt()
        value.customer = ID(7)
        (value.conversations, value.messages, value.audit) = (2, 31, 812)
        value.at = Timestamp(milliseconds: 1_795_371_601_000)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("customer", &customer, "The customer.")
        visitor.field("conversations", &conversations, "Conversations that were deleted.")
        visitor.field("messages", &messages, "Messages that were deleted.")
        visitor.field("left", &left, "Rows of that customer that were found afterwards: 0.")
        visitor.field("audit", &audit, "The number of the entry in the audit trail.")
        visitor.field("at", &at, "When it was done.")
    }
}

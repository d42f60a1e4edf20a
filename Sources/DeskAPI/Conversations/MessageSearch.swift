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

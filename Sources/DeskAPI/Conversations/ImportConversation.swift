public import Vocabulary

/// A conversation that was held elsewhere.
public struct ImportConversation: Record {
    /// Its name where it comes from; imported again under the same name it is left as it is.
    public var key = ""
    /// The customer's name.
    public var customerName = ""
    /// What it is about; empty takes the first words of the first question.
    public var subject = ""
    /// What it is filed under.
    public var tags: [String] = []
    /// What was said, in order.
    public var messages: [ImportedMessage] = []

    /// A blank conversation.
    public init() {}

    /// `ImportConversation`.
    public static let recordName = "ImportConversation"
    /// For the API reference.
    public static let summary = "A conversation that was held elsewhere; it is kept as resolved."
    /// The most messages of one.
    public static let messageLimit = 10_000
    /// A return.
    public static var example: ImportConversation {
        var value = ImportConversation()
        value.key = "abcd-3592"
        value.customerName = "Crystal Minh"
        value.tags = ["return_size"]
        value.messages = [.example]
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("key", &key, "Its name where it comes from; the same name is imported once.", .length(1...200))
        visitor.field("customer_name", &customerName, "The customer's name.", .length(0...200), .defaulted)
        visitor.field("subject", &subject, "What it is about.", .length(0...200), .defaulted)
        visitor.field("tags", &tags, "What it is filed under.", .length(0...20), .defaulted)
        visitor.field("messages", &messages, "What was said, in order.", .length(1...ImportConversation.messageLimit))
    }
}

/// A message that was written elsewhere.
public struct ImportedMessage: Record {
    /// Who wrote it.
    public var author = Message.Author.customer
    /// The writer's name; empty takes that of the author's kind.
    public var name = ""
    /// What was written.
    public var text = ""
    /// When; left out it is that of the message before, or of the import.
    public var at: Timestamp?

    /// A blank message.
    public init() {}

    /// A message.
    public init(_ author: Message.Author, _ text: String, name: String = "", at: Timestamp? = nil) {
        (self.author, self.text, self.name, self.at) = (author, text, name, at)
    }

    /// `ImportedMessage`.
    public static let recordName = "ImportedMessage"
    /// For the API reference.
    public static let summary = "A message that was written elsewhere."
    /// A question.
    public static let example = ImportedMessage(
        .customer, "I need to return an item", at: Timestamp(milliseconds: 1_700_000_000_000))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("author", &author, "Who wrote it.")
        visitor.field("name", &name, "The writer's name.", .length(0...200), .defaulted)
        visitor.field("text", &text, "What was written.", .length(1...Message.maximumLength))
        visitor.field("at", &at, "When; left out it is that of the message before, or of the import.")
    }
}

/// What became of an import.
public struct ImportOutcome: Record {
    /// The conversation.
    public var conversation = ID<Conversation>(0)
    /// How many messages it has.
    public var messages: Int64 = 0
    /// Whether it was there already and nothing was changed.
    public var duplicate = false

    /// A blank outcome.
    public init() {}

    /// `ImportOutcome`.
    public static let recordName = "ImportOutcome"
    /// For the API reference.
    public static let summary = "What became of an import."
    /// A new one.
    public static var example: ImportOutcome {
        var value = ImportOutcome()
        (value.conversation, value.messages) = (ID(42), 12)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("conversation", &conversation, "The conversation.")
        visitor.field("messages", &messages, "How many messages it has.")
        visitor.field("duplicate", &duplicate, "Whether it was there already.", .natural, .defaulted)
    }
}

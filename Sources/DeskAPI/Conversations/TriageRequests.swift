public import Vocabulary

/// Files a conversation anew; what is left out stays.
public struct UpdateConversation: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// What it is about.
    public var subject: String?
    /// How urgent it is.
    public var priority: Conversation.Priority?
    /// What it is filed under, in place of what is there.
    public var tags: [String]?

    /// A blank request.
    public init() {}

    /// A change of one conversation.
    public init(_ id: ID<Conversation>) {
        self.id = id
    }

    /// `UpdateConversation`.
    public static let recordName = "UpdateConversation"
    /// For the API reference.
    public static let summary = "Files a conversation anew; what is left out stays."
    /// An urgent return.
    public static var example: UpdateConversation {
        var value = UpdateConversation(ID(42))
        value.priority = .urgent
        value.tags = ["returns", "damaged"]
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("subject", &subject, "What it is about.", .length(1...200))
        visitor.field("priority", &priority, "How urgent it is.")
        visitor.field("tags", &tags, "What it is filed under, in place of what is there.", .length(0...20))
    }
}

/// Puts a conversation aside.
public struct SnoozeConversation: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// Until when; absent until the customer writes.
    public var until: Timestamp?

    /// A blank request.
    public init() {}

    /// Puts one aside.
    public init(_ id: ID<Conversation>, until: Timestamp? = nil) {
        self.id = id
        self.until = until
    }

    /// `SnoozeConversation`.
    public static let recordName = "SnoozeConversation"
    /// For the API reference.
    public static let summary = "Puts a conversation aside until a moment, or until the customer writes."
    /// Until the customer writes.
    public static let example = SnoozeConversation(ID(42))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("until", &until, "Until when; absent: until the customer writes.")
    }
}

/// Gives a conversation to a colleague.
public struct TransferConversation: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// The colleague: the name of a key, or an actor such as `u:3`.
    public var to = ""
    /// A note for them.
    public var note = ""

    /// A blank request.
    public init() {}

    /// To a colleague, with a note.
    public init(_ id: ID<Conversation>, to colleague: String, note: String = "") {
        self.id = id
        (to, self.note) = (colleague, note)
    }

    /// `TransferConversation`.
    public static let recordName = "TransferConversation"
    /// For the API reference.
    public static let summary = "Gives a conversation to a colleague."
    /// To Ana.
    public static let example = TransferConversation(ID(42), to: "ana", note: "She knows the customer.")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("to", &to, "The colleague: the name of a key, or an actor such as u:3.", .length(1...100))
        visitor.field("note", &note, "A note for them.", .length(0...2000), .defaulted)
    }
}

/// What a customer says about the help, once, after the end.
public struct RateConversation: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// 1 for very bad to 5 for very good.
    public var rating: Int64 = 0
    /// In their own words.
    public var comment = ""

    /// A blank request.
    public init() {}

    /// A rating.
    public init(_ id: ID<Conversation>, rating: Int64, comment: String = "") {
        self.id = id
        (self.rating, self.comment) = (rating, comment)
    }

    /// `RateConversation`.
    public static let recordName = "RateConversation"
    /// For the API reference.
    public static let summary = "What a customer says about the help, once, after the end."
    /// Good.
    public static let example = RateConversation(ID(42), rating: 4, comment: "Quick, thank you.")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("rating", &rating, "1 for very bad to 5 for very good.", .range(1...5))
        visitor.field("comment", &comment, "In their own words.", .length(0...2000), .defaulted)
    }
}

/// Says how far somebody has read.
public struct ReadConversation: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// The newest message that was read.
    public var offset: Int64 = 0
    /// The device on which it was read, by a name of its own among those of the caller.
    public var device = ""

    /// A blank request.
    public init() {}

    /// Read up to a message.
    public init(_ id: ID<Conversation>, offset: Int64, device: String = "") {
        self.id = id
        (self.offset, self.device) = (offset, device)
    }

    /// `ReadConversation`.
    public static let recordName = "ReadConversation"
    /// For the API reference.
    public static let summary = "Says how far somebody has read; it never goes back."
    /// Up to the fourth message.
    public static let example = ReadConversation(ID(42), offset: 4)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("offset", &offset, "The newest message that was read.", .range(1...(1 << 53)))
        visitor.field("device", &device, "The device on which it was read.", .length(0...64), .defaulted)
    }
}

/// Words that are written and not sent.
public struct Draft: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// What is written; empty takes the draft away.
    public var text = ""
    /// Whether it is a note.
    public var note = false
    /// When it was kept; filled in by the desk.
    public var keptAt: Timestamp?

    /// A blank draft.
    public init() {}

    /// Words for a conversation.
    public init(_ id: ID<Conversation>, text: String, note: Bool = false) {
        self.id = id
        (self.text, self.note) = (text, note)
    }

    /// `Draft`.
    public static let recordName = "Draft"
    /// For the API reference.
    public static let summary = "Words that are written and not sent; each person has one for each conversation."
    /// A reply that is not finished.
    public static let example = Draft(ID(42), text: "I will send you a label")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("text", &text, "What is written; empty takes it away.", .length(0...Message.maximumLength))
        visitor.field("note", &note, "Whether it is a note.", .natural, .defaulted)
        visitor.field("kept_at", &keptAt, "When it was kept; filled in by the desk.")
    }
}

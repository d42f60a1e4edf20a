public import Vocabulary

/// A customer's dialogue with the desk, as lists and headers show it.
public struct Conversation: Record {
    /// Where the conversation stands.
    public enum Status: String, FieldChoice, Sendable {
        /// The assistant answers.
        case assistant
        /// Waits in the queue for a person.
        case waiting
        /// A person has it.
        case open
        /// Put aside until later.
        case snoozed
        /// Done.
        case resolved
    }

    /// How urgent it is.
    public enum Priority: String, FieldChoice, Sendable {
        /// Before everything else.
        case urgent
        /// Before what is usual.
        case high
        /// As usual.
        case normal
        /// When there is time.
        case low
    }

    /// What the customer waits for.
    public enum Target: String, FieldChoice, Sendable {
        /// The first words of a person.
        case firstReply = "first_reply"
        /// The reply to a later question.
        case nextReply = "next_reply"
        /// The end of the conversation.
        case resolution
    }

    /// The number of the conversation; also its room, `c:NUMBER`.
    public var id = ID<Conversation>(0)
    /// The customer who asks.
    public var customer = ID<Customer>(0)
    /// The customer's name as they gave it; hostile until made safe.
    public var customerName = ""
    /// What it is about: given, or the first words of the first question.
    public var subject = ""
    /// Where it stands.
    public var status = Status.assistant
    /// `assistant`, an actor such as `u:3`, or `nil` while it waits in the queue.
    public var owner: String?
    /// The owner's name for people.
    public var ownerName: String?
    /// Since when a person is waited for.
    public var waitingSince: Timestamp?
    /// Why a person is waited for.
    public var waitingReason: String?
    /// The offset of the newest message; 0 when there is none.
    public var lastOffset: Int64 = 0
    /// The beginning of the newest message a customer may see.
    public var lastText: String?
    /// Who wrote the newest message.
    public var lastAuthor: Message.Author?
    /// How urgent it is.
    public var priority = Priority.normal
    /// What it is filed under, in order, without doubles.
    public var tags: [String] = []
    /// Until when it is put aside; absent while it waits for the customer's next words only.
    public var snoozedUntil: Timestamp?
    /// When a person answered first.
    public var firstReplyAt: Timestamp?
    /// When what the customer waits for is late; absent while nobody waits, or without a target.
    public var dueAt: Timestamp?
    /// What is due then.
    public var dueFor: Target?
    /// When four fifths of the time are used up.
    public var warnAt: Timestamp?
    /// What the customer gave after the end, 1 to 5.
    public var rating: Int64?
    /// What the customer said about it; hostile until made safe.
    public var ratingComment: String?
    /// What the customer would give by the course of their words, 1 to 5, the last words counting most.
    ///
    /// An estimate by a classifier, never a rating; absent until the customer wrote something that could be judged.
    public var estimatedRating: Double?
    /// The language of the customer's newest words that told one, by its ISO 639-1 code.
    public var language: String?
    /// Who has written words here that are not sent, for people.
    public var drafts: [String] = []
    /// The newest message that anybody at the desk has read.
    public var readOffset: Int64 = 0
    /// How far each of the staff has read, the furthest first; at most a hundred.
    public var seenBy: [ReadMark] = []
    /// The newest message that the customer has read.
    public var customerReadOffset: Int64 = 0
    /// When it was started.
    public var createdAt = Timestamp(milliseconds: 0)
    /// When it last changed.
    public var updatedAt = Timestamp(milliseconds: 0)

    /// A blank conversation.
    public init() {}

    /// `Conversation`.
    public static let recordName = "Conversation"
    /// For the API reference.
    public static let summary = "A customer's dialogue with the desk."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The number of the conversation; its room is c:NUMBER.")
        visitor.field("customer", &customer, "The customer who asks.")
        visitor.field("customer_name", &customerName, "The customer's name as they gave it.", .length(0...200))
        visitor.field("subject", &subject, "What it is about.", .length(0...200))
        visitor.field("status", &status, "Where it stands.")
        visitor.field("owner", &owner, "assistant, an actor such as u:3, or absent while it waits in the queue.")
        visitor.field("owner_name", &ownerName, "The owner's name for people.")
        visitor.field("waiting_since", &waitingSince, "Since when a person is waited for.")
        visitor.field("waiting_reason", &waitingReason, "Why a person is waited for.")
        visitor.field("last_offset", &lastOffset, "The offset of the newest message; 0 when there is none.")
        visitor.field("last_text", &lastText, "The beginning of the newest message.", .length(0...400))
        visitor.field("last_author", &lastAuthor, "Who wrote the newest message.")
        visitor.field("priority", &priority, "How urgent it is.", .natural, .defaulted)
        visitor.field("tags", &tags, "What it is filed under.", .length(0...20), .defaulted)
        visitor.field("snoozed_until", &snoozedUntil, "Until when it is put aside; absent: until the customer writes.")
        visitor.field("first_reply_at", &firstReplyAt, "When a person answered first.")
        visitor.field("due_at", &dueAt, "When what the customer waits for is late.")
        visitor.field("due_for", &dueFor, "What is due then.")
        visitor.field("warn_at", &warnAt, "When four fifths of the time are used up.")
        visitor.field("rating", &rating, "What the customer gave after the end, 1 to 5.", .range(1...5))
        visitor.field("rating_comment", &ratingComment, "What the customer said about it.", .length(0...2000))
        visitor.field(
            "estimated_rating", &estimatedRating,
            "What the customer would give by the course of their words, 1 to 5: an estimate, never a rating.")
        visitor.field("language", &language, "The language of the customer's words, such as en.", .length(2...8))
        visitor.field("drafts", &drafts, "Who has written words here that are not sent.", .length(0...100), .defaulted)
        visitor.field(
            "read_offset", &readOffset, "The newest message that anybody at the desk has read.",
            .range(0...(1 << 53)), .defaulted)
        visitor.field("seen_by", &seenBy, "How far each of the staff has read.", .length(0...100), .defaulted)
        visitor.field(
            "customer_read_offset", &customerReadOffset, "The newest message that the customer has read.",
            .range(0...(1 << 53)), .defaulted)
        visitor.field("created_at", &createdAt, "When it was started.")
        visitor.field("updated_at", &updatedAt, "When it last changed.")
    }

    /// A conversation that waits for a person.
    public static var example: Conversation {
        var value = Conversation()
        value.id = ID(42)
        value.customer = ID(7)
        value.customerName = "Crystal"
        value.subject = "I need to return an item"
        value.status = .waiting
        value.waitingSince = Timestamp(milliseconds: 1_795_371_601_000)
        value.waitingReason = "asked for a person"
        value.lastOffset = 4
        value.lastText = "May I talk to a person?"
        value.lastAuthor = .customer
        value.priority = .high
        value.tags = ["returns"]
        value.estimatedRating = 2.6
        value.dueAt = Timestamp(milliseconds: 1_795_371_721_000)
        value.dueFor = .firstReply
        value.warnAt = Timestamp(milliseconds: 1_795_371_697_000)
        value.createdAt = Timestamp(milliseconds: 1_795_371_500_000)
        value.updatedAt = Timestamp(milliseconds: 1_795_371_601_000)
        return value
    }

    /// The owner of conversations that the assistant answers.
    public static let assistantOwner = "assistant"
    /// Estimated ratings below this are of somebody who is upset.
    public static let upsetBelow = 2.0
    /// Estimated ratings from this on are of somebody who is content: nearer to 4, the worst good rating, than to 3.
    public static let contentFrom = 3.5
}

extension Conversation {
    /// What a caller may know of it: how the desk works is no customer's business.
    public func seen(by caller: Caller) -> Conversation {
        guard !caller.isStaff else { return self }
        var seen = self
        seen.priority = .normal
        (seen.tags, seen.drafts, seen.seenBy) = ([], [], [])
        (seen.dueAt, seen.dueFor, seen.warnAt) = (nil, nil, nil)
        (seen.snoozedUntil, seen.estimatedRating) = (nil, nil)
        if seen.status == .snoozed { seen.status = .open }
        return seen
    }
}

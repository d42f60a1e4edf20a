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
        value.createdAt = Timestamp(milliseconds: 1_795_371_500_000)
        value.updatedAt = Timestamp(milliseconds: 1_795_371_601_000)
        return value
    }

    /// The owner of conversations that the assistant answers.
    public static let assistantOwner = "assistant"
}

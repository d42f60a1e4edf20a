public import Vocabulary

/// Whether the customer of a conversation is connected to it.
public struct CustomerPresence: Record {
    /// The conversation.
    public var conversation = ID<Conversation>(0)
    /// Whether they are connected now.
    public var isOnline = false
    /// Since when they are, or since when they are gone.
    public var since = Timestamp(milliseconds: 0)

    /// Nobody is there.
    public init() {}

    /// A customer is there, or gone, since a moment.
    public init(_ conversation: ID<Conversation>, isOnline: Bool, since: Timestamp) {
        (self.conversation, self.isOnline, self.since) = (conversation, isOnline, since)
    }

    /// `CustomerPresence`.
    public static let recordName = "CustomerPresence"
    /// For the API reference.
    public static let summary = "Whether the customer of a conversation is connected to it."
    /// A customer who is there.
    public static let example = CustomerPresence(
        ID(42), isOnline: true, since: Timestamp(milliseconds: 1_795_371_500_000))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("conversation", &conversation, "The conversation.")
        visitor.field("online", &isOnline, "Whether they are connected now.")
        visitor.field("since", &since, "Since when they are, or since when they are gone.")
    }
}

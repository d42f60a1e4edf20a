public import Vocabulary

/// A conversation that went badly at some moment.
public struct TouchedConversation: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// The customer's name for people.
    public var customerName = ""
    /// When it happened.
    public var at = Timestamp(milliseconds: 0)
    /// What went badly, one line.
    public var what = ""

    /// A blank conversation.
    public init() {}

    /// A conversation that went badly.
    public init(_ id: ID<Conversation>, of customerName: String, at: Timestamp, what: String) {
        (self.id, self.customerName, self.at, self.what) = (id, customerName, at, what)
    }

    /// `TouchedConversation`.
    public static let recordName = "TouchedConversation"
    /// For the API reference.
    public static let summary = "A conversation that went badly at some moment."
    /// One that was answered late.
    public static let example = TouchedConversation(
        ID(42), of: "Crystal M.", at: Timestamp(milliseconds: 1_795_371_601_000), what: "answered after 14.2 s")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("customer_name", &customerName, "The customer's name.", .length(0...200))
        visitor.field("at", &at, "When it happened.")
        visitor.field("what", &what, "What went badly.", .length(0...1000))
    }
}

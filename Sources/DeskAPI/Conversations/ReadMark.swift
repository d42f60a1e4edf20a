public import Vocabulary

/// How far one of the staff has read a conversation: the furthest over their devices.
public struct ReadMark: Record {
    /// Who, such as `u:3`; ``everybody`` for what was read before each person had a mark.
    public var user = ""
    /// Their name.
    public var name = ""
    /// The newest message that they have read.
    public var offset: Int64 = 0
    /// When they did.
    public var at = Timestamp(milliseconds: 0)

    /// Nobody's mark.
    public init() {}

    /// How far somebody has read.
    public init(_ user: String, named name: String, offset: Int64, at: Timestamp) {
        (self.user, self.name, self.offset, self.at) = (user, name, offset, at)
    }

    /// The user of a mark that counts for everybody at the desk.
    public static let everybody = "staff"

    /// `ReadMark`.
    public static let recordName = "ReadMark"
    /// For the API reference.
    public static let summary = "How far one of the staff has read a conversation."
    /// Ana has read four messages.
    public static let example = ReadMark(
        "u:3", named: "ana", offset: 4, at: Timestamp(milliseconds: 1_795_371_602_000))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field(
            "user", &user, "Who, such as u:3; staff: what everybody had read before each person had a mark.",
            .length(0...100))
        visitor.field("name", &name, "Their name.", .length(0...200))
        visitor.field("offset", &offset, "The newest message that they have read.", .range(0...(1 << 53)))
        visitor.field("at", &at, "When they did.")
    }
}

/// One of the staff has read on in a conversation.
public struct ConversationRead: Record {
    /// The conversation.
    public var conversation = ID<Conversation>(0)
    /// Who, and how far.
    public var reader = ReadMark()

    /// Nobody has read anything.
    public init() {}

    /// Somebody has read on.
    public init(_ conversation: ID<Conversation>, _ reader: ReadMark) {
        (self.conversation, self.reader) = (conversation, reader)
    }

    /// `ConversationRead`.
    public static let recordName = "ConversationRead"
    /// For the API reference.
    public static let summary = "One of the staff has read on in a conversation."
    /// Ana has read four messages.
    public static let example = ConversationRead(ID(42), .example)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("conversation", &conversation, "The conversation.")
        visitor.field("reader", &reader, "Who, and how far.")
    }
}

extension Conversation {
    /// How far one of the staff has read; what everybody had read counts for them too.
    public func readOffset(of user: String) -> Int64 {
        seenBy.lazy.filter { $0.user == user || $0.user == ReadMark.everybody }.map(\.offset).max() ?? 0
    }
}

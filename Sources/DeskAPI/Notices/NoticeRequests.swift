/// Which messages to list.
public struct ListNotices: Record {
    /// Only those in this state.
    public var state: NoticeDelivery.State?
    /// Only those for this receiver.
    public var receiver: String?
    /// At most so many, newest first.
    public var limit: Int64 = 100

    /// A blank request.
    public init() {}

    /// `ListNotices`.
    public static let recordName = "ListNotices"
    /// For the API reference.
    public static let summary = "Which messages to list."
    /// The newest.
    public static let example = ListNotices()

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("state", &state, "Only those in this state.")
        visitor.field("receiver", &receiver, "Only those for this receiver.", .length(1...64))
        visitor.field("limit", &limit, "At most so many, newest first.", .range(1...1000), .defaulted)
    }
}

/// Names a message.
public struct NoticeReference: Record {
    /// Its number.
    public var id: Int64 = 0

    /// A blank reference.
    public init() {}

    /// A reference to a message.
    public init(_ id: Int64) {
        self.id = id
    }

    /// `NoticeReference`.
    public static let recordName = "NoticeReference"
    /// For the API reference.
    public static let summary = "Names a message."
    /// Message 7.
    public static let example = NoticeReference(7)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "Its number.")
    }
}

/// Names a receiver.
public struct ReceiverReference: Record {
    /// Its name.
    public var name = ""

    /// A blank reference.
    public init() {}

    /// A reference to a receiver.
    public init(_ name: String) {
        self.name = name
    }

    /// `ReceiverReference`.
    public static let recordName = "ReceiverReference"
    /// For the API reference.
    public static let summary = "Names a receiver."
    /// The chat.
    public static let example = ReceiverReference("chat")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "Its name, as in notify.yaml.", .length(1...64))
    }
}

/// What came of a test message.
public struct NoticeTest: Record {
    /// Who was told.
    public var receiver = ""
    /// Whether the receiver took it.
    public var isDelivered = false
    /// What the receiver answered, in words.
    public var answer = ""

    /// A blank outcome.
    public init() {}

    /// `NoticeTest`.
    public static let recordName = "NoticeTest"
    /// For the API reference.
    public static let summary = "What came of a test message."
    /// A chat that works.
    public static var example: NoticeTest {
        var value = NoticeTest()
        value.receiver = "chat"
        value.isDelivered = true
        value.answer = "the receiver took it"
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("receiver", &receiver, "Who was told.", .length(1...64))
        visitor.field("delivered", &isDelivered, "Whether the receiver took it.")
        visitor.field("answer", &answer, "What the receiver answered, in words.", .length(0...1000))
    }
}

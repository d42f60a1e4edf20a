internal import DeskAPI
internal import Vocabulary

/// A place in a room: what the client has seen.
struct Position: Record {
    /// The offset of the last event that was seen; 0 for none.
    var offset: Int64 = 0
    /// The epoch the offset belongs to.
    var epoch = ""

    static let recordName = "Position"
    static let summary = "A place in a room."
    static var example: Position {
        var value = Position()
        (value.offset, value.epoch) = (120, "k3f")
        return value
    }

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("offset", &offset, "The offset of the last event that was seen.", .range(0...(1 << 53)))
        visitor.field("epoch", &epoch, "The epoch the offset belongs to.", .length(0...100))
    }
}

/// Proves who the client is.
struct HelloRequest: Record {
    /// The bearer token.
    var token: String?
    /// Whether several objects may come in one frame, divided by line feeds.
    var batch = false

    static let recordName = "HelloRequest"
    static let summary = "Proves who the client is."
    static let example = HelloRequest()

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("token", &token, "The bearer token.", .length(1...512))
        visitor.field("batch", &batch, "Whether several objects may share a frame.", .natural, .defaulted)
    }
}

/// Enters a room.
struct JoinRequest: Record {
    /// The room.
    var room = ""
    /// What was seen of it before.
    var since: Position?

    static let recordName = "JoinRequest"
    static let summary = "Enters a room."
    static let example = JoinRequest()

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("room", &room, "The room.")
        visitor.field("since", &since, "What was seen of it before.")
    }
}

/// Names a room.
struct RoomRequest: Record {
    /// The room.
    var room = ""

    static let recordName = "RoomRequest"
    static let summary = "Names a room."
    static let example = RoomRequest()

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("room", &room, "The room.")
    }
}

/// Says what the client is doing, or asks who is there.
struct PresenceRequest: Record {
    /// Whose presence is asked for: a room; without it and ``state``, that of the whole staff.
    var room: String?
    /// What the client's device is doing from now on.
    var state: PresenceState?
    /// The conversation that it shows, as a room.
    var viewing: String?

    static let recordName = "PresenceRequest"
    static let summary = "Says what the client is doing, or asks who is there."
    static let example = PresenceRequest()

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("room", &room, "Who is asked for: a room; absent: the staff.")
        visitor.field("state", &state, "What the client's device is doing from now on.")
        visitor.field("viewing", &viewing, "The conversation that it shows, as a room.")
    }
}

/// Writes a message or a note.
struct SendRequest: Record {
    /// The conversation's room.
    var room = ""
    /// The idempotency key.
    var cid: ULID?
    /// What is written.
    var text = ""
    /// The newest message that the writer knew of.
    var after: Int64?

    static let recordName = "SendRequest"
    static let summary = "Writes a message or a note."
    static let example = SendRequest()

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("room", &room, "The conversation's room.")
        visitor.field("cid", &cid, "The idempotency key.")
        visitor.field("text", &text, "What is written.", .length(1...Message.maximumLength))
        visitor.field("after", &after, "The newest message that the writer knew of.", .range(0...(1 << 53)))
    }
}

/// Reads what was written before.
struct HistoryRequest: Record {
    /// The conversation's room.
    var room = ""
    /// Only messages behind this offset.
    var after: Int64 = 0
    /// At most so many.
    var limit: Int64 = 100

    static let recordName = "HistoryRequest"
    static let summary = "Reads what was written before."
    static let example = HistoryRequest()

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("room", &room, "The conversation's room.")
        visitor.field("after", &after, "Only messages behind this offset.", .range(0...(1 << 53)), .defaulted)
        visitor.field("limit", &limit, "At most so many.", .range(1...300), .defaulted)
    }
}

/// Takes a conversation over.
struct ClaimRequest: Record {
    /// The conversation's room.
    var room = ""
    /// The owner the client saw.
    var ifOwner: String?

    static let recordName = "ClaimRequest"
    static let summary = "Takes a conversation over."
    static let example = ClaimRequest()

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("room", &room, "The conversation's room.")
        visitor.field("if_owner", &ifOwner, "The owner the client saw.")
    }
}

/// Gives a conversation back.
struct ReleaseRequest: Record {
    /// The conversation's room.
    var room = ""
    /// Who is to have it next.
    var to = ReleaseConversation.Target.assistant
    /// A note for whoever has it next.
    var note = ""

    static let recordName = "ReleaseRequest"
    static let summary = "Gives a conversation back."
    static let example = ReleaseRequest()

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("room", &room, "The conversation's room.")
        visitor.field("to", &to, "Who is to have it next.", .natural, .defaulted)
        visitor.field("note", &note, "A note for whoever has it next.", .length(0...2000), .defaulted)
    }
}

/// Moves the client's own mark of what was read.
struct CursorRequest: Record {
    /// The room.
    var room = ""
    /// The offset up to which everything was read.
    var offset: Int64 = 0
    /// The device on which it was read, by a name of its own among those of the caller.
    var device = ""

    static let recordName = "CursorRequest"
    static let summary = "Moves the mark of what was read."
    static let example = CursorRequest()

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("room", &room, "The room.")
        visitor.field("offset", &offset, "Up to where everything was read.", .range(0...(1 << 53)))
        visitor.field("device", &device, "The device on which it was read.", .length(0...64), .defaulted)
    }
}

/// How far the caller has read a conversation, over their devices.
struct CursorReply: Record {
    /// The room.
    var room = ""
    /// The offset up to which everything was read.
    var offset: Int64 = 0

    init() {}

    init(of caller: Caller, in conversation: Conversation) {
        room = Room.conversation(conversation.id).name
        offset =
            caller.isStaff ? conversation.readOffset(of: caller.actor) : conversation.customerReadOffset
    }

    static let recordName = "CursorReply"
    static let summary = "How far the caller has read."
    static let example = CursorReply()

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("room", &room, "The room.")
        visitor.field("offset", &offset, "Up to where everything was read.", .range(0...(1 << 53)))
    }
}

internal import DeskAPI
internal import JSON
internal import Vocabulary

/// Writes the answer to `join`.
struct JoinReply: Sendable {
    let room: Room
    let position: Position
    private let isResumed: Bool
    /// What was missed, as whole messages with their offsets.
    let missed: [(offset: Int64, message: [UInt8])]?
    private let conversation: Conversation?
    /// What calls the person, in their own room.
    private let calling: [StaffNotification]?

    /// The answer of a room that the gateway itself numbers.
    init(_ room: Room, _ entry: RoomHub.Entry, since: Position?) {
        self.room = room
        position = entry.position ?? Position()
        isResumed = since != nil
        missed = entry.missed.map { messages in
            messages.enumerated().map { ((since?.offset ?? 0) + Int64($0.offset) + 1, $0.element) }
        }
        conversation = nil
        calling = nil
    }

    /// Asks the desk about a room whose events it keeps.
    static func read(
        _ room: Room, since: Position?, from desk: any DeskService, as caller: Caller
    ) async -> Result<JoinReply, Problem> {
        if case .conversation(let id) = room {
            return await ConversationPast.read(id, since: since, from: desk, as: caller).map { JoinReply(room, $0) }
        }
        return await NotificationPast.read(since: since, from: desk, as: caller).map { JoinReply(room, $0) }
    }

    /// The answer of a person's own room.
    init(_ room: Room, _ past: NotificationPast) {
        self.room = room
        position = past.position
        isResumed = past.isResumed
        conversation = nil
        calling = past.calling
        missed = past.missed?.map { notification in
            var place = past.position
            place.offset = notification.offset
            return (
                notification.offset,
                ServerMessage.push("notification", room: room, position: place, data: notification.encoded)
            )
        }
    }

    /// The answer of a conversation's room.
    init(_ room: Room, _ past: ConversationPast) {
        self.room = room
        position = past.position
        isResumed = past.isResumed
        conversation = past.conversation
        calling = nil
        missed = past.missed?.map { message in
            var place = past.position
            place.offset = message.offset
            return (
                message.offset,
                ServerMessage.push("message", room: room, position: place, data: message.encoded)
            )
        }
    }

    /// Writes `{"room", "offset", "epoch", "recovered", "missed", "conversation"}`; the fourth and fifth only when resumed.
    func write(_ writer: inout JSONWriter) { write(&writer, withMissed: true) }

    /// Writes the same, and what was missed only if wanted.
    func write(_ writer: inout JSONWriter, withMissed: Bool) {
        writer.object { writer in
            writer.name("room")
            writer.string(room.name)
            writer.name("offset")
            writer.integer(position.offset)
            writer.name("epoch")
            writer.string(position.epoch)
            if isResumed {
                writer.name("recovered")
                writer.bool(missed != nil)
            }
            if isResumed, withMissed { writeMissed(&writer) }
            if let conversation {
                writer.name("conversation")
                conversation.write(to: &writer)
            }
            if let calling {
                writer.name("notifications")
                writer.array { writer in for notification in calling { notification.write(to: &writer) } }
            }
        }
    }

    private func writeMissed(_ writer: inout JSONWriter) {
        writer.name("missed")
        writer.array { writer in for event in missed ?? [] { writer.raw(event.message) } }
    }
}

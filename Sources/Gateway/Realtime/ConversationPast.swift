internal import DeskAPI
internal import JSON
internal import Vocabulary

/// What a conversation's room looks like to somebody who comes in.
struct ConversationPast: Sendable {
    /// The conversation.
    var conversation: Conversation
    /// The place of the newest event that is part of this.
    var position: Position
    /// Every message behind the place the client named, or `nil` when they cannot be given whole.
    var missed: [Message]?
    /// Whether the client named a place.
    var isResumed: Bool

    /// Messages that are given at most, and their bytes; beyond that a client reads the history.
    static let maximumMessages: Int64 = 300
    static let maximumBytes = 1 << 20

    /// Asks the desk; whoever may not see the conversation does not learn that it exists.
    static func read(
        _ id: ID<Conversation>, since: Position?, from desk: any DeskService, as caller: Caller
    ) async -> Result<ConversationPast, Problem> {
        do throws(Problem) {
            guard await desk.may(caller, see: id) else {
                throw Problem(.notFound, "there is no conversation \(id)")
            }
            let conversation = try await desk.call(
                Operations.showConversation, ConversationReference(id), as: caller)
            var past = ConversationPast(
                conversation: conversation, position: Position(), missed: nil, isResumed: since != nil)
            (past.position.offset, past.position.epoch) = (conversation.lastOffset, desk.epoch)
            if let since, since.epoch == desk.epoch {
                try await past.readMissed(id, behind: since.offset, from: desk, as: caller)
            }
            return .success(past)
        } catch {
            return .failure(error)
        }
    }

    private mutating func readMissed(
        _ id: ID<Conversation>, behind offset: Int64, from desk: any DeskService, as caller: Caller
    ) async throws(Problem) {
        guard offset <= conversation.lastOffset else { return }
        let messages = try await desk.call(
            Operations.listMessages,
            ListMessages(of: id, after: offset, limit: ConversationPast.maximumMessages + 1), as: caller
        ).items
        let bytes = messages.reduce(0) { $0 + $1.text.utf8.count + 512 }
        guard messages.count <= ConversationPast.maximumMessages, bytes <= ConversationPast.maximumBytes else { return }
        missed = messages
        // Read after the conversation: newer messages may be among them.
        position.offset = max(position.offset, messages.last?.offset ?? 0)
    }
}

/// Writes the answer to `join`.
struct JoinReply {
    let room: Room
    let position: Position
    private let isResumed: Bool
    /// What was missed, as whole messages with their offsets.
    let missed: [(offset: Int64, message: [UInt8])]?
    private let conversation: Conversation?

    /// The answer of a room that the gateway itself numbers.
    init(_ room: Room, _ entry: RoomHub.Entry, since: Position?) {
        self.room = room
        position = entry.position ?? Position()
        isResumed = since != nil
        missed = entry.missed.map { messages in
            messages.enumerated().map { ((since?.offset ?? 0) + Int64($0.offset) + 1, $0.element) }
        }
        conversation = nil
    }

    /// The answer of a conversation's room.
    init(_ room: Room, _ past: ConversationPast) {
        self.room = room
        position = past.position
        isResumed = past.isResumed
        conversation = past.conversation
        missed = past.missed?.map { message in
            var place = past.position
            place.offset = message.offset
            return (
                message.offset,
                ServerMessage.push("message", room: room, position: place, data: message.encoded)
            )
        }
    }

    /// Writes `{"room", "offset", "epoch", "recovered", "missed", "conversation"}`; the middle two only when resumed.
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
        }
    }

    private func writeMissed(_ writer: inout JSONWriter) {
        writer.name("missed")
        writer.array { writer in for event in missed ?? [] { writer.raw(event.message) } }
    }
}

internal import DeskAPI
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

internal import Assistant
internal import Conversations
internal import DeskAPI
internal import Vocabulary

/// What a customer wrote since anybody answered, and what was said before.
struct OpenQuestion: Sendable {
    private static let turnsRead: Int64 = 30
    static let reader = Caller.local(name: "assistant")

    /// What was said before, oldest first, without notes and the desk's own lines.
    let before: [Message]
    /// The messages that wait for an answer; empty when there are none.
    let asked: [Message]

    /// Reads the end of a conversation.
    static func read(
        _ id: ID<Conversation>, upTo offset: Int64, from conversations: Conversations
    ) async throws -> OpenQuestion {
        let messages = try await conversations.messages(
            ListMessages(of: id, after: max(0, offset - turnsRead), limit: turnsRead + 100), for: reader
        ).items.filter { $0.author != .note && $0.author != .system }
        let before = Array(messages[..<(messages.lastIndex { $0.author != .customer }.map { $0 + 1 } ?? 0)])
        return OpenQuestion(before: before, asked: Array(messages.dropFirst(before.count)))
    }

    /// For the assistant; some people send a question in several messages, and it is still one.
    var question: Question {
        Question(asked.map(\.text).joined(separator: "\n"), after: before.compactMap(Turn.init))
    }
}

extension Turn {
    /// What was said, for the assistant; notes and the desk's own lines are not for it.
    fileprivate init?(_ message: Message) {
        switch message.author {
        case .customer: self.init(.customer, message.text)
        case .assistant: self.init(.assistant, message.text)
        case .agent: self.init(.agent, message.text)
        case .note, .system: return nil
        }
    }
}

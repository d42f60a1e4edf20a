internal import DeskAPI
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Tells which events concern the assistant, on the thread of whoever publishes them.
///
/// Most messages belong to conversations that people have. They wake nobody: only what the assistant has, what it loses,
/// what is heard of for the first time, and what was rated is passed on.
final class AssistantConcern: Sendable {
    private struct State {
        /// Whether the assistant has a conversation, by the newest that was heard of it.
        var standing: [ID<Conversation>: Bool] = [:]
        /// Questions whose conversation was not passed on since: what follows each message says whose it is to answer.
        var asked: [ID<Conversation>: Int64] = [:]
    }

    /// With more conversations than this all are unknown again, which costs a look at each.
    private let mostKnown: Int
    private let state = NIOLockedValueBox(State())

    init(mostKnown: Int = 65_536) {
        self.mostKnown = mostKnown
    }

    /// Whether the assistant is to hear of it; called once for each event, in order.
    func wants(_ event: DeskEvent) -> Bool {
        switch event {
        case .messagePosted(let message) where message.author == .customer:
            state.withLockedValue { $0.asked[message.conversation] = message.offset }
            return false
        case .conversationChanged(let conversation):
            return state.withLockedValue { wants(conversation, &$0) }
        case .conversationDeleted(let reference):
            state.withLockedValue { state in
                state.standing[reference.id] = nil
                state.asked[reference.id] = nil
            }
            return true
        default: return false
        }
    }

    /// The offset of the question that a conversation was last passed on with; once.
    func takeQuestion(of conversation: ID<Conversation>) -> Int64? {
        state.withLockedValue { $0.asked.removeValue(forKey: conversation) }
    }

    /// Events were missed: what they asked is found in the store.
    func forgetQuestions() {
        state.withLockedValue { $0.asked = [:] }
    }

    private func wants(_ conversation: Conversation, _ state: inout State) -> Bool {
        if state.standing.count >= mostKnown { state.standing = [:] }
        let isAssistants = conversation.status == .assistant
        let before = state.standing.updateValue(isAssistants, forKey: conversation.id)
        if isAssistants || before != false { return true }
        state.asked[conversation.id] = nil
        return conversation.rating != nil
    }
}

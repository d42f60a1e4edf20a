import DeskAPI
import Testing
import Vocabulary

@testable import Desk

@Suite struct AssistantConcernTests {
    private func changed(_ status: Conversation.Status, _ id: Int64 = 1, rating: Int64? = nil) -> DeskEvent {
        var conversation = Conversation()
        (conversation.id, conversation.status, conversation.rating) = (ID(id), status, rating)
        return .conversationChanged(conversation)
    }

    private func written(_ offset: Int64, by author: Message.Author = .customer, in id: Int64 = 1) -> DeskEvent {
        var message = Message()
        (message.conversation, message.offset, message.author) = (ID(id), offset, author)
        return .messagePosted(message)
    }

    @Test func `a conversation that a person has wakes nobody, but for the first time it is heard of`() {
        let concern = AssistantConcern()
        #expect(!concern.wants(written(1)))
        #expect(concern.wants(changed(.open)))
        for offset in Int64(2)...5 {
            #expect(!concern.wants(written(offset)))
            #expect(!concern.wants(changed(.open)))
        }
        #expect(concern.takeQuestion(of: ID(1)) == nil, "a question to a person is none to the assistant")
    }

    @Test func `what the assistant has is passed on with its question, and once more when it is lost`() {
        let concern = AssistantConcern()
        #expect(!concern.wants(written(1)))
        #expect(concern.wants(changed(.assistant)))
        #expect(concern.takeQuestion(of: ID(1)) == 1)
        #expect(concern.takeQuestion(of: ID(1)) == nil)
        #expect(concern.wants(changed(.waiting)))
        #expect(!concern.wants(changed(.open)))
        #expect(!concern.wants(written(7)))
        #expect(concern.wants(changed(.assistant)), "given back")
        #expect(concern.takeQuestion(of: ID(1)) == 7)
    }

    @Test func `ratings and deletions are always passed on`() {
        let concern = AssistantConcern()
        _ = concern.wants(changed(.open))
        #expect(concern.wants(changed(.resolved, rating: 2)))
        #expect(concern.wants(.conversationDeleted(ConversationReference(ID(1)))))
        #expect(concern.wants(changed(.open)), "nothing is known of it any more")
    }

    @Test func `what is known is bounded, and what was forgotten is passed on again`() {
        let concern = AssistantConcern(mostKnown: 3)
        for id in Int64(1)...4 { #expect(concern.wants(changed(.open, id))) }
        #expect(concern.wants(changed(.open, 1)))
        #expect(!concern.wants(changed(.open, 4)))
    }
}

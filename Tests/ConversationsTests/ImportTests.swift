import Conversations
import DeskAPI
import Storage
import Testing
import Vocabulary

@Suite struct ImportTests {
    private func transcript(_ key: String = "abcd-1") -> ImportConversation {
        var value = ImportConversation()
        value.key = key
        value.customerName = "Crystal"
        value.tags = ["Return_Size"]
        value.messages = [
            ImportedMessage(.customer, "I need to return an item", at: .start - .seconds(1000)),
            ImportedMessage(.agent, "Sure", name: "ana"),
            ImportedMessage(.customer, "Thank you", at: .start - .seconds(900)),
        ]
        return value
    }

    @Test func `a conversation is kept as it was held, once, and can be found`() async throws {
        let desk = try TemporaryDesk()
        let first = try await desk.conversations.importing(transcript(), by: ana, at: .start)
        let again = try await desk.conversations.importing(transcript(), by: ana, at: .start)
        #expect(first.messages == 3 && !first.duplicate)
        #expect(again.conversation == first.conversation && again.duplicate && again.messages == 3)
        let seen = try await desk.conversations.show(first.conversation, to: ana)
        #expect(seen.status == .resolved && seen.dueAt == nil && seen.tags == ["return_size"])
        #expect(seen.createdAt == .start - .seconds(1000) && seen.firstReplyAt == .start - .seconds(1000))
        #expect(seen.subject == "I need to return an item")
        #expect(
            try await desk.texts(of: first.conversation) == [
                "1 customer I need to return an item", "2 agent Sure", "3 customer Thank you",
            ])
        #expect(try await desk.conversations.search(SearchMessages("return from:customer")).items.count == 1)
        #expect(try await desk.conversations.questionsForAssistant().isEmpty)
    }

    @Test func `what is out of order or has a bad tag is refused whole`() async throws {
        let desk = try TemporaryDesk()
        var late = transcript()
        late.messages[2].at = .start - .seconds(2000)
        var tagged = transcript()
        tagged.tags = ["two words"]
        for bad in [late, tagged] {
            let found = try await problem { _ = try await desk.conversations.importing(bad, by: ana, at: .start) }
            #expect(found?.code == .invalidField, "\(String(describing: found))")
        }
        let left: Int64? = try await desk.database.read { try $0.value("SELECT count(*) FROM customer") }
        #expect(left == 0)
    }
}

import Conversations
import DeskAPI
import Storage
import Testing
import Vocabulary

/// What the desk knows of a moment of the past.
struct PastTests {
    private func at(_ seconds: Int64) -> Timestamp { .start + .seconds(seconds) }

    @Test func `a conversation is told as it was at each moment of its life`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        try await desk.post("Is anybody there?", to: id, by: customer, at: at(10))
        _ = try await desk.conversations.claim(ClaimConversation(id, ifOwner: "assistant"), by: ana, at: at(20))
        try await desk.post("I am.", to: id, by: ana, at: at(30))
        try await desk.post("secret", to: id, by: ana, note: true, at: at(31))
        _ = try await desk.conversations.resolve(id, by: ana, at: at(40))

        func then(_ seconds: Int64) async throws -> Conversation? {
            try await desk.conversations.past(at: at(seconds)).first { $0.id == id }
        }
        #expect(try await desk.conversations.past(at: at(-1)).isEmpty, "it did not exist yet")
        let new = try #require(try await then(5))
        #expect(new.status == .assistant && new.lastOffset == 0 && new.lastText == nil)
        let asked = try #require(try await then(15))
        #expect(asked.status == .assistant && asked.lastText == "Is anybody there?" && asked.lastOffset == 1)
        let taken = try #require(try await then(25))
        #expect(taken.status == .open && taken.ownerName == "ana" && taken.waitingSince != nil)
        let answered = try #require(try await then(35))
        #expect(answered.waitingSince == nil && answered.lastText == "I am." && answered.lastAuthor == .agent)
        let over = try #require(try await then(45))
        #expect(over.status == .resolved)
        #expect(try await then(40 + 3601) == nil, "an hour later it is no longer told of")
    }

    @Test func `what stands first is who waited longest then`() async throws {
        let desk = try TemporaryDesk()
        var waiting: [ID<Conversation>] = []
        for number in 0..<3 {
            let (customer, id) = try await desk.customer("customer \(number)")
            try await desk.post("help", to: id, by: customer, at: at(Int64(10 * number)))
            _ = try await desk.conversations.claim(ClaimConversation(id), by: ana, at: at(Int64(10 * number) + 1))
            _ = try await desk.conversations.release(
                ReleaseConversation(id, to: .queue), by: ana, at: at(Int64(10 * number) + 2))
            waiting.append(id)
        }
        _ = try await desk.conversations.claim(ClaimConversation(waiting[0]), by: ana, at: at(100))
        try await desk.post("here I am", to: waiting[0], by: ana, at: at(101))
        #expect(try await desk.conversations.past(at: at(50)).map(\.id) == waiting)
        #expect(try await desk.conversations.past(at: at(150)).map(\.id) == [waiting[1], waiting[2], waiting[0]])
    }

    @Test func `a state that did not change is kept once`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        for number in 0..<20 { try await desk.post("\(number)", to: id, by: customer, at: at(Int64(number))) }
        let rows: Int64? = try await desk.database.read {
            try $0.value("SELECT count(*) FROM conversation_state WHERE conversation = ?", id)
        }
        #expect(rows == 1)
    }
}

import DeskAPI
import Host
import Testing
import Vocabulary

@testable import Desk

/// Waiting conversations go by themselves to those who take them.
@Suite(.timeLimit(.minutes(2))) struct AssignmentTests {
    private func colleague(_ name: String, at desk: OpenDesk) async throws -> EmbeddedClient {
        var wanted = CreateKey()
        (wanted.name, wanted.role) = (name, .agent)
        let key = try await desk.agent.call(Operations.createKey, wanted)
        return EmbeddedClient(desk: desk.desk, caller: try desk.desk.caller(holding: key.token ?? ""))
    }

    /// A customer in the queue.
    private func waiting(at desk: OpenDesk) async throws -> ID<Conversation> {
        let customer = try await desk.customer()
        try await customer.ask("I want to talk to a human")
        return customer.conversation
    }

    private func owner(of id: ID<Conversation>, at desk: OpenDesk) async throws -> String {
        try await desk.until {
            try await desk.agent.call(Operations.showConversation, ConversationReference(id)).ownerName
                .flatMap { $0 == "assistant" ? nil : $0 }
        }
    }

    private func isWaiting(_ id: ID<Conversation>, at desk: OpenDesk) async throws -> Bool {
        try await desk.agent.call(Operations.showConversation, ConversationReference(id)).status == .waiting
    }

    @Test func `the oldest goes first, to whoever has the fewest, and nobody gets more than they want`() async throws {
        let desk = try await OpenDesk.open()
        let first = try await waiting(at: desk)
        _ = try await desk.stands(first, .waiting)
        let second = try await waiting(at: desk)
        _ = try await desk.stands(second, .waiting)
        let (ana, ben) = (try await colleague("ana", at: desk), try await colleague("ben", at: desk))
        let said = try await ana.call(Operations.setAvailability, SetAvailability(capacity: 1))
        #expect(said.name == "ana" && said.capacity == 1)
        #expect(try await owner(of: first, at: desk) == "ana")
        #expect(try await isWaiting(second, at: desk), "ana takes one at a time")
        _ = try await ben.call(Operations.setAvailability, SetAvailability(capacity: 5))
        #expect(try await owner(of: second, at: desk) == "ben")
        let third = try await waiting(at: desk)
        #expect(try await owner(of: third, at: desk) == "ben")

        // Room that somebody gets is filled from the queue.
        _ = try await ben.call(Operations.setAvailability, SetAvailability(capacity: 0))
        let fourth = try await waiting(at: desk)
        _ = try await desk.stands(fourth, .waiting)
        _ = try await ana.call(Operations.resolveConversation, ConversationReference(first))
        #expect(try await owner(of: fourth, at: desk) == "ana")
        let all = try await desk.agent.call(Operations.listAvailability, Nothing()).items
        #expect(all.map(\.name) == ["ana"] && all.first?.open == 1)
        let audit = try await desk.agent.call(Operations.listAudit, ListAudit()).items
        #expect(audit.count { $0.action == "conversation.assign" } == 4)
        #expect(try await owner(of: second, at: desk) == "ben", "who goes keeps what they have")
        try await desk.end()
    }

    @Test func `who gives a conversation back to the queue does not get it again`() async throws {
        let desk = try await OpenDesk.open()
        let ana = try await colleague("ana", at: desk)
        _ = try await ana.call(Operations.setAvailability, SetAvailability(capacity: 5))
        let id = try await waiting(at: desk)
        #expect(try await owner(of: id, at: desk) == "ana")
        _ = try await ana.call(Operations.releaseConversation, ReleaseConversation(id, to: .queue))
        // What comes after it is given; it is not.
        let next = try await waiting(at: desk)
        #expect(try await owner(of: next, at: desk) == "ana")
        #expect(try await isWaiting(id, at: desk))
        let ben = try await colleague("ben", at: desk)
        _ = try await ben.call(Operations.setAvailability, SetAvailability(capacity: 1))
        #expect(try await owner(of: id, at: desk) == "ben")
        try await desk.end()
    }

    @Test func `a key that is revoked takes nothing more, and whom it has not answered waits again`() async throws {
        let desk = try await OpenDesk.open()
        var wanted = CreateKey()
        (wanted.name, wanted.role) = ("ana", .agent)
        let key = try await desk.agent.call(Operations.createKey, wanted)
        let ana = EmbeddedClient(desk: desk.desk, caller: try desk.desk.caller(holding: key.token ?? ""))
        _ = try await ana.call(Operations.setAvailability, SetAvailability(capacity: 5))
        let (answered, silent) = (try await waiting(at: desk), try await waiting(at: desk))
        #expect(try await owner(of: answered, at: desk) == "ana")
        #expect(try await owner(of: silent, at: desk) == "ana")
        _ = try await ana.call(Operations.postMessage, PostMessage(to: answered, cid: nil, text: "Hello."))
        _ = try await desk.agent.call(Operations.revokeKey, KeyReference(key.id))
        let _: Bool = try await desk.until {
            let found = try await desk.agent.call(Operations.showConversation, ConversationReference(silent))
            return found.status == .waiting && found.waitingReason == "ana has gone" ? true : nil
        }
        #expect(try await owner(of: answered, at: desk) == "ana", "the customer has a word of hers")
        #expect(try await desk.agent.call(Operations.listAvailability, Nothing()).items.isEmpty)
        try await desk.end()
    }

    @Test func `who falls silent loses what they did not answer, a moment to come keeps it`() async throws {
        let desk = try await OpenDesk.open()
        let ana = try await colleague("ana", at: desk)
        _ = try await ana.call(Operations.setAvailability, SetAvailability(capacity: 5, minutes: 3))
        let id = try await waiting(at: desk)
        #expect(try await owner(of: id, at: desk) == "ana")
        let conversations = desk.desk.parts.conversations
        let now = desk.desk.clock.now()
        #expect(try await conversations.recallFromAbsent(at: now + .seconds(170)) == 0)
        #expect(try await conversations.recallFromAbsent(at: now + .seconds(181)) == 1)
        #expect(try await conversations.recallFromAbsent(at: now + .seconds(182)) == 0)
        #expect(try await conversations.assignWaiting(at: now + .seconds(182)) == 0)
        try await desk.end()
    }
}

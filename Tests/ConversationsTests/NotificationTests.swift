import Bus
import Conversations
import DeskAPI
import Storage
import Testing
import Vocabulary

/// What single people have to know, from its cause to their yes.
@Suite struct NotificationTests {
    private func after(_ seconds: Int) -> Timestamp { .start + .seconds(seconds) }

    private func calls(_ desk: TemporaryDesk, _ caller: Caller, all: Bool = false) async throws -> [StaffNotification] {
        var request = ListNotifications()
        request.acknowledged = all
        return try await desk.conversations.notifications(request, of: caller).items
    }

    private func note(_ desk: TemporaryDesk, _ text: String, _ id: ID<Conversation>) async throws {
        _ = try await desk.conversations.post(
            PostMessage(to: id, cid: nil, text: text, note: true), by: bo,
            mentioning: [Colleague(user: "u:3", name: "ana"), Colleague(user: "u:4", name: "bo")], at: .start)
    }

    @Test func `who is named in a note is told, the author and the customer are not`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        let events = desk.bus.subscribe(limit: 100)
        try await note(desk, "@ana and @bo, look", id)
        let told = try await calls(desk, ana)
        #expect(told.map(\.kind) == [.mention] && told[0].from == "bo" && told[0].text == "@ana and @bo, look")
        #expect(told[0].offset == 1 && told[0].conversation == id && told[0].message == 1)
        #expect(try await calls(desk, bo).isEmpty)
        let published = await events.next().compactMap { reading -> StaffNotification? in
            if case .event(.notified(let notification)) = reading { notification } else { nil }
        }
        #expect(published == told)
        await #expect(throws: Problem.self) { try await calls(desk, customer) }
    }

    @Test func `whoever is given a conversation by somebody else is told, and who takes one is not`() async throws {
        let desk = try TemporaryDesk()
        let (_, id) = try await desk.customer()
        _ = try await desk.conversations.claim(ClaimConversation(id), by: bo, at: .start)
        #expect(try await calls(desk, bo).isEmpty)
        _ = try await desk.conversations.transfer(
            TransferConversation(id, to: "ana", note: "yours"), to: "u:3", named: "ana", by: bo, at: after(1))
        #expect(try await calls(desk, ana).map(\.kind) == [.assigned])
        _ = try await desk.conversations.release(ReleaseConversation(id, to: .queue), by: ana, at: after(2))
        _ = try await desk.conversations.set(SetAvailability(capacity: 2), of: bo, at: after(3))
        try await desk.conversations.assignWaiting(at: after(4))
        let given = try await calls(desk, bo)
        #expect(given.map(\.kind) == [.assigned] && given.map(\.from) == ["desk"] && given[0].priority == .high)
    }

    @Test func `a target that is missed calls who has the conversation, urgently`() async throws {
        let desk = try TemporaryDesk()
        let (_, id) = try await desk.customer()
        let (_, other) = try await desk.customer()
        for id in [id, other] { try await desk.conversations.requestPerson(id, reason: "asked", at: .start) }
        _ = try await desk.conversations.claim(ClaimConversation(id), by: ana, at: after(1))
        _ = try await desk.conversations.lookAfter(at: after(200))
        let late = try await calls(desk, ana)
        #expect(late.map(\.kind) == [.late] && late[0].priority == .urgent && late[0].from == "desk")
        #expect(try await calls(desk, bo).isEmpty, "nobody has the other one")
    }

    @Test func `a yes to one, to all up to a place, to all about a conversation, and to nothing twice`() async throws {
        let desk = try TemporaryDesk()
        let (_, first) = try await desk.customer()
        let (_, second) = try await desk.customer()
        for id in [first, second, first, second, second] { try await note(desk, "@ana", id) }
        let all = try await calls(desk, ana)
        #expect(all.map(\.offset) == [1, 2, 3, 4, 5])
        func acknowledge(_ request: AcknowledgeNotifications) async throws -> [Int64] {
            try await desk.conversations.acknowledge(request, by: ana, at: after(9)).items.map(\.offset)
        }
        #expect(try await acknowledge(AcknowledgeNotifications(all[3].id)) == [4])
        #expect(try await acknowledge(AcknowledgeNotifications(all[3].id)) == [])
        #expect(try await acknowledge(AcknowledgeNotifications(about: first)) == [1, 3])
        #expect(try await acknowledge(AcknowledgeNotifications(through: 4)) == [2])
        #expect(try await calls(desk, ana).map(\.offset) == [5])
        #expect(try await calls(desk, ana, all: true).count == 5)
        await #expect(throws: Problem.self) { try await acknowledge(AcknowledgeNotifications()) }
        #expect(
            try await desk.conversations.acknowledge(AcknowledgeNotifications(all[4].id), by: bo, at: after(9)).items
                .isEmpty, "another's is not bo's to acknowledge")
    }

    @Test func `places go on after everything is gone, and old ones are forgotten`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        try await note(desk, "@ana", id)
        guard case .customer(let number) = customer.identity else { return }
        let receipt = try await desk.conversations.delete(number, by: ana, at: .start)
        #expect(receipt.left == 0)
        #expect(try await calls(desk, ana, all: true).isEmpty)
        let (_, next) = try await desk.customer()
        for _ in 0..<510 { try await note(desk, "@ana", next) }
        #expect(try await calls(desk, ana).map(\.offset).first == 2)
        _ = try await desk.conversations.acknowledge(AcknowledgeNotifications(through: 600), by: ana, at: after(1))
        try await note(desk, "@ana", next)
        #expect(try await calls(desk, ana, all: true).count == 500)
    }

    @Test(
        arguments: [
            ("@ana look", ["ana"]), ("@Ana, @ANA", ["ana"]), ("mail ana@ana.example", []), ("(@ana)", ["ana"]),
            ("@ana maria please", ["ana maria"]), ("@anaconda", []), ("@ana@ben", ["ana"]), ("@", []),
            ("@ben\n@ana maria", ["ben", "ana maria"]), ("é@ana", []), ("@bén", []),
        ])
    func `a name behind a sign that stands alone is a name`(_ text: String, _ names: [String]) {
        let all = ["ana", "ben", "ana maria", ""].map { Colleague(user: "u:\($0)", name: $0) }
        #expect(Colleague.named(in: text, among: all).map(\.name) == names)
    }
}

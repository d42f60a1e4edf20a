import Bus
import Conversations
import DeskAPI
import Storage
import Testing
import Vocabulary

struct OwnershipTests {
    @Test func `of many who claim at once exactly one wins, and the others learn who`() async throws {
        let desk = try TemporaryDesk()
        for _ in 0..<5 {
            let (_, conversation) = try await desk.customer()
            let outcomes = await withTaskGroup(of: (agent: String, owner: String?, problem: Problem?).self) { tasks in
                for number in 1...12 {
                    let agent = Caller(identity: .key(ID(Int64(number))), role: .agent, name: "agent \(number)")
                    tasks.addTask {
                        do {
                            let claimed = try await desk.conversations.claim(
                                ClaimConversation(conversation, ifOwner: "assistant"), by: agent, at: .start)
                            return (agent.name, claimed.ownerName, nil)
                        } catch {
                            return (agent.name, nil, error as? Problem)
                        }
                    }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            let winners = outcomes.filter { $0.problem == nil }
            let winner = try #require(winners.first)
            #expect(winners.count == 1)
            #expect(winner.owner == winner.agent)
            for loser in outcomes where loser.problem != nil {
                #expect(loser.problem?.code == .alreadyClaimed)
                #expect(loser.problem?.current?["owner_name"]?.text == winner.agent)
            }
            #expect(try await desk.texts(of: conversation) == ["1 system \(winner.agent) took over"])
        }
        #expect(try await desk.database.read { try AuditTrail.entries(limit: 99, in: $0) }.count == 5)
    }

    @Test func `a claim holds only against the owner that was seen`() async throws {
        let desk = try TemporaryDesk()
        let (_, conversation) = try await desk.customer()
        func claim(by agent: Caller, ifOwner: String?) async throws -> Problem? {
            try await problem {
                _ = try await desk.conversations.claim(
                    ClaimConversation(conversation, ifOwner: ifOwner), by: agent, at: .start)
            }
        }
        #expect(try await claim(by: ana, ifOwner: "queue")?.code == .alreadyClaimed)
        #expect(try await claim(by: ana, ifOwner: nil) == nil)
        #expect(try await claim(by: ana, ifOwner: "assistant") == nil, "a repetition by the owner changes nothing")
        #expect(try await claim(by: bo, ifOwner: nil)?.detail == "ana has conversation \(conversation) now")
        #expect(try await claim(by: bo, ifOwner: "u:9")?.code == .alreadyClaimed)
        #expect(try await claim(by: bo, ifOwner: "u:3") == nil)
        #expect(try await desk.texts(of: conversation) == ["1 system ana took over", "2 system bo took over from ana"])
    }

    @Test func `the assistant does not answer over a person`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        let question = try await desk.post("help", to: conversation, by: customer)
        try await desk.post("I am here", to: conversation, by: ana)
        let answer = try await desk.conversations.answer(
            conversation, question: question.offset, text: "late", details: .example, at: .start)
        #expect(answer == nil)
        #expect(
            try await desk.texts(of: conversation) == [
                "1 customer help", "2 system ana took over", "3 agent I am here",
            ])
        let shown = try await desk.conversations.show(conversation, to: ana)
        #expect(shown.status == .open && shown.owner == "u:3")
    }

    @Test func `handing back tells the assistant that the person's stretch is over`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        try await desk.post("hello", to: conversation, by: ana)
        let released = try await desk.conversations.release(
            ReleaseConversation(conversation, note: "wants the blue one"), by: ana, at: .start)
        #expect(released.status == .assistant && released.owner == "assistant" && released.waitingSince == nil)
        #expect(
            try await desk.texts(of: conversation).suffix(2) == [
                "3 note wants the blue one", "4 system ana handed back to the assistant",
            ])
        let question = try await desk.post("thanks", to: conversation, by: customer)
        #expect(try await desk.conversations.questionsForAssistant() == [question])
    }

    @Test func `only the owner or an admin gives a conversation away or ends it`() async throws {
        let desk = try TemporaryDesk()
        let (_, conversation) = try await desk.customer()
        _ = try await desk.conversations.claim(ClaimConversation(conversation), by: ana, at: .start)
        let refusals = [
            try await problem {
                _ = try await desk.conversations.release(ReleaseConversation(conversation), by: bo, at: .start)
            },
            try await problem { _ = try await desk.conversations.resolve(conversation, by: bo, at: .start) },
        ]
        #expect(refusals.allSatisfy { $0?.code == .alreadyClaimed })
        _ = try await desk.conversations.resolve(conversation, by: admin, at: .start)
        #expect(try await desk.texts(of: conversation).last == "2 system root resolved the conversation")
    }

    @Test func `a resolved conversation takes notes but nothing else`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        let resolved = try await desk.conversations.resolve(conversation, by: ana, at: .start)
        #expect(try await desk.conversations.resolve(conversation, by: bo, at: .start + .seconds(9)) == resolved)
        let refusals = [
            try await problem { try await desk.post("wait", to: conversation, by: customer) },
            try await problem { try await desk.post("wait", to: conversation, by: ana) },
            try await problem {
                _ = try await desk.conversations.claim(ClaimConversation(conversation), by: ana, at: .start)
            },
            try await problem {
                _ = try await desk.conversations.release(ReleaseConversation(conversation), by: ana, at: .start)
            },
        ]
        #expect(refusals.allSatisfy { $0?.code == .conversationClosed })
        try await desk.post("called back", to: conversation, by: ana, note: true)
        #expect(try await desk.texts(of: conversation).count == 2)
    }

    @Test func `a request for a person goes to the queue once, with its reason`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        let question = try await desk.post("a person please", to: conversation, by: customer)
        try await desk.conversations.answer(
            conversation, question: question.offset, text: "I get somebody.", details: .example,
            requestingPerson: "asked for a person", at: .start + .seconds(5))
        let waiting = try await desk.conversations.requestPerson(
            conversation, reason: "again", at: .start + .seconds(60))
        #expect(waiting.status == .waiting && waiting.owner == nil)
        #expect(waiting.waitingSince == .start + .seconds(5))
        #expect(waiting.waitingReason == "asked for a person")
        #expect(
            try await desk.texts(of: conversation).suffix(2) == [
                "2 assistant I get somebody.", "3 system Handed over to a person: asked for a person",
            ])
        let queue = try await desk.conversations.queue()
        #expect(queue.waiting == 1 && queue.unresolved == 1)
        #expect(queue.oldestWaitingSince == .start + .seconds(5))
    }

    @Test func `a claim alone does not end the wait, the first reply does`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        try await desk.conversations.requestPerson(conversation, reason: "angry", at: .start)
        let claimed = try await desk.conversations.claim(
            ClaimConversation(conversation, ifOwner: "queue"), by: ana, at: .start + .seconds(30))
        #expect(claimed.waitingSince == .start)
        #expect(try await desk.conversations.queue().waiting == 0)
        try await desk.post("hello", to: conversation, by: ana, at: .start + .seconds(40))
        #expect(try await desk.conversations.show(conversation, to: ana).waitingSince == nil)
        try await desk.post("and now?", to: conversation, by: customer, at: .start + .seconds(50))
        try await desk.post("well?", to: conversation, by: customer, at: .start + .seconds(90))
        #expect(try await desk.conversations.show(conversation, to: ana).waitingSince == .start + .seconds(50))
    }

    @Test func `lists show who waits longest first, then what changed last`() async throws {
        let desk = try TemporaryDesk()
        var ids: [ID<Conversation>] = []
        for number in 0..<6 { ids.append(try await desk.customer("c\(number)").conversation) }
        try await desk.conversations.requestPerson(ids[4], reason: "x", at: .start + .seconds(10))
        try await desk.conversations.requestPerson(ids[1], reason: "x", at: .start + .seconds(20))
        try await desk.post("note", to: ids[0], by: ana, note: true, at: .start + .seconds(40))
        try await desk.post("reply", to: ids[2], by: ana, at: .start + .seconds(30))
        func list(_ change: (inout ListConversations) -> Void) async throws -> [ID<Conversation>] {
            var request = ListConversations()
            change(&request)
            return try await desk.conversations.list(request, for: ana).items.map(\.id)
        }
        #expect(try await list { _ in } == [ids[4], ids[1], ids[0], ids[2], ids[5], ids[3]])
        #expect(try await list { $0.limit = 3 } == [ids[4], ids[1], ids[0]])
        #expect(try await list { $0.status = .waiting } == [ids[4], ids[1]])
        #expect(try await list { $0.owner = "me" } == [ids[2]])
        #expect(try await list { $0.owner = "assistant" } == [ids[0], ids[5], ids[3]])
        for (place, id) in [ids[0], ids[5]].enumerated() {
            _ = try await desk.conversations.resolve(id, by: ana, at: .start + .seconds(50 + Int64(place)))
        }
        #expect(try await list { $0.resolved = 1 } == [ids[4], ids[1], ids[2], ids[3], ids[5]])
        #expect(try await list { $0.resolved = 0 } == [ids[4], ids[1], ids[2], ids[3]])
        #expect(try await list { ($0.resolved, $0.limit) = (5, 4) } == [ids[4], ids[1], ids[2], ids[3]])
        #expect(try await list { ($0.resolved, $0.status) = (1, .resolved) } == [ids[5]])
        #expect(try await list { ($0.resolved, $0.owner) = (5, "me") } == [ids[2]])
    }

    @Test func `the first question names a conversation that has no subject`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        try await desk.post(
            "  How long do I have to return a pair of headphones that I bought in March?\nThanks", to: conversation,
            by: customer)
        try await desk.post("Another thing", to: conversation, by: customer)
        let subject = try await desk.conversations.show(conversation, to: ana).subject
        #expect(subject == "How long do I have to return a pair of headphones that I…")
    }

    @Test func `staff says for whom a conversation is, a customer cannot`() async throws {
        let desk = try TemporaryDesk()
        let (customer, _) = try await desk.customer()
        var request = CreateConversation()
        #expect(
            try await problem { _ = try await desk.conversations.create(request, by: ana, at: .start) }?.code
                == .invalidField)
        request.customer = ID(99)
        #expect(
            try await problem { _ = try await desk.conversations.create(request, by: ana, at: .start) }?.code
                == .notFound)
        #expect(
            try await problem { _ = try await desk.conversations.create(request, by: customer, at: .start) }?.code
                == .invalidField)
        request.customer = ID(1)
        #expect(try await desk.conversations.create(request, by: ana, at: .start).customerName == "Crystal")
    }

    @Test func `every change of hands is in the audit trail`() async throws {
        let desk = try TemporaryDesk()
        let (_, conversation) = try await desk.customer()
        _ = try await desk.conversations.claim(ClaimConversation(conversation), by: ana, at: .start)
        _ = try await desk.conversations.release(ReleaseConversation(conversation, to: .queue), by: ana, at: .start)
        _ = try await desk.conversations.resolve(conversation, by: bo, at: .start)
        let drafts = try await desk.database.read { try AuditTrail.entries(limit: 9, in: $0).map(\.draft) }
        #expect(drafts.map(\.action) == ["conversation.resolve", "conversation.release", "conversation.claim"])
        #expect(drafts.map(\.actor) == ["u:4", "u:3", "u:3"])
        #expect(drafts.map(\.subject) == Array(repeating: "conversation:\(conversation)", count: 3))
    }
}

import Bus
import Conversations
import DeskAPI
import Storage
import Testing
import Vocabulary

@Suite struct TriageTests {
    private func after(_ seconds: Int) -> Timestamp { .start + .seconds(seconds) }

    @Test func `the clock of a reply runs while the customer waits for a person, and only then`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        try await desk.post("May I talk to a person?", to: id, by: customer)
        #expect(try await desk.conversations.show(id, to: ana).dueAt == nil, "the assistant has it")
        try await desk.conversations.requestPerson(id, reason: "asked for a person", at: after(10))
        var seen = try await desk.conversations.show(id, to: ana)
        #expect(seen.dueAt == after(130) && seen.dueFor == .firstReply && seen.warnAt == after(106))
        _ = try await desk.conversations.claim(ClaimConversation(id), by: ana, at: after(40))
        #expect(try await desk.conversations.show(id, to: ana).dueAt == after(130), "a claim alone helps nobody")
        _ = try await desk.conversations.snooze(SnoozeConversation(id, until: after(1000)), by: ana, at: after(50))
        seen = try await desk.conversations.show(id, to: ana)
        #expect(seen.status == .snoozed && seen.dueAt == nil && seen.snoozedUntil == after(1000))
        #expect(try await desk.conversations.lookAfter(at: after(999)) == 0)
        #expect(try await desk.conversations.lookAfter(at: after(1000)) == 1)
        seen = try await desk.conversations.show(id, to: ana)
        #expect(seen.status == .open && seen.dueAt == after(1080), "forty seconds were used before: \(seen)")
        try await desk.post("Hello", to: id, by: ana, at: after(1010))
        seen = try await desk.conversations.show(id, to: ana)
        #expect(seen.dueAt == nil && seen.firstReplyAt == after(1010))
        try await desk.post("And now?", to: id, by: customer, at: after(1100))
        seen = try await desk.conversations.show(id, to: ana)
        #expect(seen.dueAt == after(1400) && seen.dueFor == .nextReply)
    }

    @Test func `lateness is told once for each question, to colleagues only`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        try await desk.conversations.requestPerson(id, reason: "asked", at: .start)
        #expect(try await desk.conversations.lookAfter(at: after(119)) == 0)
        #expect(try await desk.conversations.lookAfter(at: after(120)) == 1)
        #expect(try await desk.conversations.lookAfter(at: after(121)) == 0)
        #expect(desk.conversations.pulse.late == 1)
        let late = "2 note The first reply is late: the target is 2m"
        #expect(try await desk.texts(of: id).contains(late))
        #expect(!(try await desk.texts(of: id, for: customer).contains(late)))
        try await desk.post("Sorry", to: id, by: ana, at: after(130))
        try await desk.post("?", to: id, by: customer, at: after(140))
        #expect(try await desk.conversations.lookAfter(at: after(441)) == 1)
    }

    @Test func `a customer for whom nobody comes is the assistant's again, and told so`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        let (_, taken) = try await desk.customer("Bo")
        for id in [id, taken] { try await desk.conversations.requestPerson(id, reason: "asked", at: .start) }
        _ = try await desk.conversations.claim(ClaimConversation(taken), by: ana, at: .start)
        var plan = SupportPlan()
        plan.queueTimeout = .seconds(60)
        plan.targets = ServiceTargets(common: .init(), special: [:])
        desk.conversations.follow(plan)
        try await desk.conversations.judgeAnew(at: .start)
        #expect(try await desk.conversations.lookAfter(at: after(59)) == 0)
        #expect(try await desk.conversations.lookAfter(at: after(60)) == 1)
        let seen = try await desk.conversations.show(id, to: ana)
        #expect(seen.status == .assistant && seen.waitingSince == nil && seen.dueAt == nil)
        #expect(
            try await desk.texts(of: id, for: customer).last
                == "2 system Nobody could join within 1m: the assistant answers again")
        #expect(try await desk.conversations.show(taken, to: ana).status == .open, "somebody has this one")
    }

    @Test func `a solution that is late hides no reply that is due`() async throws {
        let desk = try TemporaryDesk()
        var plan = SupportPlan()
        plan.targets = ServiceTargets(
            common: .init(firstReply: .seconds(120), resolution: .seconds(60)), special: [:])
        desk.conversations.follow(plan)
        let (_, id) = try await desk.customer()
        try await desk.conversations.requestPerson(id, reason: "asked", at: .start)
        #expect(try await desk.conversations.show(id, to: ana).dueFor == .resolution)
        #expect(try await desk.conversations.lookAfter(at: after(60)) == 1)
        let seen = try await desk.conversations.show(id, to: ana)
        #expect(seen.dueFor == .firstReply && seen.dueAt == after(120))
        #expect(try await desk.conversations.lookAfter(at: after(121)) == 1)
        #expect(try await desk.texts(of: id).count { $0.contains("is late") } == 2)
    }

    @Test func `a new target counts for what waits already`() async throws {
        let desk = try TemporaryDesk()
        let (_, id) = try await desk.customer()
        try await desk.conversations.requestPerson(id, reason: "asked", at: .start)
        var plan = SupportPlan()
        plan.targets = ServiceTargets(
            common: .init(firstReply: .seconds(60)), special: [.urgent: .init(firstReply: .seconds(10))])
        desk.conversations.follow(plan)
        try await desk.conversations.judgeAnew(at: after(5))
        #expect(try await desk.conversations.show(id, to: ana).dueAt == after(60))
        var change = UpdateConversation(id)
        change.priority = .urgent
        let urgent = try await desk.conversations.update(change, by: ana, at: after(6))
        #expect(urgent.dueAt == after(10) && urgent.priority == .urgent)
    }

    @Test func `tags are tidied, refused when they cannot be searched for, and no customer's business`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        var change = UpdateConversation(id)
        change.tags = ["Returns", "returns", "größe:xl"]
        #expect(try await desk.conversations.update(change, by: ana, at: .start).tags == ["größe:xl", "returns"])
        #expect(try await desk.conversations.show(id, to: customer).tags == [])
        for bad in ["", "a b", "a\nb", String(repeating: "x", count: 41)] {
            change.tags = [bad]
            let found = try await problem { _ = try await desk.conversations.update(change, by: ana, at: .start) }
            #expect(found?.code == .invalidField, "\(bad)")
        }
        let trail = try await desk.database.read { try AuditTrail.entries(limit: 9, in: $0) }
        #expect(trail.map(\.draft.action) == ["conversation.update"])
    }

    @Test func `a customer rates once, and only what is over`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        func rate(_ stars: Int64, by caller: Caller) async throws -> Problem.Code? {
            try await problem {
                _ = try await desk.conversations.rate(
                    RateConversation(id, rating: stars, comment: "ok"), by: caller, at: .start)
            }?.code
        }
        #expect(try await rate(5, by: customer) == .notResolved)
        _ = try await desk.conversations.resolve(id, by: ana, at: .start)
        #expect(try await rate(5, by: ana) == .forbidden)
        #expect(try await rate(2, by: customer) == nil)
        #expect(try await rate(5, by: customer) == .alreadyRated)
        let seen = try await desk.conversations.show(id, to: ana)
        #expect(seen.rating == 2 && seen.ratingComment == "ok")
        try await desk.conversations.lookAfter(at: .start)
        #expect(desk.conversations.pulse.ratings == 1)
    }

    @Test func `a draft is kept for its writer, shown to colleagues by name, and ends with sending`() async throws {
        let desk = try TemporaryDesk()
        let (_, id) = try await desk.customer()
        _ = try await desk.conversations.claim(ClaimConversation(id), by: ana, at: .start)
        _ = try await desk.conversations.keep(Draft(id, text: "I will"), of: ana, at: .start)
        _ = try await desk.conversations.keep(Draft(id, text: "careful", note: true), of: bo, at: .start)
        let again = try TemporaryDesk(in: desk)
        #expect(try await again.conversations.draft(in: id, of: ana).text == "I will")
        #expect(try await again.conversations.draft(in: id, of: bo).note)
        #expect(try await again.conversations.show(id, to: bo).drafts == ["ana", "bo"])
        try await desk.post("I will do it", to: id, by: ana)
        #expect(try await desk.conversations.draft(in: id, of: ana).text == "")
        #expect(try await desk.conversations.show(id, to: ana).drafts == ["bo"])
        _ = try await desk.conversations.keep(Draft(id, text: ""), of: bo, at: .start)
        #expect(try await desk.conversations.show(id, to: ana).drafts == [])
    }

    @Test func `a transfer gives the conversation with its note, and only by who may`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        _ = try await desk.conversations.claim(ClaimConversation(id), by: ana, at: .start)
        let request = TransferConversation(id, to: "bo", note: "knows her")
        let refused = try await problem {
            _ = try await desk.conversations.transfer(request, to: "u:4", named: "bo", by: bo, at: .start)
        }
        #expect(refused?.code == .alreadyClaimed)
        let given = try await desk.conversations.transfer(request, to: "u:4", named: "bo", by: ana, at: .start)
        #expect(given.owner == "u:4" && given.ownerName == "bo" && given.status == .open)
        #expect(try await desk.texts(of: id).suffix(2) == ["2 note knows her", "3 system ana gave it to bo"])
        #expect(try await desk.texts(of: id, for: customer).last == "3 system ana gave it to bo")
    }

    @Test func `what was read never goes back, and nobody reads ahead`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        for text in ["a", "b", "c"] { try await desk.post(text, to: id, by: customer) }
        _ = try await desk.conversations.read(ReadConversation(id, offset: 3), by: ana, at: .start)
        let seen = try await desk.conversations.read(ReadConversation(id, offset: 1), by: ana, at: .start)
        #expect(seen.readOffset == 3 && seen.customerReadOffset == 0)
        #expect(
            try await desk.conversations.read(ReadConversation(id, offset: 2), by: customer, at: .start)
                .customerReadOffset == 2)
        let ahead = try await problem {
            _ = try await desk.conversations.read(ReadConversation(id, offset: 4), by: ana, at: .start)
        }
        #expect(ahead?.code == .invalidField)
    }
}

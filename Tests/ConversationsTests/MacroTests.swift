import Conversations
import DeskAPI
import Storage
import Testing
import Vocabulary
import YAML

/// Several things at once by one name: all of them, or none.
@Suite struct MacroTests {
    private func macros(_ text: String) throws -> [Macro] {
        try SupportFile.read(Array(text.utf8), file: "support.yaml").macros
    }

    private func faults(_ text: String) -> String {
        do {
            _ = try macros(text)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func `every deed can be written down`() throws {
        let found = try macros(
            """
            macros:
              - name: all
                do:
                  - reply: "Dear {{customer.name}}, {{agent.name}} here."
                  - note: "@bo, done"
                  - tag: refund
                  - untag: waiting
                  - priority: low
                  - snooze: 2h
              - {name: asleep, do: [snooze]}
              - {name: give, do: [{give: bo}]}
              - {name: back, do: [{release: queue}]}
              - {name: over, do: [resolve]}
            """)
        #expect(found.map(\.name) == ["all", "asleep", "give", "back", "over"])
        #expect(found[0].steps.map(\.deed) == [.reply, .note, .tag, .untag, .priority, .snooze])
        #expect(found[0].steps.last?.with == "120" && found[1].steps == [MacroStep(.snooze)])
    }

    @Test(
        arguments: [
            ("{name: A, do: [resolve]}", "lower-case"), ("{name: a}", "at least one thing"),
            ("{name: a, do: [resolve, {tag: x}]}", "last thing"), ("{name: a, do: [{tga: x}]}", "did you mean tag?"),
            ("{name: a, do: [{tag: \"two words\"}]}", "a tag has"), ("{name: a, do: [{priority: hot}]}", "urgent"),
            ("{name: a, do: [{reply: \"{{x}}\"}]}", "is no variable"), ("{name: a, do: [reply]}", "needs more"),
            ("{name: a, do: [{reply: x}, {reply: y}]}", "one reply"),
            ("{name: a, do: [{tag: x, untag: y}]}", "one thing"),
            ("{name: a, do: [{snooze: never}]}", "snooze"), ("{name: a, do: [{release: ben}]}", "assistant, queue"),
        ])
    func `what is wrong is said`(_ entry: String, _ why: String) {
        #expect(faults("macros:\n  - \(entry)\n").contains(why), "\(faults("macros:\n  - \(entry)\n"))")
    }

    @Test func `all of it happens in one commit, and what is asked again is not done again`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer("Crystal")
        try await desk.post("Where is my refund?", to: id, by: customer)
        let macro = try macros(
            """
            macros:
              - name: refund
                do: [{reply: "Dear {{customer.name}}"}, {note: "paid by {{agent.name}}"}, {tag: refund}, resolve]
            """)[0]
        _ = try await desk.conversations.keep(Draft(id, text: "half a thought"), of: ana, at: .start)
        var cids = CIDs()
        let request = RunMacro("refund", on: id, cid: cids.next())
        let done = try await desk.conversations.run(macro, request, to: nil, by: ana, at: .start)
        #expect(done.status == .resolved && done.tags == ["refund"] && done.owner == "u:3")
        let texts = try await desk.texts(of: id)
        #expect(
            texts == [
                "1 customer Where is my refund?", "2 system ana took over", "3 agent Dear Crystal",
                "4 note paid by ana", "5 system ana resolved the conversation",
            ])
        #expect(try await desk.conversations.draft(in: id, of: ana).text == "half a thought", "a draft is not sent")
        let again = try await desk.conversations.run(macro, request, to: nil, by: ana, at: .start)
        #expect(again.lastOffset == 5)
        await #expect(throws: Problem.self) {
            try await desk.conversations.run(macro, RunMacro("refund", on: id), to: nil, by: ana, at: .start)
        }
    }

    @Test func `what cannot be done whole is not begun`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        try await desk.post("Hello?", to: id, by: customer)
        // A tag too many fails after the reply was written.
        let macro = Macro(name: "bad", steps: [MacroStep(.reply, "Hello"), MacroStep(.tag, "no such tag")])
        await #expect(throws: Problem.self) {
            try await desk.conversations.run(macro, RunMacro("bad", on: id), to: nil, by: ana, at: .start)
        }
        #expect(try await desk.texts(of: id).count == 1)
        _ = try await desk.conversations.claim(ClaimConversation(id), by: bo, at: .start)
        let note = Macro(name: "n", steps: [MacroStep(.note, "mine?")])
        await #expect(throws: Problem.self, "bo has it") {
            try await desk.conversations.run(note, RunMacro("n", on: id), to: nil, by: ana, at: .start)
        }
    }

    @Test func `a macro gives, puts aside, hands back, and calls who it names`() async throws {
        let desk = try TemporaryDesk()
        func run(_ steps: [MacroStep], to colleague: Colleague? = nil) async throws -> Conversation {
            let (customer, id) = try await desk.customer()
            try await desk.post("Hello?", to: id, by: customer)
            return try await desk.conversations.run(
                Macro(name: "m", steps: steps), RunMacro("m", on: id), to: colleague,
                mentioning: [Colleague(user: "u:4", name: "bo")], by: ana, at: .start)
        }
        let given = try await run([MacroStep(.give, "bo")], to: Colleague(user: "u:4", name: "bo"))
        #expect(given.owner == "u:4" && given.status == .open)
        let asleep = try await run([MacroStep(.snooze, "90")])
        #expect(asleep.snoozedUntil == .start + .seconds(5400))
        #expect(try await run([MacroStep(.snooze)]).snoozedUntil == nil)
        #expect(try await run([MacroStep(.release, "queue")]).status == .waiting)
        #expect(try await run([MacroStep(.priority, "urgent")]).priority == .urgent)
        _ = try await run([MacroStep(.note, "@bo look")])
        let told = try await desk.conversations.notifications(ListNotifications(), of: bo).items
        #expect(told.map(\.kind) == [.assigned, .mention])
    }
}

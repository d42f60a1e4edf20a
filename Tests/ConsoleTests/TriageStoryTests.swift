import DeskAPI
import Terminal
import Testing
import Vocabulary

@testable import Console

@Suite struct TriageStoryTests {
    private func agent() -> Sitting {
        var ana = Sitting.busy()
        ana.press(.character("4"))
        ana.forget()
        return ana
    }

    /// Ana writes a reply in a conversation of hers.
    private func replying() -> Sitting {
        var ana = agent()
        ana.press(.enter)
        ana.hear(
            .conversationChanged(
                changed {
                    $0.status = .open; ($0.owner, $0.ownerName) = ("u:3", "ana"); $0.updatedAt = ana.now
                }))
        ana.pass(.seconds(1))
        ana.press(.character("i"))
        return ana
    }

    private func changed(_ change: (inout Conversation) -> Void) -> Conversation {
        var value = Desk.conversations[0]
        change(&value)
        return value
    }

    @Test func `priority and tags are said in one line, and stand in the list`() {
        var ana = agent()
        ana.press(.character("p"))
        ana.type("x")
        ana.press(.enter)
        #expect(ana.look() == [] && ana.screen().contains("say u, h, n or l"))
        ana.press(.backspace)
        ana.type("u")
        ana.press(.enter)
        var update = UpdateConversation(ID(42))
        update.priority = .urgent
        #expect(ana.look() == [.updateConversation(update)])
        ana.answer(.updateConversation(update), .conversation(changed { $0.priority = .urgent }))
        #expect(ana.screen().contains("urgent"))
        ana.press(.character("#"))
        ana.type("returns vip")
        ana.press(.enter)
        update = UpdateConversation(ID(42))
        update.tags = ["returns", "vip"]
        #expect(ana.look() == [.updateConversation(update)])
        ana.refuse(.updateConversation(update), Problem(.invalidField, "tags must be short"))
        #expect(ana.screen().contains("▲ tags must be short"), "the line stays open with what is wrong")
        ana.press(.escape)
        #expect(!ana.screen().contains("Enter does it"))
    }

    @Test(arguments: [
        ("2h", 7200 as Int64), ("30m", 1800), ("1d", 86_400), ("", nil),
    ])
    func `a conversation is put aside for a length, or until the customer writes`(text: String, seconds: Int64?) {
        var ana = agent()
        ana.press(.character("s"))
        ana.type(text)
        ana.press(.enter)
        let request = SnoozeConversation(ID(42), until: seconds.map { ana.now + .seconds($0) })
        #expect(ana.look() == [.snooze(request)])
        ana.answer(
            .snooze(request),
            .conversation(
                changed {
                    $0.status = .snoozed; $0.owner = "u:3"; $0.updatedAt = ana.now
                }))
        #expect(ana.screen().contains("Put aside"))
    }

    @Test func `s takes up again what was put aside, o gives it on with a note`() {
        var ana = agent()
        ana.hear(
            .conversationChanged(
                changed {
                    $0.status = .snoozed; $0.owner = "u:3"; $0.updatedAt = ana.now
                }))
        ana.press(.character("v"), .character("v"), .character("v"), .character("v"))
        #expect(ana.screen().contains("Put aside") && ana.screen().contains("until they write"))
        ana.pass(.seconds(1))
        ana.press(.character("s"))
        #expect(ana.look() == [.wake(ConversationReference(ID(42)))])
        ana.press(.character("o"))
        ana.type("ben she waits for a parcel")
        ana.press(.enter)
        #expect(ana.look() == [.transfer(TransferConversation(ID(42), to: "ben", note: "she waits for a parcel"))])
    }

    @Test func `who takes over reads what was asked, and what the assistant tried`() {
        var ana = agent()
        ana.press(.enter)
        let ask = DeskRequest.listMessages(ListMessages(of: ID(42), after: 0, limit: 200))
        var answer = Desk.message(42, 2, .assistant, "assistant", "Within 90 days.", 90)
        answer.answer = .example
        let messages = [
            Desk.message(42, 1, .customer, "Crystal", "May I return a \u{1B}[31mdamaged lamp?", 100), answer,
            Desk.message(42, 3, .customer, "Crystal", "A person please", 80),
            Desk.message(42, 4, .system, "desk", "Handed over to a person: asked for a person", 70),
        ]
        ana.answer(ask, .messages(messages))
        let screen = ana.screen()
        #expect(screen.contains("asked first: May I return a") && screen.contains("asked last: A person please"))
        #expect(screen.contains("tried: 1 answer to 2 questions, 82 % sure at least"))
        #expect(screen.contains("Returns § Time limits"))
    }

    @Test func `several are marked and filed together, and what was refused is told`() {
        var ana = agent()
        ana.press(.character(" "), .character(" "))
        #expect(ana.screen().contains("2 marked"))
        ana.press(.character("p"))
        ana.type("h")
        ana.press(.enter)
        let asked = ana.look()
        #expect(asked.count == 2)
        guard asked.count == 2, case .updateConversation(let first) = asked[0] else { return }
        ana.answer(
            asked[0],
            .conversation(
                changed {
                    $0.id = first.id; $0.priority = .high
                }))
        ana.refuse(asked[1], Problem(.notFound, "there is no such conversation"))
        #expect(ana.screen().contains("there is no such conversation") && ana.screen().contains("1 marked"))
        ana.press(.escape)
        ana.press(.escape)
        #expect(!ana.screen().contains("marked"))
        ana.press(.character("*"), .character("e"))
        let resolved = ana.look()
        #expect(resolved.count > 2 && resolved.allSatisfy { if case .resolve = $0 { true } else { false } })
    }

    @Test func `views show a part of the inbox and say when it is empty`() {
        var ana = agent()
        ana.press(.character("v"))
        #expect(ana.screen().contains("Queue"))
        ana.press(.character("V"), .character("V"))
        #expect(ana.screen().contains("Resolved"))
        ana.press(.character("v"), .character("v"), .character("v"), .character("v"))
        #expect(ana.screen().contains("Late") && ana.screen().contains("Nothing here. v shows the next view."))
        ana.hear(
            .conversationChanged(
                changed { value in
                    value.dueAt = ana.now - .seconds(30)
                    (value.dueFor, value.warnAt) = (.firstReply, ana.now - .seconds(60))
                }))
        ana.pass(.seconds(1))
        ana.press(.character("V"), .character("v"), .enter)
        #expect(ana.screen(120, 40).contains("first reply late by 3"))
    }

    @Test func `a search over all messages leads to the message that was found`() {
        var ana = agent()
        ana.press(.character("f"))
        #expect(ana.screen().contains("Words must all be there"))
        ana.type("q1 refund")
        ana.press(.enter)
        let request = SearchMessages("q1 refund", limit: 200)
        #expect(ana.look() == [.search(request)])
        var found = FoundMessage.example
        found.offset = 2
        found.snippet = "my \u{2}refund\u{3} \u{1B}[2J please"
        ana.answer(.search(request), .found([found]))
        #expect(ana.screen().contains("my refund") && ana.screen().contains("please"))
        ana.press(.enter)
        #expect(ana.look() == [.listMessages(ListMessages(of: ID(42), after: 0, limit: 200))])
        ana.answer(.listMessages(ListMessages(of: ID(42), after: 0, limit: 200)), .messages(Desk.transcript))
        #expect(ana.screen().contains("#42") && !ana.screen().contains("Search all messages"))
        ana.press(.character("f"))
        #expect(ana.screen().contains("in:42"), "from a transcript the search begins in it")
        ana.press(.control("u"))
        ana.type("status:gone")
        ana.press(.enter)
        let wrong = SearchMessages("status:gone", limit: 200)
        ana.refuse(.search(wrong), Problem(.invalidField, "query: status: is one of"))
        #expect(ana.screen().contains("▲ query: status: is one of"))
        ana.press(.escape)
        #expect(ana.screen().contains("#42"))
    }

    @Test func `a slash in an empty reply offers texts, and nothing is sent by taking one`() {
        var ana = replying()
        #expect(ana.lookAtAll().contains(.listReplies))
        ana.answer(
            .listReplies,
            .replies([
                CannedReply(name: "bye", text: "Good bye"),
                CannedReply(name: "hello", text: "Hello {{customer.name}}, {{agent.name}} here"),
            ]))
        ana.type("/")
        #expect(ana.screen().contains("/bye") && ana.screen().contains("/hello"))
        ana.type("he")
        #expect(!ana.screen().contains("/bye"))
        ana.press(.enter)
        #expect(ana.screen().contains("Hello Crystal M., ana here"))
        #expect(!ana.look().contains { if case .post = $0 { true } else { false } })
        ana.type("/hello")
        #expect(!ana.screen().contains("Enter or Tab takes it"), "a slash in the middle is a slash")
    }

    @Test func `who says so is given conversations, as long as the console runs`() {
        var ana = agent()
        ana.press(.character("A"))
        ana.type("many")
        ana.press(.enter)
        #expect(ana.look() == [] && ana.screen().contains("say a number from 0 to 100"))
        for _ in 0..<4 { ana.press(.backspace) }
        ana.type("4")
        ana.press(.enter)
        let ask = DeskRequest.setAvailability(SetAvailability(capacity: 4, minutes: 3))
        #expect(ana.look() == [ask])
        var found = Availability.example
        found.actor = "u:3"
        ana.answer(ask, .availability(found))
        #expect(ana.screen(160, 45).contains("1 of 4 yours") && ana.screen().contains("Up to 4 conversations"))
        ana.hear(.statusChanged(DeskStatus()))
        #expect(ana.look() == [], "it was said just now")
        ana.pass(.seconds(61))
        ana.hear(.statusChanged(DeskStatus()))
        #expect(ana.look() == [ask])
        ana.answer(ask, .availability(found))
        ana.hear(
            .conversationChanged(
                changed {
                    $0.status = .open; ($0.owner, $0.ownerName) = ("u:3", "ana"); $0.updatedAt = ana.now
                }))
        #expect(
            ana.lookAtAll().contains { request in
                if case .call(let words) = request { words.text.contains("given to you") } else { false }
            })
        ana.press(.character("A"))
        ana.press(.backspace)
        ana.press(.enter)
        let away = DeskRequest.setAvailability(SetAvailability(capacity: 0, minutes: 3))
        #expect(ana.look() == [away])
        found.capacity = 0
        ana.answer(away, .availability(found))
        #expect(!ana.screen(160, 45).contains("of 4 yours") && ana.screen().contains("None come by themselves"))
    }

    @Test func `a question mark asks the knowledge base, and what is taken names its article`() {
        var ana = replying()
        ana.type("?re")
        #expect(!ana.look().contains { if case .searchKnowledge = $0 { true } else { false } })
        ana.type("turn")
        let ask = DeskRequest.searchKnowledge(SearchKnowledge("return"))
        #expect(ana.look().contains(ask) && ana.screen().contains("Looking"))
        ana.press(.enter)
        #expect(!ana.look().contains { if case .post = $0 { true } else { false } }, "the question is not sent")
        var second = Passage.example
        (second.section, second.text) = ("Size", "Another size is free\u{1B}[2J.")
        ana.answer(.searchKnowledge(SearchKnowledge("retur")), .passages([]))
        ana.answer(ask, .passages([.example, second]))
        #expect(ana.screen().contains("Returns, How long") && ana.screen().contains("Returns, Size"))
        #expect(ana.screen().contains("within 90 days."))
        ana.press(.down)
        ana.press(.tab)
        #expect(ana.screen().contains("Another size is free") && ana.screen().contains("(Returns, Size)"))
        #expect(!ana.screen().contains("Knowledge base"))
        #expect(!ana.look().contains { if case .post = $0 { true } else { false } })
        for _ in 0..<100 { ana.press(.backspace) }
        ana.type("?xyzzy")
        ana.answer(.searchKnowledge(SearchKnowledge("xyzzy")), .passages([]))
        #expect(ana.screen().contains("No article says anything about it."))
    }

    @Test func `the assistant suggests a reply, which is taken with Tab and sent by nobody but the person`() {
        var ana = replying()
        ana.type("Hm")
        ana.press(.control("r"))
        let ask = DeskRequest.suggestReply(ConversationReference(ID(42)))
        #expect(ana.look().contains(ask) && ana.screen().contains("The assistant writes"))
        ana.refuse(ask, Problem(.notFound, "the assistant has nothing to suggest"))
        #expect(ana.screen().contains("the assistant has nothing to suggest"))
        ana.press(.control("r"))
        _ = ana.look()
        var suggestion = Suggestion.example
        suggestion.text = "You can return items\u{1B}[2J within 90 days."
        ana.answer(ask, .suggestion(suggestion))
        #expect(ana.screen().contains("Suggested reply") && ana.screen().contains("qwen2.5:3b · Returns"))
        #expect(ana.screen().contains("within 90 days."), "what the model says is not obeyed by the terminal")
        ana.press(.escape)
        #expect(!ana.screen().contains("Suggested reply") && ana.screen().contains("Hm"), "Esc takes it away alone")
        ana.press(.control("r"))
        _ = ana.look()
        ana.answer(ask, .suggestion(suggestion))
        ana.press(.tab)
        #expect(ana.screen().contains("within 90 days.") && !ana.screen().contains("Suggested reply"))
        #expect(!ana.look().contains { if case .post = $0 { true } else { false } })
        ana.type(" Bye")
        ana.press(.enter)
        #expect(
            ana.look().contains { if case .post(let post) = $0 { post.text.hasSuffix("90 days. Bye") } else { false } })
    }

    @Test func `what is written is kept at the desk, and comes back after a restart`() {
        var ana = agent()
        ana.press(.enter)
        let mine = changed { value in
            (value.status, value.owner, value.ownerName, value.updatedAt) = (.open, "u:3", "ana", ana.now)
            value.drafts = ["ana"]
        }
        ana.hear(.conversationChanged(mine))
        ana.pass(.seconds(1))
        #expect(ana.screen(160, 45).contains("✎ ana"))
        ana.press(.character("i"))
        let ask = DeskRequest.showDraft(ConversationReference(ID(42)))
        #expect(ana.look().contains(ask))
        ana.answer(ask, .draft(Draft(ID(42), text: "I was about to")))
        #expect(ana.screen().contains("I was about to"))
        ana.type(" say")
        ana.press(.escape)
        let keep = DeskRequest.keepDraft(Draft(ID(42), text: "I was about to say"))
        #expect(ana.lookAtAll().last == keep)
        ana.answer(keep, .draft(Draft(ID(42), text: "I was about to say")))
        ana.press(.character("q"))
        #expect(ana.look().contains(.quit), "nothing would be lost")
    }
}

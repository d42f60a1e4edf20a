import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

@Suite struct TranscriptStoryTests {
    /// A person who reads a conversation of very many messages, of which the last page was read.
    private func reader(messages: Int64 = 500) -> Sitting {
        var ana = Sitting.busy()
        var long = Desk.conversations[0]
        long.lastOffset = messages
        long.updatedAt = ana.now
        ana.hear(.conversationChanged(long))
        ana.press(.character("4"))
        ana.pass(.seconds(1))
        ana.press(.enter)
        deliver(&ana, upTo: messages)
        return ana
    }

    /// The desk answers every request for messages.
    private func deliver(_ sitting: inout Sitting, upTo last: Int64 = 500) {
        for request in sitting.look() {
            guard case .listMessages(let list) = request else { continue }
            let end = min(last, list.after + list.limit)
            let offsets = list.after < end ? Array(list.after + 1...end) : []
            sitting.answer(request, .messages(offsets.map(message)))
        }
    }

    private func message(_ offset: Int64) -> Message {
        Desk.message(
            42, offset, offset % 2 == 0 ? .customer : .assistant, "Crystal", "line \(offset) end", 3600 - offset)
    }

    @Test func `scrolling up reads older pages and never moves what is read`() {
        var ana = reader()
        #expect(ana.screen().contains("line 500 end"))
        #expect(!ana.screen().contains("line 300 end"))
        ana.press(.pageUp, .pageUp)
        let held = ana.screen()
        #expect(!held.contains("line 500 end"))
        ana.hear(.messagePosted(message(501)))
        let body = { (screen: String) in screen.split(separator: "\n").dropFirst(2).prefix(19).joined(separator: "\n") }
        #expect(body(ana.screen()) == body(held), "a new message does not move the text")
        #expect(ana.screen().contains("↓ ") && ana.screen().contains("newer"))

        for _ in 0..<60 {
            ana.press(.pageUp)
            deliver(&ana, upTo: 501)
        }
        #expect(ana.screen().contains("line 1 end"), "the way up ends at the first message")
        ana.press(.end)
        #expect(ana.screen().contains("line 501 end"))
    }

    @Test func `up and down by lines come back to the same place`() {
        var ana = reader()
        let start = ana.screen()
        for _ in 0..<37 { ana.press(.up) }
        #expect(ana.screen() != start)
        for _ in 0..<37 { ana.press(.down) }
        #expect(ana.screen() == start)
    }

    @Test func `a gap in the messages is read, not skipped`() {
        var ana = reader(messages: 10)
        ana.forget()
        ana.hear(.messagePosted(message(13)))
        #expect(ana.look() == [.listMessages(ListMessages(of: ID(42), after: 10, limit: 200))])
        ana.answer(
            .listMessages(ListMessages(of: ID(42), after: 10, limit: 200)), .messages((11...13).map(message)))
        #expect(ana.screen().contains("line 12 end") && ana.screen().contains("line 13 end"))
    }

    @Test func `an answer grows and becomes one message`() {
        var ana = reader(messages: 10)
        for text in ["Items", "Items can be", "Items can be returned"] {
            ana.hear(.answerGrew(AnswerProgress(conversation: ID(42), question: 10, text: text)))
            #expect(ana.screen().contains("\(text)▌"))
        }
        ana.hear(.messagePosted(Desk.message(42, 11, .assistant, "assistant", "Items can be returned.", 0)))
        // Growth takes the shortest way: it may come after what it grew into.
        ana.hear(.answerGrew(AnswerProgress(conversation: ID(42), question: 10, text: "Items can be returned.")))
        #expect(ana.screen().components(of: "Items can be returned") == 1)
        #expect(!ana.screen().contains("▌"))
    }

    @Test func `typing is forgotten after five seconds`() {
        var ana = reader(messages: 3)
        ana.hear(.typed(Typing(conversation: ID(42), actor: "c:142", name: "Crystal")))
        #expect(ana.screen().contains("Crystal is typing …"))
        ana.pass(.seconds(6))
        #expect(!ana.screen().contains("is typing"))
    }

    @Test func `why an answer came from the knowledge base is said below it`() {
        var ana = reader(messages: 3)
        let fallback = Desk.message(42, 4, .assistant, "assistant", "See the returns page.", 0) {
            var details = AnswerDetails()
            details.model = "knowledge-base"
            details.confidence = 0.82
            details.fallbackReason = "no first word within 10 s"
            details.totalMilliseconds = 10_200
            $0.answer = details
        }
        ana.hear(.messagePosted(fallback))
        #expect(ana.screen().contains("↳ knowledge-base · 82 % sure · 10.2 s"))
        #expect(ana.screen().contains("the language model failed"))
    }

    @Test func `unread messages are counted in the list until they are seen`() {
        var ana = Sitting.busy()
        ana.press(.character("4"))
        let line = { (screen: String) in screen.split(separator: "\n").first { $0.contains("Crystal M.") } ?? "" }
        #expect(line(ana.screen()).contains(" 4 "))
        ana.press(.enter, .escape)
        #expect(!line(ana.screen()).contains(" 4 "))
    }
}

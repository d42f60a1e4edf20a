import Bus
import Conversations
import DeskAPI
import Storage
import Testing
import Vocabulary

struct MessageTests {
    @Test func `many writers into few conversations leave no gap, no repetition, and publish in order`() async throws {
        let desk = try TemporaryDesk()
        var rooms: [(caller: Caller, conversation: ID<Conversation>)] = []
        for number in 0..<4 { rooms.append(try await desk.customer("customer \(number)")) }
        let reader = desk.bus.subscribe(limit: 10_000)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for writer in 0..<16 {
                let room = rooms[writer % 4]
                tasks.addTask {
                    for number in 0..<25 {
                        try await desk.post("\(writer)/\(number)", to: room.conversation, by: room.caller)
                    }
                }
            }
            try await tasks.waitForAll()
        }
        let published: [Message] = reader.drain().compactMap {
            guard case .event(.messagePosted(let message)) = $0 else { return nil }
            return message
        }
        for room in rooms {
            let messages = try await desk.conversations.messages(
                ListMessages(of: room.conversation, limit: 1000), for: room.caller
            ).items
            #expect(messages.map(\.offset) == Array(1...100))
            #expect(Set(messages.map(\.text)).count == 100)
            #expect(published.filter { $0.conversation == room.conversation } == messages)
            #expect(try await desk.conversations.show(room.conversation, to: ana).lastOffset == 100)
        }
        #expect(published.count == 400)
    }

    @Test func `the same identifier again gives the first result, and is published once`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        let reader = desk.bus.subscribe()
        var cids = CIDs()
        let cid = cids.next()
        let first = try await desk.post("hello", to: conversation, by: customer, cid: cid)
        let again = try await desk.post("hello", to: conversation, by: customer, cid: cid, at: .start + .seconds(9))
        var expected = first
        expected.duplicate = true
        #expect(first.duplicate == nil)
        #expect(again == expected)
        #expect(try await desk.texts(of: conversation) == ["1 customer hello"])
        #expect(reader.drain().count == 2, "one message, one change of the conversation")
    }

    @Test func `the same identifier for another text is a problem that names it`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        let other = try await desk.customer().conversation
        var cids = CIDs()
        let cid = cids.next()
        try await desk.post("hello", to: conversation, by: customer, cid: cid)
        let refusal = try await problem { try await desk.post("bye", to: conversation, by: customer, cid: cid) }
        #expect(refusal?.code == .reusedKey)
        #expect(refusal?.detail.contains(cid.description) == true)
        try await desk.post("bye", to: other, by: ana, cid: cid)
        #expect(try await desk.texts(of: conversation) == ["1 customer hello"])
    }

    @Test func `sixteen copies of one write at the same time happen once`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        var cids = CIDs()
        let cid = cids.next()
        let results = try await withThrowingTaskGroup(of: Message.self) { tasks in
            for _ in 0..<16 { tasks.addTask { try await desk.post("hello", to: conversation, by: customer, cid: cid) } }
            return try await tasks.reduce(into: [Message]()) { $0.append($1) }
        }
        #expect(Set(results.map(\.id)).count == 1)
        #expect(results.filter { $0.duplicate == nil }.count == 1)
        #expect(try await desk.conversations.show(conversation, to: ana).lastOffset == 1)
    }

    @Test func `a customer reaches only its own conversation, and cannot tell another's from none`() async throws {
        let desk = try TemporaryDesk()
        let (_, conversation) = try await desk.customer("Crystal")
        let (stranger, own) = try await desk.customer("Stranger")
        let none = ID<Conversation>(999)
        for id in [conversation, none] {
            let refusals = [
                try await problem { try await desk.post("hi", to: id, by: stranger) },
                try await problem { _ = try await desk.conversations.show(id, to: stranger) },
                try await problem { _ = try await desk.conversations.messages(ListMessages(of: id), for: stranger) },
            ]
            #expect(refusals.allSatisfy { $0 == Problem(.notFound, "there is no conversation \(id)") })
            #expect(try await desk.conversations.may(stranger, see: id) == false)
        }
        #expect(try await desk.conversations.may(stranger, see: own))
        #expect(try await desk.conversations.may(ana, see: own))
        #expect(try await desk.conversations.may(ana, see: none) == false)
        #expect(try await desk.conversations.list(ListConversations(), for: stranger).items.map(\.id) == [own])
        #expect(try await desk.texts(of: conversation) == [])
    }

    @Test func `notes are for colleagues only`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        try await desk.post("help", to: conversation, by: customer)
        try await desk.post("angry, be kind", to: conversation, by: ana, note: true)
        #expect(try await desk.texts(of: conversation, for: customer) == ["1 customer help"])
        #expect(try await desk.texts(of: conversation) == ["1 customer help", "2 note angry, be kind"])
        let shown = try await desk.conversations.show(conversation, to: customer)
        #expect(shown.lastText == "help")
        #expect(shown.status == .assistant, "a note does not take the conversation over")
        #expect(
            try await problem { try await desk.post("x", to: conversation, by: customer, note: true) }?.code
                == .forbidden)
    }

    @Test func `pages join without a gap`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        for number in 1...7 { try await desk.post("\(number)", to: conversation, by: customer) }
        var offsets: [Int64] = []
        while true {
            let page = try await desk.conversations.messages(
                ListMessages(of: conversation, after: offsets.last ?? 0, limit: 3), for: customer)
            if page.items.isEmpty { break }
            offsets += page.items.map(\.offset)
        }
        #expect(offsets == Array(1...7))
    }

    @Test func `an answer keeps how it came about, and comes once for each question`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        let question = try await desk.post("Can I return it?", to: conversation, by: customer)
        #expect(try await desk.conversations.questionsForAssistant() == [question])
        var details = AnswerDetails.example
        details.fallbackReason = "the model timed out"
        let answer = try await desk.conversations.answer(
            conversation, question: question.offset, text: "Within 90 days.", details: details, at: .start)
        let second = try await desk.conversations.answer(
            conversation, question: question.offset, text: "Within 30 days.", details: details, at: .start)
        #expect(second == nil)
        let read = try await desk.conversations.messages(ListMessages(of: conversation, after: 1), for: customer).items
        #expect(read.first == answer)
        #expect(read.first?.answer == details)
        #expect(read.count == 1)
        #expect(try await desk.conversations.questionsForAssistant() == [])
    }

    @Test func `hostile text comes back byte for byte and cannot reach SQL`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer("'); DROP TABLE message; --")
        let texts = [
            "\u{1B}]52;c;AAAA\u{7}", "a\u{0}b", "'; DELETE FROM message; --", "👩‍👩‍👧‍👦\u{202E}abc",
            String(repeating: "ü", count: 32_768),
        ]
        for text in texts { try await desk.post(text, to: conversation, by: customer) }
        let read = try await desk.conversations.messages(ListMessages(of: conversation), for: ana).items
        #expect(read.map { Array($0.text.utf8) } == texts.map { Array($0.utf8) })
        let shown = try await desk.conversations.show(conversation, to: ana)
        #expect(shown.lastText?.unicodeScalars.count == 200)
    }

    @Test func `after an end of the process everything is there and goes on`() async throws {
        let desk = try TemporaryDesk()
        let (customer, conversation) = try await desk.customer()
        try await desk.post("first", to: conversation, by: customer)
        _ = try await desk.conversations.claim(ClaimConversation(conversation), by: ana, at: .start)
        let before = try await desk.conversations.show(conversation, to: ana)
        desk.database.close()
        let restarted = try TemporaryDesk(in: desk)
        #expect(try await restarted.conversations.show(conversation, to: ana) == before)
        #expect(try await restarted.texts(of: conversation) == ["1 customer first", "2 system ana took over"])
        #expect(try await restarted.post("second", to: conversation, by: customer).offset == 3)
    }

    @Test func `a reply is refused when a colleague was faster, and only then`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        var cids = CIDs()
        func reply(_ text: String, by caller: Caller, after: Int64?, cid: ULID? = nil) async throws -> Message {
            try await desk.conversations.post(
                PostMessage(to: id, cid: cid, text: text, after: after), by: caller, at: .start)
        }
        try await desk.post("Where is it?", to: id, by: customer)
        let key = cids.next()
        let first = try await reply("On its way.", by: ana, after: 1, cid: key)
        let refused = try await problem { _ = try await reply("It was sent.", by: bo, after: 1) }
        #expect(refused?.code == .staleRevision && refused?.detail == "ana has replied meanwhile")
        #expect(refused?.current != nil && first.offset > 1)
        #expect(
            try await reply("On its way.", by: ana, after: 1, cid: key).duplicate == true, "sent again is not refused")
        _ = try await reply("Anything else?", by: ana, after: 1)
        try await desk.post("No.", to: id, by: customer)
        let last = try await desk.conversations.show(id, to: bo).lastOffset
        _ = try await reply("Bo here.", by: bo, after: last)
        _ = try await reply("Whatever happened.", by: ana, after: nil)
        try await desk.post("for us", to: id, by: ana, note: true)
        #expect(try await reply("Not a note's business.", by: ana, after: last + 2).text.hasPrefix("Not"))
        _ = try await reply("Customers are never refused.", by: customer, after: 0)
    }
}

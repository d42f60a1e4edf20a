import Bus
import Conversations
import DeskAPI
import Storage
import Testing
import Vocabulary

@Suite struct SearchTests {
    private func found(_ query: String, in desk: TemporaryDesk) async throws -> [String] {
        try await desk.conversations.search(SearchMessages(query)).items.map { "\($0.conversation):\($0.offset)" }
    }

    private func filled() async throws -> (desk: TemporaryDesk, customer: Caller) {
        let desk = try TemporaryDesk()
        let (li, first) = try await desk.customer("Li")
        try await desk.post("Where is my refund?", to: first, by: li)
        try await desk.post(
            "The refund for your café order is on its way", to: first, by: ana, at: .start + .seconds(86_400))
        try await desk.post("refund twice, be careful", to: first, by: ana, note: true, at: .start + .seconds(90_000))
        let (bea, second) = try await desk.customer("Bea_1")
        try await desk.post("a voucher or a refund", to: second, by: bea)
        var change = UpdateConversation(second)
        change.tags = ["returns"]
        change.priority = .high
        _ = try await desk.conversations.update(change, by: ana, at: .start)
        return (desk, li)
    }

    @Test func `words, phrases, what is not wanted, and filters`() async throws {
        let (desk, _) = try await filled()
        #expect(try await found("refund", in: desk) == ["2:1", "1:4", "1:3", "1:1"])
        #expect(try await found("REFUND cafe", in: desk) == ["1:3"])
        #expect(try await found("\"my refund\"", in: desk) == ["1:1"])
        #expect(try await found("refund -voucher from:customer", in: desk) == ["1:1"])
        #expect(try await found("refu*  has:note", in: desk) == ["1:4"])
        #expect(try await found("tag:Returns", in: desk) == ["2:1"])
        #expect(try await found("from:Bea_ priority:high", in: desk) == ["2:1"])
        #expect(try await found("from:B%", in: desk) == [])
        #expect(try await found("refund in:#1 before:2026-11-23", in: desk) == ["1:1"])
        #expect(try await found("status:open", in: desk) == ["1:4", "1:3", "1:1"])
        let snippet = try await desk.conversations.search(SearchMessages("voucher")).items.first?.snippet
        #expect(snippet == "a \u{2}voucher\u{3} or a refund")
    }

    @Test(arguments: [
        "\" OR text:x", "refund AND (", "NEAR(a b)", "a* -", "*", "^refund", "{text} : x", "refund\u{0}", "col:x \"",
        "-", "\"\"", "'; DROP TABLE message; --",
    ])
    func `nothing that is typed is a command to the index`(query: String) async throws {
        let (desk, _) = try await filled()
        do {
            _ = try await desk.conversations.search(SearchMessages(query))
        } catch let problem as Problem {
            #expect(problem.code == .invalidField && problem.detail.contains("query"), "\(problem)")
        }
    }

    @Test(arguments: ["status:gone", "before:soon", "in:x", "has:cat", "-only", "priority:!"])
    func `a filter that means nothing is told with what there is`(query: String) async throws {
        let (desk, _) = try await filled()
        let found = try await problem { _ = try await desk.conversations.search(SearchMessages(query)) }
        #expect(found?.code == .invalidField)
    }

    @Test func `everything of a customer goes, the words in the index too, and the receipt says so`() async throws {
        let (desk, li) = try await filled()
        guard case .customer(let number) = li.identity else { return }
        let subscription = desk.bus.subscribe(limit: 100)
        let receipt = try await desk.conversations.delete(number, by: ana, at: .start)
        #expect(receipt.conversations == 1 && receipt.messages == 4 && receipt.left == 0)
        #expect(try await found("refund", in: desk) == ["2:1"])
        #expect(try await found("cafe", in: desk) == [])
        let trail = try await desk.database.read { try AuditTrail.entries(limit: 1, in: $0) }
        #expect(trail.first?.sequence == receipt.audit && trail.first?.draft.action == "customer.delete")
        let told = await subscription.next()
        #expect(told == [.event(.conversationDeleted(ConversationReference(ID(1))))])
        #expect(
            try await problem { _ = try await desk.conversations.delete(number, by: ana, at: .start) }?.code
                == .notFound)
        let raw = try await desk.database.read {
            try $0.value("SELECT count(*) FROM message_words WHERE message_words MATCH 'cafe'") as Int64?
        }
        #expect(raw == 0)
    }

    /// The index is compared with the messages, word for word.
    private func requireSoundIndex(_ desk: TemporaryDesk) async throws {
        try await desk.database.write {
            try $0.run("INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)")
        }
    }

    @Test func `deleting takes out only words that were indexed, whichever were`() async throws {
        let (desk, _) = try await filled()
        _ = try await found("refund", in: desk)
        let (li, id) = try await desk.customer("Li")
        guard case .customer(let number) = li.identity else { return }
        try await desk.post("an indexed zebra", to: id, by: li)
        try await desk.conversations.indexWords()
        try await desk.post("a zebra nobody looked for", to: id, by: li)
        _ = try await desk.conversations.delete(number, by: ana, at: .start)
        try await desk.conversations.indexWords()
        try await requireSoundIndex(desk)
        #expect(try await found("zebra", in: desk) == [])
        #expect(try await found("refund", in: desk) == ["2:1", "1:4", "1:3", "1:1"])
    }

    @Test func `more messages than one write indexes are all found, and none twice`() async throws {
        let desk = try TemporaryDesk()
        let (li, id) = try await desk.customer("Li")
        for number in 1...450 { try await desk.post("okapi \(number)", to: id, by: li) }
        var request = SearchMessages("okapi")
        request.limit = 100
        #expect(try await desk.conversations.search(request).items.first?.offset == 450)
        #expect(try await found("okapi 7", in: desk) == ["1:7"])
        let count = try await desk.database.read {
            try $0.value("SELECT count(*) FROM message_words WHERE message_words MATCH 'okapi'") as Int64?
        }
        #expect(count == 450)
        try await desk.conversations.indexWords()
        try await requireSoundIndex(desk)
    }

    @Test func `a blocked customer writes no more, and may be let in again`() async throws {
        let desk = try TemporaryDesk()
        let (li, id) = try await desk.customer()
        guard case .customer(let number) = li.identity else { return }
        #expect(try await desk.conversations.block(BlockCustomer(number, blocked: true), by: ana, at: .start).blocked)
        #expect(try await problem { try await desk.post("x", to: id, by: li) }?.code == .forbidden)
        #expect(
            try await problem { _ = try await desk.conversations.create(CreateConversation(), by: li, at: .start) }?
                .code
                == .forbidden)
        try await desk.post("we see you", to: id, by: ana)
        _ = try await desk.conversations.block(BlockCustomer(number, blocked: false), by: ana, at: .start)
        try await desk.post("thank you", to: id, by: li)
    }
}

import DeskAPI
import JSON
import Testing
import Vocabulary

@testable import Conversations
@testable import Desk

/// What the assistant suggests to colleagues, and what they make of it.
@Suite(.timeLimit(.minutes(2))) struct SuggestionTests {
    @Test func `a suggestion is sent by nobody, and what became of it is counted for its version`() async throws {
        let desk = try await OpenDesk.open()
        // The versions are registered in the first moments.
        let _: Bool = try await desk.until { try await desk.models().isEmpty ? nil : true }
        let customer = try await desk.customer()
        let reference = ConversationReference(customer.conversation)
        _ = try await desk.agent.call(Operations.claimConversation, ClaimConversation(customer.conversation))
        func suggestion() async throws -> Suggestion { try await desk.agent.call(Operations.suggestReply, reference) }
        func send(_ text: String) async throws {
            _ = try await desk.agent.call(
                Operations.postMessage, PostMessage(to: customer.conversation, cid: nil, text: text))
        }
        await #expect(throws: Problem.self) { _ = try await suggestion() }

        try await customer.ask("How do I acknowledge an alert?")
        let first = try await suggestion()
        #expect(first.text.contains("press `a`") && first.sources.first?.path == "alerts.md")
        #expect(first.model == "knowledge-base" && first.version != nil)
        #expect(try await customer.transcript().filter { $0.author == .assistant || $0.author == .agent }.isEmpty)
        try await send(first.text + "\n")
        try await customer.ask("How do I acknowledge an alert?")
        let second = try await suggestion()
        try await send(second.text + " Tell me if it works.")
        try await customer.ask("How do I acknowledge an alert?")
        _ = try await suggestion()
        _ = try await suggestion()
        try await send("No idea.")
        try await customer.ask("How do I acknowledge an alert?")
        _ = try await suggestion()

        let counts = try await desk.agent.call(Operations.listSuggestionOutcomes, Nothing()).items
        let mine = try #require(counts.first)
        #expect(counts.count == 1 && mine.version == first.version)
        #expect((mine.accepted, mine.edited, mine.rejected, mine.open) == (1, 1, 2, 1))
        await #expect(throws: Problem.self) { _ = try await customer.client.call(Operations.suggestReply, reference) }
        try await desk.end()
    }

    @Test func `passages are found whatever their length`() async throws {
        let desk = try await OpenDesk.open()
        var article = PutArticle()
        article.path = "long.md"
        let heading = String(repeating: "zebra ", count: 100)
        article.markdown = "# \(heading)\n\n## \(heading)\n\nZebra " + String(repeating: "stripes and ", count: 500)
        _ = try await desk.agent.call(Operations.putArticle, article)
        let found = try await desk.agent.call(Operations.searchKnowledge, SearchKnowledge("zebra stripes"))
        #expect(found.items.first?.path == "long.md")
        let read = try List<Passage>.read(try JSONParser.parse(found.encoded), .natural)
        #expect(read == found, "a console elsewhere can read them")
        let articles = try await desk.agent.call(Operations.listArticles, Nothing())
        #expect(try List<Article>.read(try JSONParser.parse(articles.encoded), .natural) == articles)
        let customer = try await desk.customer()
        try await customer.ask("zebra stripes?")
        let answer = try await desk.answer()
        #expect(answer.answer?.sources.first?.path == "long.md")
        #expect(try Message.read(try JSONParser.parse(answer.encoded), .natural) == answer)
        #expect(try await desk.agent.call(Operations.searchKnowledge, SearchKnowledge("qwxyz")).items.isEmpty)
        try await desk.end()
    }

    @Test(arguments: [
        ("Press a, then write a note.", "press a then  write a note", SuggestionOutcome.edited),
        ("Press a, then write a note.", "Press a, then\nwrite a note.", .accepted),
        ("Press a, then write a note.", "Press a.", .rejected), ("Yes yes yes yes", "yes", .rejected),
        ("...", "Hello", .rejected), ("Paketverfolgung läuft.", "Die Paketverfolgung läuft noch", .edited),
    ])
    func `half of the words decide`(suggestion: String, message: String, expected: SuggestionOutcome) {
        #expect(SuggestionOutcome(of: suggestion, sentAs: message) == expected)
    }
}

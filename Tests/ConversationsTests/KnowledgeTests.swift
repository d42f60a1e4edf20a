import Assistant
import DeskAPI
import Storage
import Testing
import Vocabulary

@testable import Conversations

struct KnowledgeTests {
    @Test func `an article replaces the one at its path`() async throws {
        let desk = try TemporaryDesk()
        let first = try await desk.knowledge.put(
            PutArticle(path: "returns.md", markdown: "# Returns\nold\n## A\nx\n## B\ny"), by: admin, at: .start)
        #expect(first.passages == 3)
        let later = Timestamp.start + .seconds(60)
        let second = try await desk.knowledge.put(
            PutArticle(path: "returns.md", markdown: "# Returns, new\nnew"), by: admin, at: later)
        #expect(second.title == "Returns, new" && second.passages == 1 && second.updatedAt == later)
        #expect(try await desk.knowledge.list().items == [second])
        #expect(try await desk.knowledge.articles().flatMap(\.passages).map(\.text) == ["new"])
    }

    @Test func `the same article again changes nothing`() async throws {
        let desk = try TemporaryDesk()
        let article = PutArticle(path: "returns.md", markdown: "# Returns\ntext")
        let first = try await desk.knowledge.put(article, by: admin, at: .start)
        let again = try await desk.knowledge.put(article, by: admin, at: .start + .seconds(60))
        #expect(again == first)
        #expect(try await desk.database.read { try AuditTrail.entries(limit: 9, in: $0) }.count == 1)
    }

    @Test func `an article without text is refused, and the one before stays`() async throws {
        let desk = try TemporaryDesk()
        _ = try await desk.knowledge.put(PutArticle(path: "a.md", markdown: "text"), by: admin, at: .start)
        let refusal = try await problem {
            _ = try await desk.knowledge.put(
                PutArticle(path: "a.md", markdown: "# Only a title"), by: admin, at: .start)
        }
        #expect(refusal?.code == .invalidField)
        #expect(try await desk.knowledge.list().items.count == 1)
    }

    @Test func `an article that is removed takes its passages along`() async throws {
        let desk = try TemporaryDesk()
        _ = try await desk.knowledge.put(PutArticle(path: "a.md", markdown: "text"), by: admin, at: .start)
        _ = try await desk.knowledge.remove("a.md", by: admin, at: .start)
        #expect(try await desk.knowledge.articles() == [])
        #expect(
            try await problem { _ = try await desk.knowledge.remove("a.md", by: admin, at: .start) }?.code == .notFound)
    }
}

import DeskAPI
import Storage
import Testing
import Vocabulary

@testable import Conversations

struct KnowledgeTests {
    @Test func `an article becomes passages by its headings, as plain text`() {
        let article = MarkdownArticle(
            path: "shop/returns.md",
            markdown: """
                # Returns

                You can return **most** items ([conditions](terms.md)).

                ## Time limits
                - _Electronics_: within `30` days
                - my_file_name stays, and 2 * 3 too

                Everything else: 90 days.
                ## Refunds ##
                Paid back by ![card](card.png).
                <!-- internal: check with legal -->
                """)
        #expect(article.title == "Returns")
        #expect(
            article.passages == [
                .init(section: "", text: "You can return most items (conditions)."),
                .init(
                    section: "Time limits",
                    text: """
                        - Electronics: within 30 days
                        - my_file_name stays, and 2 * 3 too

                        Everything else: 90 days.
                        """),
                .init(section: "Refunds", text: "Paid back by card."),
            ])
    }

    @Test func `a heading inside code is code`() {
        let article = MarkdownArticle(
            path: "a.md",
            markdown: "Install\n=======\n\nRun:\n```sh\n# not a heading\nmake *all*\n```\nDone\n\nNext\n----\nx")
        #expect(article.title == "Install")
        #expect(
            article.passages == [
                .init(section: "", text: "Run:\n# not a heading\nmake *all*\nDone"), .init(section: "Next", text: "x"),
            ])
    }

    @Test func `front matter gives the title, and without any the file's name does`() {
        let article = MarkdownArticle(
            path: "x.md", markdown: "---\ntitle: \"Opening hours\"\ntags: a\n---\nNine to five")
        #expect(article.title == "Opening hours")
        #expect(article.passages == [.init(section: "", text: "Nine to five")])
        #expect(MarkdownArticle(path: "shop/opening.md", markdown: "Nine").title == "opening")
    }

    @Test func `a long section is divided between its paragraphs`() {
        let paragraphs = (0..<10).map { "\($0) " + String(repeating: "word ", count: 60) }
        let article = MarkdownArticle(path: "x.md", markdown: paragraphs.joined(separator: "\n\n"))
        #expect(article.passages.count == 4)
        #expect(article.passages.allSatisfy { $0.text.utf8.count <= MarkdownArticle.passageLength })
    }

    @Test(arguments: ["", "\n\n", "```", "---", "# only a heading", "`", "[a](", "**", "<!--", "\\", "---\ntitle:"])
    func `broken Markdown is read without complaint`(_ markdown: String) {
        #expect(MarkdownArticle(path: "x.md", markdown: markdown).passages.count <= 1)
    }

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
        #expect(try await desk.knowledge.passages().map(\.text) == ["new"])
    }

    @Test func `the same article again changes nothing`() async throws {
        let desk = try TemporaryDesk()
        let article = PutArticle(path: "returns.md", markdown: "# Returns\ntext")
        let first = try await desk.knowledge.put(article, by: admin, at: .start)
        let passages = try await desk.knowledge.passages()
        let again = try await desk.knowledge.put(article, by: admin, at: .start + .seconds(60))
        #expect(again == first)
        #expect(try await desk.knowledge.passages() == passages)
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
        #expect(try await desk.knowledge.passages() == [])
        #expect(
            try await problem { _ = try await desk.knowledge.remove("a.md", by: admin, at: .start) }?.code == .notFound)
    }
}

import Testing

@testable import Assistant

@Suite struct MarkdownReaderTests {
    @Test func `headings divide an article into passages`() {
        let article = KnowledgeArticle(
            path: "shop/returns.md",
            markdown: """
                ---
                layout: page
                ---
                # Returns

                You can return **most** things.
                See [the form](https://example.com/form).

                ## How long
                <!-- keywords: deadline, days -->
                90 days. Use `**stars**`.

                - shoes
                  - worn
                - hats

                ```
                # no heading
                watchdesk kb
                ```
                <!-- not shown -->
                """)
        #expect(article.title == "Returns")
        #expect(article.passages.map(\.section) == ["", "How long"])
        #expect(article.passages[0].text == "You can return most things. See the form.")
        #expect(
            article.passages[1].text
                == "90 days. Use `**stars**`.\n\n- shoes\n  - worn\n- hats\n\n    # no heading\n    watchdesk kb")
        #expect(article.passages[1].keywords.contains("deadline"))
    }

    @Test func `an article without a heading is known by its file`() {
        let article = KnowledgeArticle(path: "a/b.md", markdown: "Just text.")
        #expect(article.title == "b")
        #expect(article.passages.map(\.text) == ["Just text."])
    }

    @Test(arguments: ["", "# Only a title", "\n\n", "---\n", "```", "[", "# \n## "])
    func `an article without text has no passages`(markdown: String) {
        #expect(KnowledgeArticle(path: "x.md", markdown: markdown).passages.allSatisfy { $0.text.count <= 4 })
    }

    @Test(arguments: ["![x](", "[a](b", "[a]", "`", "![", "](", "1.", "-"])
    func `unfinished marks stay as they are typed`(text: String) {
        let shown = KnowledgeArticle(path: "x.md", markdown: text).passages.map(\.text)
        #expect(shown == [text])
    }

    @Test func `a long section is divided between paragraphs`() {
        let paragraphs = (0..<30).map { "Paragraph \($0) " + String(repeating: "word ", count: 30) }
        let article = KnowledgeArticle(path: "x.md", markdown: "# T\n\n" + paragraphs.joined(separator: "\n\n"))
        #expect(article.passages.count > 3)
        #expect(article.passages.allSatisfy { $0.text.count < 1500 })
        #expect(
            (0..<30).allSatisfy { number in article.passages.contains { $0.text.contains("Paragraph \(number) ") } })
    }
}

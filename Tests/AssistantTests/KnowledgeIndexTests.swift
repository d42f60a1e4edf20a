import Testing

@testable import Assistant

@Suite struct KnowledgeIndexTests {
    static let starter = KnowledgeIndex(StarterKnowledge.articles)

    @Test func `the right section is among the first three for nearly every question`() {
        let missed = StarterQuestions.answered.filter { question, section in
            !Self.starter.search(question).contains { $0.passage.section == section }
        }
        let second = StarterQuestions.answered.filter { question, section in
            Self.starter.search(question).first?.passage.section != section
        }
        let count = Double(StarterQuestions.answered.count)
        #expect(Double(missed.count) / count <= 0.03, "recall@3 too low, missed: \(missed)")
        #expect(Double(second.count) / count <= 0.1, "too many second best: \(second)")
    }

    @Test func `questions that the articles answer are answered`() {
        let refused = StarterQuestions.answered.filter {
            !ExtractiveAnswer(to: $0.question, from: Self.starter).isKnown
        }
        #expect(Double(refused.count) <= 0.05 * Double(StarterQuestions.answered.count), "refused: \(refused)")
    }

    @Test(arguments: StarterQuestions.offTopic)
    func `questions about other things are not answered`(question: String) {
        let answer = ExtractiveAnswer(to: question, from: Self.starter)
        #expect(!answer.isKnown, "\(answer.text) \(answer.sources)")
    }

    @Test(arguments: ["", "   ", "the of and", "\u{0}\u{1b}[2J", String(repeating: "key ", count: 100_000)])
    func `odd questions do no harm`(question: String) {
        #expect(Self.starter.search(question).count <= 3)
    }

    @Test(arguments: [
        ("terminate my subscription", "cancel"), ("where is the bill", "invoice"), ("reimbursement", "refund"),
    ])
    func `a synonym finds the article, and says less than the word itself`(question: String, word: String) throws {
        let sections = ["cancel": "Cancel a subscription", "invoice": "Find an invoice", "refund": "Ask for a refund"]
        let text = sections.values.sorted().map { "## \($0)\nIt is done in the account." }.joined(separator: "\n")
        let index = KnowledgeIndex([KnowledgeArticle(path: "shop.md", markdown: "# Shop\n" + text)])
        let best = try #require(index.search(question).first)
        #expect(best.passage.section == sections[word])
        #expect(best.confidence >= Confidence.threshold)
        #expect(try best.confidence < #require(index.search(word).first).confidence)
    }

    @Test func `an empty knowledge base knows nothing`() {
        #expect(!ExtractiveAnswer(to: "How do I quit?", from: KnowledgeIndex([])).isKnown)
    }

    @Test func `of ten thousand passages the right one is found quickly`() {
        var random = Seeded(3)
        let words = (0..<5000).map { _ in
            String(
                (0..<Int.random(in: 4...9, using: &random)).map { _ in
                    "abcdefghiklmnoprstu".randomElement(using: &random) ?? "a"
                })
        }
        let articles = (0..<2500).map { number in
            let sections = (0..<4).map { section in
                let text = (0..<12).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }
                return "## Section \(number)x\(section)\n\(text.joined(separator: " ")) order refund"
            }
            return KnowledgeArticle(path: "\(number).md", markdown: "# Article\n" + sections.joined(separator: "\n"))
        }
        let index = KnowledgeIndex(articles)
        let wanted = index.passages[7777]
        let question = "refund order " + wanted.text.split(separator: " ").prefix(4).joined(separator: " ")
        var found: [KnowledgeIndex.Hit] = []
        let duration = SuspendingClock().measure { for _ in 0..<10 { found = index.search(question) } }
        #expect(index.passages.count == 10_000)
        #expect(found.first?.passage == wanted)
        // 1 ms optimised; the limit is for the unoptimised build on a busy machine.
        #expect(duration / 10 < .milliseconds(250))
    }

    @Test func `of a long passage the sentences that fit are given`() {
        let filler = (0..<20).map { "Filler sentence number \($0) says nothing." }
        let text = (filler + ["Shoes can be returned within 90 days.", "Bring the receipt for shoes."] + filler)
            .joined(separator: " ")
        let excerpt = ExtractiveAnswer.excerpt(of: text, for: "can I return shoes without receipt")
        #expect(excerpt.contains("Shoes can be returned within 90 days. Bring the receipt for shoes."))
        #expect(excerpt.count <= 500)
        #expect(text.contains(excerpt))
    }
}

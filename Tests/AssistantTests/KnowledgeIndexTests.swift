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
}

/// Asks back which passage is meant, when none is certain and a few come near; the customer answers with a number.
struct PassageChoice: Equatable {
    /// What is offered, at most three, by heading and article.
    let labels: [String]

    /// Passages that come nearer than this are offered; from ``Confidence/threshold`` on they are answers.
    static let least = 0.25
    private static let opening = "I am not sure what you mean. Is it one of these?"
    private static let closing = "Answer with a number, or shall I get a person to help you?"

    /// The passages near a question; `nil` when nothing comes near.
    init?(for question: String, in index: KnowledgeIndex) {
        var labels: [String] = []
        for hit in index.search(question) where hit.confidence >= PassageChoice.least {
            let label = PassageChoice.label(of: hit.passage)
            if !labels.contains(label) { labels.append(label) }
        }
        guard !labels.isEmpty else { return nil }
        self.labels = labels
    }

    /// What an earlier answer offered; `nil` when it was no such question.
    init?(reading answer: String) {
        guard answer.hasPrefix(PassageChoice.opening) else { return nil }
        labels = answer.split(separator: "\n").dropFirst().compactMap { line in
            let parts = line.split(separator: ". ", maxSplits: 1)
            return parts.count == 2 && Int(parts[0]) != nil ? String(parts[1]) : nil
        }
    }

    /// What the customer reads; its end offers a person.
    var text: String {
        let lines = labels.enumerated().map { "\($0.offset + 1). \($0.element)" }
        return ([PassageChoice.opening] + lines + [PassageChoice.closing]).joined(separator: "\n")
    }

    /// The passage that the customer's words choose by its number; `nil` when they do not, or when it is gone.
    func passage(chosenBy words: String, in index: KnowledgeIndex) -> KnowledgeArticle.Passage? {
        guard let number = PassageChoice.number(in: words), labels.indices.contains(number - 1) else { return nil }
        return index.passages.first { PassageChoice.label(of: $0) == labels[number - 1] }
    }

    private static func label(of passage: KnowledgeArticle.Passage) -> String {
        let label = passage.section.isEmpty ? passage.title : "\(passage.section) (\(passage.title))"
        return label.split { $0.isNewline }.joined(separator: " ")
    }

    /// The number that a short answer such as "2", "the second one" or "number two please" names.
    static func number(in text: String) -> Int? {
        let words = Terms.words(of: text)
        guard (1...6).contains(words.count), words.allSatisfy({ numbers[$0] != nil || fillers.contains($0) }) else {
            return nil
        }
        let named = words.compactMap { numbers[$0] }
        // In "the second one" the last word is no number.
        guard let first = named.first else { return nil }
        return named.dropFirst().allSatisfy { $0 == first } || words.last == "one" && named.count == 2 ? first : nil
    }

    private static let numbers = [
        "1": 1, "2": 2, "3": 3, "one": 1, "two": 2, "three": 3, "first": 1, "second": 2, "third": 3, "1st": 1,
        "2nd": 2, "3rd": 3,
    ]
    private static let fillers: Set = [
        "the", "number", "no", "nr", "option", "please", "pls", "yes", "its", "it", "is", "answer", "a", "i", "mean",
    ]
}

extension ExtractiveAnswer {
    /// Answers a question with regard to what was said before: what is meant by a number, or asked back at most once.
    init(to question: Question, from index: KnowledgeIndex) {
        let offered = question.turns.last.flatMap { turn in
            turn.speaker == .assistant ? PassageChoice(reading: turn.text) : nil
        }
        if let chosen = offered?.passage(chosenBy: question.text, in: index) {
            let before = question.turns.last { $0.speaker == .customer }?.text ?? ""
            self.init(of: KnowledgeIndex.Hit(passage: chosen, score: 0, confidence: 1), for: before)
            return
        }
        self.init(to: question.text, from: index)
        guard !isKnown else { return }
        if offered != nil {
            let before = question.turns.last { $0.speaker == .customer }?.text ?? ""
            self.init(to: before + "\n" + question.text, from: index)
        } else if let choice = PassageChoice(for: question.text, in: index) {
            self.init(asking: choice)
        }
    }
}

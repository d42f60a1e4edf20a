/// Answers with the knowledge base's own words: the sentences of the best passage that fit the question best.
struct ExtractiveAnswer {
    /// Passages up to this long are given whole.
    private static let wholeLimit = 700
    /// Longer ones are cut to about this.
    private static let excerptLimit = 500

    /// The text for the customer.
    let text: String
    /// The passage it is from, and the others that came near; empty when nothing fits.
    let sources: [KnowledgeIndex.Hit]
    /// Whether anything fits at all.
    var isKnown: Bool { !sources.isEmpty }

    /// Searches and answers; an answer without sources says that it does not know.
    init(to question: String, from index: KnowledgeIndex) {
        let hits = index.search(question)
        guard let best = hits.first, best.confidence >= Confidence.threshold else {
            self.init(text: Phrases.unknown, sources: [])
            return
        }
        self.init(of: best, for: question)
    }

    /// The answer that a passage gives to a question.
    init(of hit: KnowledgeIndex.Hit, for question: String) {
        self.init(text: ExtractiveAnswer.excerpt(of: hit.passage.text, for: question), sources: [hit])
    }

    /// The question which of a few passages is meant.
    init(asking choice: PassageChoice) {
        self.init(text: choice.text, sources: [])
    }

    private init(text: String, sources: [KnowledgeIndex.Hit]) {
        self.text = text
        self.sources = sources
    }

    /// The whole text when it is short, otherwise the run of sentences with the most words of the question.
    static func excerpt(of text: String, for question: String) -> String {
        guard text.count > wholeLimit else { return text }
        let wanted = Set(Terms.of(question))
        let sentences = Sentences.of(text)
        let gains = sentences.map { Set(Terms.of($0)).intersection(wanted).count }
        var best = (start: 0, end: 1, gain: -1)
        for start in sentences.indices {
            var end = start
            var length = 0
            var gain = 0
            while end < sentences.count, end == start || length + sentences[end].count <= excerptLimit {
                length += sentences[end].count
                gain += gains[end]
                end += 1
            }
            if gain > best.gain { best = (start, end, gain) }
        }
        return sentences[best.start..<best.end].joined().trimmingBlanks
    }
}

/// Takes a text apart into sentences and list items that, joined, make the text again.
enum Sentences {
    /// The pieces in order, each with the blanks behind it.
    static func of(_ text: String) -> [Substring] {
        var pieces: [Substring] = []
        var start = text.startIndex
        var index = text.startIndex
        var endsSentence = false
        while index < text.endIndex {
            let character = text[index]
            let next = text.index(after: index)
            if character == "\n" || endsSentence && character == " " {
                pieces.append(text[start..<next])
                start = next
            }
            endsSentence = ".?!".contains(character)
            index = next
        }
        if start < text.endIndex { pieces.append(text[start...]) }
        return pieces
    }
}

extension String {
    /// Without line breaks and blanks at both ends.
    fileprivate var trimmingBlanks: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }
}

/// Divides a text that is there already into words that appear one after the other, as if it were being written.
struct WordPace: Sendable {
    /// All pauses together, at most.
    private static let longest = Duration.milliseconds(800)
    /// Between two words, at most.
    private static let step = Duration.milliseconds(25)
    /// Whether there are pauses at all.
    let isPaced: Bool

    /// The pieces in order, each with the pause before it; joined they are the text.
    func pieces(of text: String) -> [(piece: String, pause: Duration)] {
        guard isPaced else { return text.isEmpty ? [] : [(text, .zero)] }
        let words = WordPace.words(of: text)
        let pause = words.isEmpty ? .zero : min(WordPace.step, WordPace.longest / words.count)
        return words.enumerated().map { (String($1), $0 == 0 ? .zero : pause) }
    }

    /// Words with the blanks behind them.
    private static func words(of text: String) -> [Substring] {
        var words: [Substring] = []
        var start = text.startIndex
        var previous: Character?
        for index in text.indices {
            let character = text[index]
            if let previous, previous.isWhitespace, !character.isWhitespace, start < index {
                words.append(text[start..<index])
                start = index
            }
            previous = character
        }
        if start < text.endIndex { words.append(text[start...]) }
        return words
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension TranscriptWriter {
    /// How the desk's own line about a handover begins.
    private static let handover = "Handed over to a person"

    /// What was asked, and what the assistant answered from what and how sure, below the line of a handover.
    ///
    /// Empty below every other line.
    func handover(_ entry: TranscriptEntry, after before: ArraySlice<TranscriptEntry>) -> [TranscriptLine] {
        guard entry.author == .system, entry.text.text.hasPrefix(TranscriptWriter.handover) else { return [] }
        // Only the stretch since a person had it last, or since the handover before.
        let stretch = before.reversed().prefix { earlier in
            earlier.author != .agent
                && !(earlier.author == .system && earlier.text.text.hasPrefix(TranscriptWriter.handover))
        }.reversed()
        let questions = stretch.filter { $0.author == .customer }
        guard let first = questions.first else { return [] }
        let answers = stretch.compactMap(\.answer)
        var lines = line("asked first", first.text.oneLine)
        if questions.count > 1, let last = questions.last { lines += line("asked last", last.text.oneLine) }
        lines += line("tried", tried(answers, questions: questions.count))
        return lines
    }

    private func tried(_ answers: [AnswerLine], questions: Int) -> SafeText {
        guard !answers.isEmpty else { return "the assistant gave no answer" }
        let count: SafeText = answers.count == 1 ? "1 answer" : "\(answers.count) answers"
        var words: SafeText = "\(count) to \(questions == 1 ? "1 question" as SafeText : "\(questions) questions")"
        if let least = answers.compactMap(\.confidence).min() {
            words = words + ", \(Int(least * 100 + 0.5)) % sure at least"
        }
        var sources: [SafeText] = []
        for source in answers.flatMap(\.sources) where !sources.contains(source) { sources.append(source) }
        return sources.isEmpty
            ? words + ", nothing found in the knowledge base"
            : words + ", from " + sources.prefix(4).joined(separator: ", ")
    }

    /// A name and words, at most two lines.
    private func line(_ name: SafeText, _ words: SafeText) -> [TranscriptLine] {
        let columns = max(12, self.columns - gutterColumns - 3)
        return (name + ": " + words).wrapped(to: columns, hanging: 2).prefix(2).map { wrapped in
            TranscriptLine(
                text: StyledText("│ ", .system)
                    + StyledText(wrapped.indent > 0 ? "  " + wrapped.text : wrapped.text, .dim))
        }
    }
}

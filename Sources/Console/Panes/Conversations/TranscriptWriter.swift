internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// One line of a transcript: time and name at the left, words behind them, or a rule across.
struct TranscriptLine: Equatable {
    var gutter: StyledText = ""
    var text: StyledText = ""
    /// A rule across the whole width with the text in it.
    var isRule = false
    /// The sign of a note, on each of its lines.
    var isNote = false
}

/// Writes the entries of a transcript as lines of a width.
struct TranscriptWriter {
    let columns: Int
    let scene: Scene
    /// The entry that was found, set off from the others.
    var found: Int64?

    /// On a narrow screen the name has a line of its own.
    private var isNarrow: Bool { columns < 56 }
    /// The cells of time and name, with the air behind them.
    var gutterColumns: Int { isNarrow ? 3 : 22 }
    private var textColumns: Int { max(8, columns - 2 - gutterColumns) }

    /// The lines of an entry, with the day in front when it is another one than before.
    func lines(of entry: TranscriptEntry, after previous: TranscriptEntry?) -> [TranscriptLine] {
        var lines: [TranscriptLine] = []
        let day = scene.local(entry.at)
        let isNewDay = previous.map { scene.local($0.at).day != day.day } ?? true
        if isNewDay { lines.append(rule(day.dayName(on: scene.local(scene.now)), .dim)) }
        guard entry.author != .system else {
            return lines
                + entry.text.oneLine.wrapped(to: max(8, columns - 16)).map { rule($0.text, .system, at: entry.at) }
        }
        let isRunHead = isNewDay || previous.map { !isSameRun($0, entry) } ?? true
        lines += body(entry, isRunHead: isRunHead)
        if let answer = entry.answer { lines += details(answer) }
        return lines
    }

    private func isSameRun(_ first: TranscriptEntry, _ second: TranscriptEntry) -> Bool {
        first.author == second.author && first.authorName == second.authorName && second.at - first.at < .seconds(300)
            && first.answer == nil
    }

    private func body(_ entry: TranscriptEntry, isRunHead: Bool) -> [TranscriptLine] {
        let role: Terminal.Role = entry.offset == found ? .accent : entry.author == .note ? .note : .text
        // Bold too: on a screen without colours the accent alone would not show.
        let style: Attributes = entry.offset == found ? .bold : []
        var lines = words(entry.text, role, style, isNote: entry.author == .note)
        let isLate = entry.author == .agent || entry.author == .note
        if isLate, !lines.isEmpty { lines[lines.count - 1].text += StyledText(" ✓", .dim) }
        if isRunHead { put(head(entry), on: &lines) }
        return lines
    }

    /// The text of an entry, wrapped, without its head.
    private func words(
        _ text: SafeText, _ role: Terminal.Role, _ style: Attributes = [], isNote: Bool = false
    ) -> [TranscriptLine] {
        text.wrapped(to: textColumns).map { TranscriptLine(text: StyledText($0.text, role, style), isNote: isNote) }
    }

    /// Puts time and name in front of the first line, or above it where there is no room beside it.
    private func put(_ head: StyledText, on lines: inout [TranscriptLine]) {
        if isNarrow || lines.isEmpty {
            lines.insert(TranscriptLine(gutter: head, isNote: lines.first?.isNote ?? false), at: 0)
        } else {
            lines[0].gutter = head
        }
    }

    private func head(_ entry: TranscriptEntry) -> StyledText {
        let time = StyledText("\(scene.local(entry.at).clock)  ", .dim)
        switch entry.author {
        case .note:
            return time + StyledText("NOTE", .note, [.bold, .reverse]) + StyledText(" \(entry.authorName)", .note)
        case .customer: return time + StyledText(entry.authorName, .customer, .bold)
        case .assistant: return time + StyledText("assistant", .assistant, .bold)
        case .agent: return time + StyledText(entry.authorName, .agent, .bold)
        case .system: return time
        }
    }

    private func rule(_ text: SafeText, _ role: Terminal.Role, at: Timestamp? = nil) -> TranscriptLine {
        let time = at.map { StyledText("\(scene.local($0).clock)", .dim) } ?? ""
        return TranscriptLine(gutter: time, text: StyledText(text, role), isRule: true)
    }

    /// What the assistant knew, which version answered, and what it cost.
    private func details(_ answer: AnswerLine) -> [TranscriptLine] {
        var parts: [SafeText] = answer.sources
        parts.append(answer.model)
        if let confidence = answer.confidence { parts.append("\(Int(confidence * 100 + 0.5)) % sure") }
        if answer.promptTokens + answer.answerTokens > 0 {
            let sign: SafeText = answer.isEstimated ? " est." : ""
            parts.append("\(answer.promptTokens)+\(answer.answerTokens) tokens\(sign)")
        }
        if answer.firstToken > .zero { parts.append("first word \(Quantity(answer.firstToken).text)") }
        parts.append(Quantity(answer.total).text)
        var lines = ("↳ " + parts.joined(separator: " · ")).wrapped(to: textColumns, hanging: 2).map {
            TranscriptLine(text: StyledText($0.indented, .dim))
        }
        if let reason = answer.fallbackReason {
            let words: SafeText = "▲ from the knowledge base: the language model failed (\(reason))"
            lines += words.wrapped(to: textColumns, hanging: 2).map {
                TranscriptLine(text: StyledText($0.indented, .warning))
            }
        }
        return lines
    }

    /// What stands behind the last entry: messages under way, the answer that grows, who types.
    func tail(
        behind last: TranscriptEntry?, letters: [Outbox.Letter], answer: DeskFacts.GrowingAnswer?,
        typists: [String: DeskFacts.Typist]
    ) -> [TranscriptLine] {
        var lines: [TranscriptLine] = []
        if let answer { lines += growing(answer) }
        for letter in letters { lines += pending(letter) }
        let names = typists.values.filter { $0.until > scene.now }.map(\.name).sorted { $0.text < $1.text }
        if !names.isEmpty {
            let verb: SafeText = names.count == 1 ? "is typing …" : "are typing …"
            lines.append(TranscriptLine(text: StyledText("\(names.joined(separator: ", ")) \(verb)", .dim, .italic)))
        }
        return lines
    }

    private func growing(_ answer: DeskFacts.GrowingAnswer) -> [TranscriptLine] {
        var lines = words(answer.text, .text)
        if lines.isEmpty { lines = [TranscriptLine()] }
        lines[lines.count - 1].text += StyledText("▌", .assistant)
        put(
            StyledText("\(scene.local(answer.at).clock)  ", .dim) + StyledText("assistant", .assistant, .bold),
            on: &lines)
        return lines
    }

    private func pending(_ letter: Outbox.Letter) -> [TranscriptLine] {
        var lines = words(letter.text, letter.isNote ? .note : .text, isNote: letter.isNote)
        let time = StyledText("\(scene.local(letter.at).clock)  ", .dim)
        let note: StyledText = letter.isNote ? StyledText("NOTE", .note, [.bold, .reverse]) + " " : ""
        put(time + note + StyledText("you", letter.isNote ? .note : .agent, .bold), on: &lines)
        guard let failure = letter.failure else {
            lines[lines.count - 1].text += StyledText(" ◌ sending", .pending)
            return lines
        }
        let words: SafeText = "■ not sent: \(failure)  r sends again, x takes it back"
        return lines
            + words.wrapped(to: textColumns, hanging: 2).map {
                TranscriptLine(text: StyledText($0.indented, .critical))
            }
    }
}

extension WrappedLine {
    /// The line with its indent as spaces.
    fileprivate var indented: SafeText { indent > 0 ? "  " + text : text }
}

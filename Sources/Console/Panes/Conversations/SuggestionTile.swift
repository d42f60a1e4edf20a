internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What the assistant suggests to the person who writes a reply; nothing of it is sent by itself.
struct SuggestionTile: Equatable, Sendable {
    enum Content: Equatable, Sendable {
        /// The assistant is at it.
        case writing
        case written(Suggestion)
        /// Why there is none.
        case failed(SafeText)
    }

    let conversation: ID<Conversation>
    var content = Content.writing

    /// The reply, to be put into the composer.
    var text: SafeText? {
        guard case .written(let suggestion) = content else { return nil }
        return SafeText(untrusted: suggestion.text, limit: Message.maximumLength)
    }

    /// Draws it over the lines above the composer.
    func draw(above composer: Rect, on frame: inout Frame) {
        let columns = composer.columns - 4
        guard columns >= 20 else { return }
        let (words, role) = words
        let most = min(12, composer.row - 3)
        guard most >= 1 else { return }
        let block = TextBlock(words, role)
        let lines = min(block.rows(columns: columns), most)
        let rect = Rect(
            column: composer.column, row: composer.row - lines - 2, columns: composer.columns, rows: lines + 2)
        frame.fill(rect)
        let inside = Tile(
            "Suggested reply", state: StyledText(origin, .dim), footer: StyledText(footer, .dim), isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        block.draw(in: inside, on: &frame)
    }

    private var words: (SafeText, Terminal.Role) {
        switch content {
        case .writing: ("The assistant writes …", .pending)
        case .failed(let why): (why, .warning)
        case .written: (text ?? "", .text)
        }
    }

    private var origin: SafeText {
        guard case .written(let suggestion) = content else { return "" }
        var model = SafeText(untrusted: suggestion.model, limit: 60).oneLine
        if suggestion.fallbackReason != nil { model = "\(model) in place of the language model" }
        guard let source = suggestion.sources.first else { return "\(model)" }
        return "\(model) · \(SafeText(untrusted: source.title, limit: 60).oneLine)"
    }

    private var footer: SafeText {
        switch content {
        case .writing: "Esc gives up"
        case .failed: "Ctrl-R tries again · Esc"
        case .written: "Tab takes it, to be changed before it is sent · Ctrl-R another · Esc"
        }
    }
}

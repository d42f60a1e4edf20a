internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The search over all messages, in the place of the list and the transcript.
struct SearchSheet: Equatable, Sendable {
    /// What is looked for.
    var field = TextField(
        hint: "words \"a phrase\" -not from:customer tag:returns before:2026-11-01 has:note", limit: 400)
    private(set) var list = ListState<Int>()
    private var found: [Found] = []
    private(set) var asked: String?
    private(set) var isReading = false
    private(set) var fault: SafeText?
    /// Whether keys go to the line rather than to what was found.
    var isTyping = true

    /// A search; from a transcript it begins in that conversation.
    init(in conversation: ID<Conversation>? = nil) {
        if let conversation { field.replace(with: "in:\(conversation) ") }
    }

    private struct Found: Equatable, Sendable {
        let conversation: ID<Conversation>
        let offset: Int64
        let at: Timestamp
        let isNote: Bool
        let author: SafeText
        let customer: SafeText
        let snippet: StyledText

        init(_ record: FoundMessage) {
            conversation = record.conversation
            (offset, at, isNote) = (record.offset, record.at, record.author == .note)
            author = SafeText(untrusted: record.authorName, limit: 60).oneLine
            customer = SafeText(untrusted: record.customerName, limit: 60).oneLine
            snippet = Found.marked(record.snippet)
        }

        /// What stands between U+0002 and U+0003 is set off; the marks are taken away before the text is made harmless.
        private static func marked(_ text: String) -> StyledText {
            var line = StyledText(spans: [])
            for (index, part) in text.split(separator: "\u{2}", omittingEmptySubsequences: false).enumerated() {
                let halves = part.split(separator: "\u{3}", maxSplits: 1, omittingEmptySubsequences: false).map(
                    String.init)
                if index > 0, halves.count == 2 {
                    line += StyledText(SafeText(untrusted: halves[0], limit: 300).oneLine, .accent, .bold)
                    line += StyledText(SafeText(untrusted: halves[1], limit: 300).oneLine)
                } else {
                    line += StyledText(SafeText(untrusted: halves.joined(), limit: 300).oneLine)
                }
            }
            return line
        }
    }

    /// The conversation and the place of the message under the cursor.
    var chosen: (conversation: ID<Conversation>, offset: Int64)? {
        list.cursor.flatMap { found.indices.contains($0) ? (found[$0].conversation, found[$0].offset) : nil }
    }

    mutating func look(_ turn: inout Turn) {
        let text = field.text.text
        guard text.contains(where: { !$0.isWhitespace }) else { return }
        asked = text
        (isReading, fault) = (true, nil)
        turn.ask(.search(SearchMessages(text, limit: 200)))
    }

    mutating func take(_ answer: Result<[FoundMessage], Problem>, to request: SearchMessages) {
        // The answer to an older question says nothing about this one.
        guard request.query == asked else { return }
        isReading = false
        switch answer {
        case .success(let messages):
            found = messages.map(Found.init)
            list = ListState()
            list.take(Array(found.indices))
            list.showAll()
            isTyping = found.isEmpty
        case .failure(let problem): fault = SafeText(untrusted: problem.detail, limit: 300).oneLine
        }
    }

    mutating func move(_ move: ListMove, page: Int) {
        list.move(move, page: page)
    }

    func draw(_ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let count: SafeText =
            asked == nil ? "" : isReading ? "looking …" : found.count == 200 ? "the newest 200" : "\(found.count)"
        let keys: SafeText = isTyping ? "Enter looks · Esc back" : "Enter reads · / changes the words · Esc back"
        let inside = Tile(
            "Search all messages", state: StyledText(count, .dim), footer: StyledText(keys, .dim), isFocused: true
        )
        .draw(in: rect, on: &frame).inset(columns: 1)
        frame.write("/ ", in: inside.line(0), .accent)
        field.draw(in: inside.line(0).droppingLeft(2), isFocused: isTyping, on: &frame)
        let rest = inside.droppingTop(1)
        let table = Table(
            [
                Table.Column("when", width: 16), Table.Column("customer", width: 14, stretch: 1, priority: 1),
                Table.Column("from", width: 12, priority: 2), Table.Column("found", width: 24, stretch: 5),
            ], empty: empty)
        let window = list.window(rows: table.visibleRows(in: rest))
        table.draw(
            count: list.rows.count, first: window.lowerBound, selected: list.cursorIndex, isFocused: !isTyping,
            in: rest,
            on: &frame
        ) { index in
            cells(found[list.rows[index]], scene)
        }
    }

    private var empty: SafeText {
        if let fault { return "▲ \(fault)" }
        if isReading { return "Looking …" }
        return asked == nil
            ? "Words must all be there; filters: from: tag: status: priority: in: before: after: has:note"
            : "Nothing was found."
    }

    private func cells(_ found: Found, _ scene: Scene) -> [StyledText] {
        let local = scene.local(found.at)
        return [
            StyledText(local.dateAndClock(on: scene.local(scene.now)), .dim),
            StyledText("#\(found.conversation) ", .dim) + StyledText(found.customer, .customer),
            found.isNote
                ? StyledText("NOTE ", .note, .bold) + StyledText(found.author, .note) : StyledText(found.author, .dim),
            found.snippet,
        ]
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Where list, transcript and composer stand: side by side on a wide screen, one at a time on a narrow one.
struct ConversationsLayout {
    let list: Rect
    /// The transcript with its frame.
    let reading: Rect
    /// The lines of the transcript.
    let transcript: Rect
    let composer: Rect

    static func hasBothSides(_ room: Size, _ screen: ScreenMode) -> Bool {
        screen != .full && room.columns >= 110 && room.rows >= 8
    }

    init(_ rect: Rect, _ state: ConversationsPane.State, _ screen: ScreenMode) {
        let hasBoth = ConversationsLayout.hasBothSides(rect.size, screen)
        let usual = min(54, rect.columns * 2 / 5)
        // The list has less than half, the transcript more: only the list can gain.
        let listColumns = screen == .half ? (state.isReading ? 36 : rect.columns / 2) : usual
        list = hasBoth ? rect.left(listColumns) : state.isReading ? rect.left(0) : rect
        let side = hasBoth ? rect.droppingLeft(listColumns + 1) : state.isReading ? rect : rect.left(0)
        composer = side.bottom(ConversationsLayout.composerRows(state, side))
        reading = side.droppingBottom(composer.rows)
        transcript = reading.columns >= 3 && reading.rows >= 2 ? reading.inset(columns: 1, rows: 1) : reading
    }

    /// The composer grows with what is written, up to a third of the room.
    private static func composerRows(_ state: ConversationsPane.State, _ side: Rect) -> Int {
        guard let kind = state.composing ?? state.draftToShow, let id = state.opened, side.rows >= 3,
            let draft = state.drafts[DraftPlace(conversation: id, kind: kind)]
        else { return 0 }
        return min(draft.rows(columns: max(1, side.columns - 4)), max(1, side.rows / 3)) + 2
    }

    /// Whether rows of the list take two lines.
    var hasTallRows: Bool { list.columns < 70 && list.rows >= 12 }
    /// The rows of the list that can be seen.
    var listRows: Int { max(1, (list.rows - 2) / (hasTallRows ? 2 : 1)) }
}

extension ConversationsPane.State {
    /// The draft that stays visible while nobody writes: a reply before a note.
    var draftToShow: DraftKind? {
        guard let opened else { return nil }
        return [DraftKind.reply, .note].first { kind in
            drafts[DraftPlace(conversation: opened, kind: kind)].map { !$0.isEmpty } ?? false
        }
    }
}

extension ConversationsPane {
    static func draw(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        switch state.cover {
        case .customer(let customer)?: return customer.draw(scene, in: rect, on: &frame)
        case .search(let search)?: return search.draw(scene, in: rect, on: &frame)
        case .triage?, .macro?, .find?, nil: break
        }
        let formRows = state.triage == nil ? 0 : min(TriageForm.rows, rect.rows)
        state.triage?.draw(in: rect.bottom(formRows), on: &frame)
        let macroRows = min(state.macro?.rows ?? 0, max(rect.rows / 2, min(6, rect.rows)))
        state.macro?.draw(in: rect.bottom(macroRows), on: &frame)
        let layout = ConversationsLayout(rect.droppingBottom(max(formRows, macroRows)), state, scene.screen)
        if !layout.list.isEmpty { Inbox(state: state, scene: scene, layout: layout).draw(on: &frame) }
        if !layout.reading.isEmpty { drawReading(state, scene, layout, on: &frame) }
    }

    private static func drawReading(
        _ state: State, _ scene: Scene, _ layout: ConversationsLayout, on frame: inout Frame
    ) {
        guard let id = state.opened, let row = scene.facts.conversations[id] else {
            let inside = Tile("Transcript").draw(in: layout.reading, on: &frame).inset(columns: 1)
            TextBlock("Enter reads the conversation under the cursor.", .dim).draw(in: inside, on: &frame)
            return
        }
        let sheet = TranscriptSheet(id, state, scene, columns: layout.transcript.columns)
        let newer = sheet.newer(than: state.anchor)
        let footer = newer > 0 ? StyledText("↓ \(newer) newer · End", .accent) : ""
        Tile(
            "\(row.customerName) #\(id)", state: heading(row, scene), footer: footer,
            isFocused: state.isReading && state.composing == nil
        ).draw(in: layout.reading, on: &frame)
        let lines = sheet.visible(state.anchor, rows: layout.transcript.rows)
        draw(lines, columns: layout.transcript.columns, scene, in: layout.transcript, on: &frame)
        if scene.facts.transcripts[id] == nil {
            let words = state.faults[id].map { "This transcript could not be read: \($0)" as SafeText }
            TextBlock(words ?? "Reading …", .dim).draw(in: layout.transcript.inset(columns: 1), on: &frame)
        } else if lines.isEmpty {
            TextBlock("Nothing has been said yet.", .dim).draw(in: layout.transcript.inset(columns: 1), on: &frame)
        }
        state.find?.draw(scene.facts.transcripts[id], in: layout.transcript.inset(columns: 1), on: &frame)
        Composer(
            state: state, row: row, name: scene.facts.identity.map { SafeText(untrusted: $0.name, limit: 100).oneLine }
        )
        .draw(in: layout.composer, on: &frame)
    }

    private static func heading(_ row: ConversationRow, _ scene: Scene) -> StyledText {
        let line = ConversationLine(row: row, scene: scene)
        var heading = line.mark + " "
        if row.isWaiting { heading += StyledText("waits ", .warning) + line.age + StyledText(" · ", .dim) }
        if !line.due.isEmpty { heading += line.due + StyledText(" · ", .dim) }
        if row.priority != .normal { heading += line.priority + StyledText(" · ", .dim) }
        if !line.mood.isEmpty { heading += line.mood + StyledText(" · ", .dim) }
        if !line.customer.isEmpty { heading += line.customer + StyledText("· ", .dim) }
        if !line.viewers.isEmpty { heading += line.viewers + StyledText("· ", .dim) }
        return heading + line.holder
    }

    private static func draw(
        _ lines: [TranscriptLine], columns: Int, _ scene: Scene, in rect: Rect, on frame: inout Frame
    ) {
        let gutter = TranscriptWriter(columns: columns, scene: scene).gutterColumns
        // A short transcript begins at the top, like a letter.
        for (row, line) in lines.enumerated() {
            let place = rect.line(row).inset(columns: rect.columns > 20 ? 1 : 0)
            if line.isRule {
                drawRule(line, in: place, on: &frame)
            } else {
                let isAlone = line.text.isEmpty
                frame.write(styled: line.gutter, in: isAlone ? place : place.left(gutter - 2))
                frame.write(styled: line.text, in: place.droppingLeft(gutter))
            }
            if line.isNote { frame.put("▎", at: place.droppingLeft(gutter - 2).origin, .note, within: rect) }
        }
    }

    private static func drawRule(_ line: TranscriptLine, in place: Rect, on frame: inout Frame) {
        frame.horizontalLine(place, .frame)
        if !line.gutter.isEmpty { frame.write(styled: line.gutter + " ", in: place) }
        let text = " " + line.text + " "
        let room = place.inset(columns: min(7, place.columns / 4))
        frame.write(styled: text, in: room, align: line.gutter.isEmpty ? .left : .centre)
    }
}

/// The place to write a reply or a note.
struct Composer {
    let state: ConversationsPane.State
    let row: ConversationRow
    /// The person's own name.
    let name: SafeText?

    func draw(in rect: Rect, on frame: inout Frame) {
        guard !rect.isEmpty, let kind = state.composing ?? state.draftToShow,
            let draft = state.drafts[DraftPlace(conversation: row.id, kind: kind)]
        else { return }
        let isWriting = state.composing != nil
        let title: SafeText = kind == .note ? "NOTE for colleagues" : "Reply to \(row.customerName)"
        let footer =
            state.openQuestion.map { StyledText("▲ \($0.collision.words): Enter again sends anyway · Esc", .warning) }
            ?? StyledText(isWriting ? "Enter sends · Ctrl-J new line · Esc" : "draft · \(kind.key) goes on", .dim)
        let inside = Tile(
            title, state: isWriting ? "" : StyledText("draft", .pending), footer: footer, isFocused: isWriting
        )
        .draw(in: rect, on: &frame).inset(columns: 1)
        if kind == .note { frame.verticalLine(inside.shiftedLeft.left(1), .note, glyph: "▎") }
        draft.draw(in: inside, isFocused: isWriting, on: &frame)
        if isWriting, kind == .reply, let suggestion = state.suggestion, suggestion.conversation == row.id {
            suggestion.draw(above: rect, on: &frame)
        } else if isWriting {
            state.menu(for: row, by: name)?.draw(above: rect, on: &frame)
        }
    }
}

extension DraftKind {
    /// The key that goes on writing.
    fileprivate var key: SafeText { self == .note ? "n" : "i" }
}

extension Rect {
    /// The same size, one column further left.
    fileprivate var shiftedLeft: Rect { Rect(column: column - 1, row: row, columns: columns, rows: rows) }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The list of conversations: who waits longest stands on top.
struct Inbox {
    let state: ConversationsPane.State
    let scene: Scene
    let layout: ConversationsLayout

    func draw(on frame: inout Frame) {
        let rect = layout.list
        let isFocused = !state.isReading && state.composing == nil
        var inside = Tile(state.view.title, state: counts, footer: footer, isFocused: isFocused)
            .draw(in: rect, on: &frame).inset(columns: 1)
        if state.filter.isShown {
            state.filter.draw(in: inside.line(0), matches: state.list.rows.count, on: &frame)
            inside = inside.droppingTop(1)
        }
        guard !state.list.rows.isEmpty else {
            TextBlock(emptyText, .dim).draw(in: inside, on: &frame)
            return
        }
        if layout.hasTallRows {
            drawTall(in: inside, isFocused, on: &frame)
        } else {
            drawTable(in: inside, isFocused, on: &frame)
        }
    }

    private var counts: StyledText {
        var (waiting, mine, open) = (0, 0, 0)
        let actor = scene.facts.actor
        for row in scene.facts.conversations.values {
            if row.isWaiting { waiting += 1 }
            if row.status == .open, row.owner != nil, row.owner == actor { mine += 1 }
            if !row.isResolved { open += 1 }
        }
        var parts = [StyledText("\(waiting) waiting", waiting == 0 ? .dim : .warning)]
        if let availability = state.availability {
            parts.append(StyledText("\(mine) of \(availability.capacity) yours", .agent))
        } else if mine > 0 {
            parts.append(StyledText("\(mine) yours", .agent))
        }
        parts.append(StyledText("\(open) open", .dim))
        return parts.dropFirst().reduce(parts[0]) { $0 + StyledText(" · ", .dim) + $1 }
    }

    private var footer: StyledText {
        if !state.marked.isEmpty {
            return StyledText("\(state.marked.count) marked · e p # s o act on them · Esc unmarks", .accent)
        }
        return state.list.waiting > 0 ? StyledText("+\(state.list.waiting) new · Home", .accent) : ""
    }

    private var emptyText: SafeText {
        if let fault = scene.facts.faults[.conversations] { return "Conversations could not be read: \(fault)" }
        guard scene.facts.loaded.contains(.conversations) else { return "Reading the conversations …" }
        if state.view != .all, !state.filter.isActive { return "Nothing here. v shows the next view." }
        if state.filter.isActive { return "No conversation holds this text. Esc shows all rows." }
        return "No conversations yet. Customers come through the chat page, the API, or watchdesk chat in another "
            + "terminal. The assistant answers first; t takes a conversation over."
    }

    private func line(_ index: Int) -> ConversationLine? {
        guard let row = scene.facts.conversations[state.list.rows[index]] else { return nil }
        return ConversationLine(
            row: row, scene: scene,
            unread: state.marks.unread(in: row, for: scene.facts.actor, known: scene.facts.ownMark(in: row.id)),
            isMarked: state.marked.contains(row.id))
    }

    private func drawTable(in inside: Rect, _ isFocused: Bool, on frame: inout Frame) {
        let table = Table(
            [
                Table.Column("", width: 1), Table.Column("age", width: 6, align: .right),
                Table.Column("who", width: 12, stretch: 1), Table.Column("", width: 3, align: .right),
                Table.Column("newest words", width: 14, stretch: 4, priority: 1),
                Table.Column("whose", width: 18, stretch: 1, priority: 2),
            ], empty: emptyText)
        let window = state.list.window(rows: table.visibleRows(in: inside))
        table.draw(
            count: state.list.rows.count, first: window.lowerBound, selected: state.list.cursorIndex,
            isFocused: isFocused, in: inside, on: &frame
        ) { index in
            line(index).map { [$0.mark, $0.age, $0.name, $0.badge, $0.preview, $0.holder] } ?? []
        }
    }

    /// Two lines a row where the list stands beside the transcript.
    private func drawTall(in inside: Rect, _ isFocused: Bool, on frame: inout Frame) {
        let window = state.list.window(rows: max(1, inside.rows / 2))
        for (row, index) in window.enumerated() {
            guard let line = line(index) else { continue }
            let place = inside.droppingTop(row * 2).top(2)
            if index == state.list.cursorIndex { frame.fill(place, on: isFocused ? .selection : .selectionDim) }
            draw(line, in: place, on: &frame)
        }
    }

    private func draw(_ line: ConversationLine, in place: Rect, on frame: inout Frame) {
        let first = place.line(0)
        frame.write(styled: line.mark, in: first.left(1))
        frame.write(styled: line.age, in: first.droppingLeft(2).left(6), align: .right)
        let end = line.badge.isEmpty ? line.holder : line.holder + " " + line.badge
        let endColumns = min(end.columns, first.columns / 2 - 4)
        frame.write(styled: line.name, in: first.droppingLeft(9).droppingRight(endColumns + 1))
        frame.write(styled: end, in: first.right(endColumns), align: .right)
        frame.write(styled: line.preview, in: place.line(1).droppingLeft(9))
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The stream of conversations in the overview: who waits first, then what moved last.
struct ConversationsTile {
    let list: ListState<ID<Conversation>>
    let scene: Scene
    let isFocused: Bool

    func draw(in rect: Rect, on frame: inout Frame) {
        let inside = Tile("Conversations", state: state, key: "4", footer: footer, isFocused: isFocused)
            .draw(in: rect, on: &frame).inset(columns: 1)
        let window = list.window(rows: inside.rows)
        table(inside.columns).draw(
            count: list.rows.count, first: window.lowerBound, selected: isFocused ? list.cursorIndex : nil,
            in: inside, on: &frame
        ) { index in
            guard let row = scene.facts.conversations[list.rows[index]] else { return [] }
            let line = ConversationLine(row: row, scene: scene)
            return [line.mark, line.age, line.name, line.preview, line.holder]
        }
    }

    private var state: StyledText {
        let rows = scene.facts.conversations.values
        let open = rows.count { !$0.isResolved }
        let waiting = rows.count(where: \.isWaiting)
        let tail = waiting > 0 ? StyledText(" · ", .dim) + StyledText("\(waiting) waiting", .warning) : ""
        return StyledText("\(open) open", .dim) + tail
    }

    private var footer: StyledText {
        list.waiting > 0 ? StyledText("+\(list.waiting) new", .accent) : ""
    }

    private func table(_ room: Int) -> Table {
        Table(
            [
                Table.Column("", width: 1), Table.Column("", width: 6, align: .right),
                Table.Column("", width: min(14, max(10, room / 5)), stretch: 1),
                Table.Column("", width: 12, stretch: 5, priority: 1),
                Table.Column("", width: 18, stretch: 1, priority: room < 60 ? 2 : 0),
            ], empty: emptyText, hasHeader: false)
    }

    private var emptyText: SafeText {
        if let fault = scene.facts.faults[.conversations] { return "Conversations could not be read: \(fault)" }
        guard scene.facts.loaded.contains(.conversations) else { return "Reading the conversations …" }
        return "No conversations yet. Be the first customer: run watchdesk chat in another terminal."
    }
}

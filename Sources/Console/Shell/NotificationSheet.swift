internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What calls the person, over the pane: read, gone to, acknowledged.
struct NotificationSheet {
    let state: ConsoleState

    private var calls: [NotificationRow] { state.facts.calls }

    /// What a key does.
    enum Step: Equatable {
        case moved(Int)
        case closed
        case goes(NotificationRow)
        case acknowledges(AcknowledgeNotifications)
    }

    func pressed(_ key: Key, cursor: Int) -> Step {
        let calls = calls
        let last = max(0, calls.count - 1)
        // What was acknowledged is gone from under the cursor.
        let cursor = min(cursor, last)
        let page = max(1, state.size.rows - 8)
        let chosen = calls.indices.contains(cursor) ? calls[cursor] : nil
        switch key {
        case .escape, .character("!"), .character("q"): return .closed
        case .down, .character("j"): return .moved(min(cursor + 1, last))
        case .up, .character("k"): return .moved(max(0, cursor - 1))
        case .pageDown: return .moved(min(cursor + page, last))
        case .pageUp: return .moved(max(0, cursor - page))
        case .home, .character("g"): return .moved(0)
        case .end, .character("G"): return .moved(last)
        case .enter, .right: return chosen.map(Step.goes) ?? .moved(cursor)
        case .character("a"): return chosen.map { .acknowledges(AcknowledgeNotifications($0.id)) } ?? .moved(cursor)
        case .character("A"):
            return calls.map(\.offset).max().map { .acknowledges(AcknowledgeNotifications(through: $0)) }
                ?? .moved(cursor)
        default: return .moved(cursor)
        }
    }

    func draw(cursor: Int, in body: Rect, on frame: inout Frame) {
        let rect = body.inset(columns: body.columns > 60 ? 2 : 0, rows: body.rows > 12 ? 1 : 0)
        let calls = calls
        let inside = Tile(
            "For you", state: StyledText("\(calls.count)", .dim),
            footer: StyledText("Enter goes there · a acknowledges · A all · Esc", .dim), isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        let table = Table(
            [
                Table.Column("", width: 1), Table.Column("age", width: 6, align: .right),
                Table.Column("why", width: 16, stretch: 1),
                Table.Column("customer", width: 12, stretch: 1, priority: 1),
                Table.Column("what", width: 16, stretch: 4),
            ], empty: empty)
        let rows = table.visibleRows(in: inside)
        let selected = min(cursor, max(0, calls.count - 1))
        let first = max(0, min(selected - rows / 2, calls.count - rows))
        table.draw(
            count: calls.count, first: first, selected: calls.isEmpty ? nil : selected, isFocused: true, in: inside,
            on: &frame
        ) { cells(calls[$0]) }
    }

    private var empty: SafeText {
        if let fault = state.facts.faults[.notifications] { return "What calls you could not be read: \(fault)" }
        return "Nothing calls you. Colleagues do with @ and your name in a note."
    }

    private func cells(_ row: NotificationRow) -> [StyledText] {
        let customer = state.facts.conversations[row.conversation]?.customerName ?? "#\(row.conversation)"
        return [
            row.mark, StyledText(state.scene.age(row.at), .dim), StyledText(row.reason, .strong),
            StyledText(customer, .customer), StyledText(row.text),
        ]
    }
}

extension ConsoleState {
    mutating func pressNotifications(_ key: Key, _ cursor: Int, _ turn: inout Turn) {
        switch NotificationSheet(state: self).pressed(key, cursor: cursor) {
        case .moved(let place): overlay = .notifications(cursor: place)
        case .closed: overlay = nil
        case .acknowledges(let request):
            guard facts.connection.isLive else { return turn.say("There is no connection.", .info) }
            turn.ask(.acknowledgeNotifications(request))
        case .goes(let row):
            overlay = nil
            if facts.connection.isLive { turn.ask(.acknowledgeNotifications(AcknowledgeNotifications(row.id))) }
            turn.go(to: .conversation(row.conversation))
        }
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Where list, detail and form of the alerts stand.
struct AlertsLayout {
    let list: Rect
    let detail: Rect
    let form: Rect
    /// What stands above the form.
    let rest: Rect

    init(_ rect: Rect, _ state: AlertsPane.State) {
        let wanted =
            state.form != nil
            ? AcknowledgeForm.rows
            : state.silencing != nil ? SilenceForm.rows : state.noting != nil ? AlertNoteForm.rows : 0
        let formRows = min(wanted, rect.rows)
        form = rect.bottom(formRows)
        rest = rect.droppingBottom(formRows)
        if rest.columns >= 150, rest.rows >= 10 {
            let parts = rest.columns(weights: [5, 6], gap: 1)
            (list, detail) = (parts[0], parts[1])
        } else if rest.rows >= 12 {
            let listRows = min(max(5, state.list.rows.count + 3 + (state.filter.isShown ? 1 : 0)), rest.rows / 2)
            (list, detail) = (rest.top(listRows), rest.droppingTop(listRows))
        } else {
            (list, detail) = (rest, rest.bottom(0))
        }
    }

    /// The rows of the list that can be seen.
    var listRows: Int { max(1, list.rows - 3) }
}

extension ListFilter {
    /// Whether the filter takes a line.
    var isShown: Bool { isOpen || isActive }
}

extension AlertsPane {
    static func draw(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let layout = AlertsLayout(rect, state)
        if let incident = state.incident {
            incident.draw(scene.facts.alerts[incident.alert], scene, in: layout.rest, on: &frame)
        } else if let receivers = state.receivers {
            receivers.draw(scene, in: layout.rest, on: &frame)
        } else if let silences = state.silences {
            silences.draw(scene, in: layout.rest, on: &frame)
        } else {
            drawList(state, scene, in: layout.list, on: &frame)
            if !layout.detail.isEmpty { drawDetail(state, scene, in: layout.detail, on: &frame) }
        }
        state.noting?.draw(in: layout.form, on: &frame)
        state.form?.draw(in: layout.form, on: &frame)
        state.silencing?.draw(in: layout.form, on: &frame)
    }

    private static func drawList(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        var footer = state.list.waiting > 0 ? StyledText("+\(state.list.waiting) new · Home", .accent) : ""
        if !state.marked.isEmpty {
            footer = StyledText("\(state.marked.count) marked · a acknowledges · Esc unmarks", .accent)
        }
        var inside = Tile(
            "Alerts", state: summary(scene.facts), footer: footer, isFocused: mode(state) != .form
        ).draw(in: rect, on: &frame).inset(columns: 1)
        if state.filter.isShown {
            state.filter.draw(in: inside.line(0), matches: state.list.rows.count, on: &frame)
            inside = inside.droppingTop(1)
        }
        let table = table(inside.columns, emptyText(state, scene))
        let window = state.list.window(rows: table.visibleRows(in: inside))
        table.draw(
            count: state.list.rows.count, first: window.lowerBound, selected: state.list.cursorIndex,
            isFocused: mode(state) != .form, in: inside, on: &frame
        ) { index in
            scene.facts.alerts[state.list.rows[index]].map { cells($0, state.marked.contains($0.id), scene) } ?? []
        }
    }

    private static func summary(_ facts: DeskFacts) -> StyledText {
        let open = facts.alerts.values.filter(\.isOpen)
        let calling = open.count(where: \.needsPerson)
        let worst = open.filter(\.needsPerson).map(\.severity).max() ?? .info
        let head =
            calling > 0 ? StyledText("\(calling) unacknowledged", Mark(worst).role) + StyledText(" · ", .dim) : ""
        return head + StyledText("\(open.count) open", .dim)
    }

    private static func table(_ room: Int, _ empty: SafeText) -> Table {
        Table(
            [
                Table.Column("", width: 12), Table.Column("since", width: 6, align: .right),
                Table.Column("what", width: 20, stretch: 3),
                Table.Column("value", width: 19, align: .right, priority: 2),
                Table.Column("response", width: 16, stretch: 1, priority: 1),
            ], empty: empty)
    }

    private static func cells(_ alert: AlertRow, _ isMarked: Bool, _ scene: Scene) -> [StyledText] {
        let words = AlertWords(alert: alert, scene: scene)
        let isOver = alert.condition == .resolved
        let what = StyledText(alert.summary, isOver ? .muted : alert.needsPerson ? .strong : .text)
        let mark = isMarked ? StyledText("● ", .accent) : ""
        return [
            words.condition, StyledText(scene.age(alert.since), .dim), mark + what, words.comparison, words.response,
        ]
    }

    private static func emptyText(_ state: State, _ scene: Scene) -> SafeText {
        if let fault = scene.facts.faults[.alerts] { return "Alerts could not be read: \(fault)" }
        guard scene.facts.loaded.contains(.alerts) else { return "Reading the alerts …" }
        if state.filter.isActive { return "No alert holds this text. Esc shows all rows." }
        let age = scene.facts.host?.newest.map { " (\(scene.age($0.at)) ago)" } ?? ""
        return "No alerts. The rules are checked with every sample\(age). An alert is pending first, then it fires; "
            + "a acknowledges it, so that everybody sees who is on it and until when."
    }
}

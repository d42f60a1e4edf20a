internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Where list, detail and form of the processes stand.
struct ProcessesLayout {
    let list: Rect
    let detail: Rect
    let form: Rect
    private let filterRows: Int

    init(_ rect: Rect, _ view: ProcessesView) {
        form = rect.bottom(view.form == nil ? 0 : min(SignalForm.rows, rect.rows))
        let rest = rect.droppingBottom(form.rows)
        let detailRows = !view.isDetailed ? 0 : rest.rows >= 16 ? min(12, rest.rows / 2) : rest.rows
        detail = rest.bottom(detailRows)
        list = rest.droppingBottom(detailRows)
        filterRows = view.filter.rows
    }

    /// The rows of the list that can be seen.
    var listRows: Int { max(1, list.rows - 3 - filterRows) }
}

extension ProcessesView {
    func draw(_ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let layout = ProcessesLayout(rect, self)
        drawList(scene, in: layout.list, on: &frame)
        if !layout.detail.isEmpty { ProcessDetailSheet(view: self).draw(in: layout.detail, on: &frame) }
        form?.draw(in: layout.form, on: &frame)
    }

    private func drawList(_ scene: Scene, in rect: Rect, on frame: inout Frame) {
        var inside = Tile("Processes", state: summary(scene), footer: footer, isFocused: form == nil)
            .draw(in: rect, on: &frame).inset(columns: 1)
        filter.draw(in: inside.top(filter.rows), matches: heading?.matching, on: &frame)
        inside = inside.droppingTop(filter.rows)
        let columns = ProcessColumns(self, room: inside.columns).all
        let table = Table(columns.map(\.column), empty: emptyText(scene))
        let window = list.window(rows: table.visibleRows(in: inside))
        table.draw(
            count: list.rows.count, first: window.lowerBound, selected: list.cursorIndex, isFocused: form == nil,
            in: inside, on: &frame
        ) { index in
            rows[list.rows[index]].map { row in columns.map { $0.cell(row) } } ?? []
        }
    }

    /// How many there are, and how fresh the list is where that is not a second.
    private func summary(_ scene: Scene) -> StyledText {
        guard let heading else { return "" }
        var parts: [SafeText] = []
        if heading.matching > list.rows.count, !list.isHeld { parts.append("first \(list.rows.count)") }
        parts.append(count(heading))
        if heading.isPartial { parts.append("still reading") }
        if isTree { parts.append("tree") }
        if heading.interval > 1 { parts.append("every \(heading.interval) s") }
        if scene.now - heading.at > .seconds(heading.interval + 3) { parts.append("\(scene.age(heading.at)) ago") }
        return StyledText(parts.joined(separator: " · "), .dim)
    }

    /// Of a moment that is past only those that used most were kept, and the heading says so.
    private func count(_ heading: ProcessList) -> SafeText {
        switch (heading.isPast, filter.isActive) {
        case (false, false): "\(heading.total) processes"
        case (false, true): "\(heading.matching) of \(heading.total) match"
        case (true, false): "top \(heading.matching) of \(heading.total) kept"
        case (true, true): "\(heading.matching) of those kept match"
        }
    }

    /// What the numbers mean, unless there is something to do.
    private var footer: StyledText {
        if let followed, let row = rows[followed] {
            return StyledText("following \(row.name) \(followed.pid)", .accent)
        }
        if list.waiting > 0 { return StyledText("+\(list.waiting) new · Home", .accent) }
        return StyledText("cpu of one core · mem = resident set, shared pages count in each", .dim)
    }

    private func emptyText(_ scene: Scene) -> SafeText {
        if let refusal = scene.facts.refusal(.hostsRead) { return "Processes are not shown: \(refusal)." }
        if let fault { return "Processes could not be read: \(fault)" }
        guard let heading else { return "Reading the processes …" }
        if filter.isActive, heading.isPast {
            return "None of the processes kept of then matches. Esc shows all of them."
        }
        if filter.isActive { return "No process of \(heading.total) matches. Esc shows all of them." }
        return "No process is visible to the gateway. It may run in a container, or /proc may be mounted with hidepid."
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The open alerts in the overview, two lines each where there is room.
struct AlertsTile {
    let list: ListState<ID<Alert>>
    let scene: Scene
    let isFocused: Bool

    func draw(in rect: Rect, on frame: inout Frame) {
        let open = list.rows.count
        let state = open == 0 ? StyledText("none", .dim) : StyledText("\(open) open", .strong)
        let inside = Tile("Alerts", state: state, key: "3", footer: footer, isFocused: isFocused)
            .draw(in: rect, on: &frame).inset(columns: 1)
        guard open > 0 else {
            TextBlock(emptyText, .dim).draw(in: inside, on: &frame)
            return
        }
        let height = inside.rows >= 6 && inside.columns < 50 ? 2 : 1
        let window = list.window(rows: inside.rows / height)
        for (line, index) in window.enumerated() {
            guard let alert = scene.facts.alerts[list.rows[index]] else { continue }
            let place = inside.droppingTop(line * height).top(height)
            let isChosen = isFocused && list.rows[index] == list.cursor
            if isChosen { frame.fill(place, on: .selection) }
            draw(alert, in: place, on: &frame)
        }
    }

    private var footer: StyledText {
        list.waiting > 0 ? StyledText("+\(list.waiting) new", .accent) : ""
    }

    private var emptyText: SafeText {
        if let fault = scene.facts.faults[.alerts] { return "Alerts could not be read: \(fault)" }
        guard scene.facts.loaded.contains(.alerts) else { return "Reading the alerts …" }
        return "No alerts. The rules are checked with every sample."
    }

    private func draw(_ alert: AlertRow, in place: Rect, on frame: inout Frame) {
        let mark = alert.mark
        let age = scene.age(alert.since)
        frame.write(mark.symbol, in: place.left(2), mark.role, .bold)
        let text = place.line(0).droppingLeft(2)
        frame.write(alert.summary, in: text.droppingRight(age.columns + 1), alert.needsPerson ? .strong : .text)
        frame.write(age, in: text, .dim, align: .right)
        guard place.rows > 1 else { return }
        let detail = AlertWords(alert: alert, scene: scene).response
        frame.write(styled: detail, in: place.line(1).droppingLeft(2))
    }
}

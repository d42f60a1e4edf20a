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
        let height = height(in: inside)
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
        let text = place.droppingLeft(2)
        let detail = AlertWords(alert: alert, scene: scene).response
        if place.rows == 1 {
            drawSummary(alert, in: text.droppingRight(age.columns + 1), on: &frame)
            frame.write(age, in: text, .dim, align: .right)
        } else {
            let used = drawSummary(alert, in: text.droppingBottom(1), on: &frame)
            let line = text.line(used)
            frame.write(styled: detail, in: line.droppingRight(age.columns + 1))
            frame.write(age, in: line, .dim, align: .right)
        }
    }

    @discardableResult
    private func drawSummary(_ alert: AlertRow, in rect: Rect, on frame: inout Frame) -> Int {
        TextBlock(alert.summary, alert.needsPerson ? .strong : .text).draw(in: rect, on: &frame)
    }

    /// Three lines an alert where all of them fit, else two, on a wide or low tile one.
    private func height(in rect: Rect) -> Int {
        guard rect.columns < 50, rect.rows >= 4 else { return 1 }
        return list.rows.count * 3 <= rect.rows ? 3 : 2
    }
}

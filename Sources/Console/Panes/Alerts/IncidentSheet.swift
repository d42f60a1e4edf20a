internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What happened around an alert: its metric, what else changed at that time, and what was done to the desk.
struct IncidentSheet: Equatable, Sendable {
    let alert: ID<Alert>
    private(set) var incident: Incident?
    private(set) var fault: SafeText?
    /// The first line of what changed and happened that is shown.
    private(set) var top = 0

    init(_ alert: ID<Alert>) {
        self.alert = alert
    }

    mutating func take(_ incident: Incident) {
        (self.incident, fault) = (incident, nil)
    }

    mutating func refuse(_ problem: Problem) {
        fault = SafeText(untrusted: problem.detail, limit: 200).oneLine
    }

    mutating func move(_ move: ListMove, page: Int) {
        let step =
            switch move {
            case .down, .next: 1
            case .up, .previous: -1
            case .pageDown: max(1, page - 1)
            case .pageUp: -max(1, page - 1)
            case .top: -100_000
            case .bottom: 100_000
            }
        top = max(0, min(top + step, max(0, lineCount - max(1, page))))
    }

    private var lineCount: Int {
        guard let incident else { return 1 }
        return incident.changes.count + incident.occurrences.count + incident.conversations.count + 6
    }

    func draw(_ row: AlertRow?, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let title: SafeText = row.map { "Incident · \($0.summary)" } ?? "Incident #\(alert)"
        let inside = Tile(
            title.truncated(to: max(8, rect.columns - 24)), state: span(scene),
            footer: StyledText("a S R o act · watchdesk alerts export \(alert) · Esc back", .dim), isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        let isMeasured = row?.isMeasured ?? true
        let chart = inside.top(!isMeasured ? 0 : inside.rows >= 30 ? 12 : inside.rows >= 14 ? 7 : 0)
        if let row, chart.rows > 0 { AlertChart(alert: row, scene: scene).draw(in: chart, on: &frame) }
        let rest = inside.droppingTop(chart.rows)
        guard let incident else {
            let words: SafeText = fault.map { "It could not be read: \($0)" } ?? "Reading what happened around it …"
            return frame.write(words, in: rest.line(0), fault == nil ? .dim : .warning)
        }
        let lines = IncidentLines(incident: incident, scene: scene, room: rest.columns).all
        for (place, line) in lines.dropFirst(top).prefix(rest.rows).enumerated() {
            line.draw(in: rest.line(place), on: &frame)
        }
    }

    private func span(_ scene: Scene) -> StyledText {
        guard let incident else { return "" }
        return StyledText("\(scene.local(incident.from).clock) to \(scene.local(incident.to).clock)", .dim)
    }
}

/// What changed and happened, a line each.
struct IncidentLines {
    let incident: Incident
    let scene: Scene
    let room: Int

    /// A line, with the course of a metric at its end.
    struct Line {
        var text: StyledText
        var course: [Double?] = []

        func draw(in rect: Rect, on frame: inout Frame) {
            let width = course.isEmpty ? 0 : min(30, rect.columns / 4)
            frame.write(styled: text, in: rect.droppingRight(width == 0 ? 0 : width + 1))
            guard width > 0 else { return }
            let low = course.compactMap { $0 }.min() ?? 0
            let high = course.compactMap { $0 }.max() ?? 0
            Sparkline(IncidentLines.resampled(course, to: width), scale: low...max(high, low + 1e-9))
                .draw(in: rect.right(width), on: &frame)
        }
    }

    var all: [Line] {
        changes + [Line(text: "")] + conversations + happened
    }

    private var changes: [Line] {
        let head = Line(
            text: StyledText("changed when it began", .accent)
                + StyledText("  before → after, in units of the usual spread", .dim))
        guard !incident.changes.isEmpty else {
            return [head, Line(text: StyledText("  \(nothingChanged)", .dim))]
        }
        return [head] + incident.changes.map(change)
    }

    /// Without a course before the alert nothing can be compared, and that is not the same as no change.
    private var nothingChanged: SafeText {
        guard incident.history.alert.source == .rule else { return "no metric of this host" }
        let began = incident.history.alert.startedAt
        let before = incident.course.points.count { $0.at < began && $0.mean != nil }
        return before < IncidentLines.fewestPoints
            ? "too little was recorded before it began to tell" : "no other metric of this host"
    }

    /// Three minutes of the ten-second steps that an incident is read in.
    private static let fewestPoints = 18

    private func change(_ change: MetricChange) -> Line {
        let unit = Quantity.Unit(change.course.unit)
        let scaling = change.course.unit == .milliseconds ? 0.001 : 1
        let name = SafeText(untrusted: change.course.name, limit: 120).oneLine
        let text =
            StyledText("  \(change.after > change.before ? "↑" : "↓") ", .warning) + StyledText(name, .strong)
            + StyledText("  ", .dim) + Quantity(change.before * scaling, unit).styled(.text)
            + StyledText(" → ", .dim) + Quantity(change.after * scaling, unit).styled(.strong)
            + StyledText("  ×\(Int(min(change.score, 9999).rounded()))", .dim)
        return Line(text: text, course: change.course.points.map(\.mean))
    }

    private var conversations: [Line] {
        guard !incident.conversations.isEmpty else { return [] }
        return [Line(text: StyledText("customers who felt it", .accent))]
            + incident.conversations.map { entry in
                let name = SafeText(untrusted: entry.customerName, limit: 60).oneLine
                let what = SafeText(untrusted: entry.what, limit: 120).oneLine
                return Line(
                    text: StyledText("  \(scene.local(entry.at).clockWithSeconds)  ", .dim) + StyledText(name, .strong)
                        + StyledText(" #\(entry.id)  ", .dim) + StyledText(what))
            } + [Line(text: "")]
    }

    private var happened: [Line] {
        let head = Line(text: StyledText("what else happened", .accent))
        guard !incident.occurrences.isEmpty else {
            return [
                head,
                Line(text: StyledText("  nothing was deployed, changed or restarted, and nothing else fired", .dim)),
            ]
        }
        return [head]
            + IncidentLines.gathered(incident.occurrences).map { occurrence, count in
                let title = SafeText(untrusted: occurrence.title, limit: 300).oneLine
                let kind = occurrence.kind.rawValue
                let gap = String(repeating: " ", count: max(1, IncidentLines.kindWidth - kind.count))
                return Line(
                    text: StyledText("  \(scene.local(occurrence.at).clockWithSeconds)  ", .dim)
                        + StyledText("\(kind)\(gap)", .accent) + StyledText(title)
                        + StyledText(count > 1 ? "  ×\(count)" : "", .dim))
            }
    }

    private static let kindWidth = 2 + (Occurrence.Kind.allCases.map(\.rawValue.count).max() ?? 0)

    /// The same thing several times in a row is one line with a count.
    private static func gathered(_ occurrences: [Occurrence]) -> [(occurrence: Occurrence, count: Int)] {
        occurrences.reduce(into: []) { lines, next in
            if let last = lines.last?.occurrence, last.kind == next.kind, last.title == next.title {
                lines[lines.count - 1].count += 1
            } else {
                lines.append((next, 1))
            }
        }
    }

    /// The means of as many parts as there are cells; a part without values is a gap.
    static func resampled(_ values: [Double?], to width: Int) -> [Double?] {
        guard width > 0, values.count > width else { return values }
        return (0..<width).map { cell in
            let part = values[cell * values.count / width..<(cell + 1) * values.count / width].compactMap { $0 }
            return part.isEmpty ? nil : part.reduce(0, +) / Double(part.count)
        }
    }
}

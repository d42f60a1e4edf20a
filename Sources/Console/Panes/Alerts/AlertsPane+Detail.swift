internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension AlertsPane {
    /// The alert under the cursor: what it is, who is on it, and the course of its metric.
    static func drawDetail(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        guard let alert = chosen(state, scene.facts) else {
            Tile("Detail").draw(in: rect, on: &frame)
            return
        }
        let words = AlertWords(alert: alert, scene: scene)
        let inside = Tile(alert.rule, state: words.condition).draw(in: rect, on: &frame).inset(columns: 1)
        var row = 0
        for line in lines(alert, words, scene) where row < inside.rows {
            frame.write(styled: line, in: inside.line(row))
            row += 1
        }
        // A taller chart says no more.
        let rest = inside.droppingTop(row + (inside.rows - row > 8 ? 1 : 0))
        let past = AlertPast(history: state.history.flatMap { $0.alert.id == alert.id ? $0 : nil }, scene: scene)
        let chartRows = alert.isMeasured ? 10 : 0
        let pastRows = rest.rows >= chartRows + 6 ? min(past.rows, rest.rows - chartRows) : 0
        let chart = rest.droppingBottom(pastRows).top(alert.isMeasured ? 18 : 0)
        if chart.rows >= 2 { AlertChart(alert: alert, scene: scene).draw(in: chart, on: &frame) }
        past.draw(in: rest.droppingTop(chart.rows).top(pastRows), on: &frame)
    }

    private static func lines(_ alert: AlertRow, _ words: AlertWords, _ scene: Scene) -> [StyledText] {
        var lines = [StyledText("\(alert.mark.symbol) ", alert.mark.role) + StyledText(alert.summary, .strong)]
        if alert.isMeasured { lines.append(numbers(alert, words)) }
        lines.append(
            StyledText("on ", .dim) + StyledText(alert.hostName)
                + (alert.isMeasured ? StyledText("  metric ", .dim) + StyledText(alert.metricName) : "")
                + StyledText("  \(alert.category)", .dim))
        lines.append(times(alert, scene))
        if let by = alert.acknowledgedBy { lines.append(acknowledgment(alert, by, words, scene)) }
        if let silence = alert.silence {
            let until = alert.silencedUntil.map { ", until \(scene.local($0).clock)" as SafeText } ?? ""
            lines.append(
                StyledText("◇ silenced", .text) + StyledText(" by silence \(silence)\(until) · S ends it", .dim))
        }
        if let rule = alert.inhibitor {
            lines.append(StyledText("◇ inhibited", .text) + StyledText(" while \(rule) fires", .dim))
        }
        if let window = alert.maintenance {
            let until = alert.maintenanceUntil.map { ", until \(scene.local($0).clock)" as SafeText } ?? ""
            lines.append(StyledText("◇ planned", .text) + StyledText(" maintenance window \(window)\(until)", .dim))
        }
        lines += context(alert)
        if alert.isFlapping {
            lines.append(StyledText("↻ flapping", .warning) + StyledText(" \(alert.flaps) times in 15 minutes", .dim))
        }
        return lines
    }

    private static func numbers(_ alert: AlertRow, _ words: AlertWords) -> StyledText {
        StyledText("now ", .dim) + alert.quantity(alert.value).styled(.strong)
            + StyledText(alert.firesAbove ? "  fires above " : "  fires below ", .dim) + StyledText(words.limit)
            + StyledText(alert.firesAbove ? "  clears below " : "  clears above ", .dim)
            + StyledText(words.clearance)
    }

    /// What its rule says about it, who is to take care of it, and where it comes from.
    private static func context(_ alert: AlertRow) -> [StyledText] {
        var lines: [StyledText] = []
        if let name = alert.assignedTo {
            lines.append(StyledText("assigned to ", .dim) + StyledText(name, .strong))
        }
        if let name = alert.resolvedBy {
            lines.append(
                StyledText("ended by ", .dim) + StyledText(name, .strong)
                    + StyledText(alert.note.map { "  “\($0)”" } ?? "", .note))
        }
        if alert.level > 0, !alert.isAcknowledged {
            lines.append(
                StyledText("▲ nobody answered", .warning)
                    + StyledText(
                        " · the next in line was called \(alert.level == 1 ? "once" : "\(alert.level) times")", .dim))
        }
        if !alert.labels.isEmpty { lines.append(StyledText(alert.labels.joined(separator: "  "), .dim)) }
        if let runbook = alert.runbook {
            lines.append(StyledText("runbook ", .dim) + StyledText(runbook, .accent))
        }
        if alert.source != .rule {
            let from: SafeText = alert.source == .alertmanager ? "sent as to an Alertmanager" : "raised from outside"
            lines.append(StyledText("\(from); it ends when that says so", .dim))
        }
        return lines
    }

    private static func times(_ alert: AlertRow, _ scene: Scene) -> StyledText {
        var line = StyledText("began ", .dim) + StyledText(scene.local(alert.startedAt).clockWithSeconds)
        if let firedAt = alert.firedAt {
            line += StyledText("  fired ", .dim) + StyledText(scene.local(firedAt).clockWithSeconds)
        }
        if let resolvedAt = alert.resolvedAt {
            line += StyledText("  over ", .dim) + StyledText(scene.local(resolvedAt).clockWithSeconds)
            line += StyledText("  lasted ", .dim) + StyledText("\((resolvedAt - alert.startedAt).age)")
        }
        return line
    }

    private static func acknowledgment(
        _ alert: AlertRow, _ by: SafeText, _ words: AlertWords, _ scene: Scene
    ) -> StyledText {
        var line = words.response
        if let until = alert.acknowledgedUntil { line += StyledText(", until \(scene.local(until).clock)", .dim) }
        if let note = alert.note { line += StyledText("  “\(note)”", .note) }
        return line
    }
}

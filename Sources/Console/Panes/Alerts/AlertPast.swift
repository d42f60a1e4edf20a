internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What was done about an alert, and its earlier episodes, below its chart.
struct AlertPast {
    let history: AlertHistory?
    let scene: Scene

    private static let mostDone = 8
    private static let mostEarlier = 5

    /// The rows that it wants; none until it was read.
    var rows: Int { lines.isEmpty ? 0 : lines.count + 1 }

    func draw(in rect: Rect, on frame: inout Frame) {
        for (row, line) in lines.prefix(max(0, rect.rows - 1)).enumerated() {
            frame.write(styled: line, in: rect.line(row + 1))
        }
    }

    private var lines: [StyledText] {
        guard let history else { return [] }
        return done(history.audit) + earlier(history.earlier)
    }

    private func done(_ audit: [AuditEntry]) -> [StyledText] {
        guard !audit.isEmpty else { return [] }
        let entries = audit.suffix(AlertPast.mostDone).map { entry in
            let action = SafeText(untrusted: entry.action, limit: 40).oneLine
            let name = SafeText(untrusted: entry.actorName, limit: 40).oneLine
            let detail = SafeText(untrusted: entry.detail, limit: 200).oneLine
            return StyledText("  \(scene.local(entry.at).clockWithSeconds) ", .dim) + StyledText(action)
                + StyledText(" by ", .dim) + StyledText(name, .strong) + StyledText("  \(detail)", .dim)
        }
        return [StyledText("done about it", .accent)] + entries
    }

    private func earlier(_ alerts: [Alert]) -> [StyledText] {
        guard !alerts.isEmpty else { return [] }
        let episodes = alerts.prefix(AlertPast.mostEarlier).map { alert in
            let began = alert.firedAt ?? alert.startedAt
            let length: SafeText = alert.resolvedAt.map { "\(($0 - began).age)" } ?? "?"
            return StyledText("  \(scene.local(began).date) \(scene.local(began).clock) ", .dim)
                + StyledText("for \(length)") + StyledText("  #\(alert.id)", .dim)
        }
        let count = alerts.count >= 50 ? "50 and more" as SafeText : "\(alerts.count)"
        return [StyledText("earlier, \(count)", .accent)] + episodes
    }
}

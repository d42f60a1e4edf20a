internal import DeskAPI
internal import Monitoring
internal import Vocabulary

/// What a message says in words.
struct NoticeText {
    let message: NoticeMessage
    /// Whether it is a test that somebody asked for.
    var isTest = false

    /// Whether everything that it tells of is over.
    var isOver: Bool { message.entries.allSatisfy(\.isEnd) }

    /// The gravest severity among what is not over, or among all.
    var severity: Severity {
        let open = message.entries.filter { !$0.isEnd }
        return (open.isEmpty ? message.entries : open).map(\.alert.severity).max() ?? .info
    }

    /// One line: what happened, how often and where.
    var subject: String {
        let mark = isTest ? "[TEST] " : ""
        let firing = message.entries.filter { !$0.isEnd }
        guard let first = firing.first ?? message.entries.first else { return mark }
        let state = isOver ? "RESOLVED" : severity.rawValue.uppercased()
        let more = message.entries.count > 1 ? " and \(message.entries.count - 1) more" : ""
        return mark
            + "[\(state)] \(NoticeText.plain(first.alert.summary)) on \(NoticeText.plain(first.alert.host))\(more)"
    }

    /// One line for each alert, with what a person needs to begin.
    var lines: [String] {
        message.entries.map { entry in
            let alert = entry.alert
            let word = NoticeText.word(entry)
            let since = (alert.firedAt ?? alert.startedAt).rfc3339
            let end = entry.isEnd ? alert.resolvedAt.map { ", over at \($0.rfc3339)" } ?? "" : ""
            return "\(word): \(NoticeText.plain(alert.summary)) (alert \(alert.id), \(alert.severity.rawValue), "
                + "rule \(NoticeText.plain(alert.rule)), host \(NoticeText.plain(alert.host)), since \(since)\(end))"
                + (entry.isEnd ? "" : alert.runbook.map { ", runbook \(NoticeText.plain($0))" } ?? "")
        }
    }

    /// Why people are told, in words.
    static func word(_ entry: NoticeEntry) -> String {
        switch entry.reason {
        case .fired: "Firing"
        case .calledAgain: "Calls again"
        case .escalated: entry.level > 0 ? "Escalated to step \(entry.level)" : "Escalated"
        case .flapping: "Flapping"
        case .resolved: "Resolved"
        case nil: "Still firing"
        }
    }

    /// One harmless line.
    static func plain(_ text: String) -> String { SafeText(untrusted: text, limit: 500).oneLine.text }
}

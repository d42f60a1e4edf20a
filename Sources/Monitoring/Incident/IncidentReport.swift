public import DeskAPI
internal import Vocabulary

/// An incident as a document that needs nothing else: Markdown, or HTML with its charts inside.
public struct IncidentReport {
    private let incident: Incident
    private let utcOffset: Duration

    /// A report whose charts have the times of a clock this far ahead of UTC; its tables are in UTC.
    public init(_ incident: Incident, utcOffset: Duration) {
        self.incident = incident
        self.utcOffset = utcOffset
    }

    private var alert: Alert { incident.history.alert }

    private struct Section {
        let title: String
        let head: [String]
        let rows: [[String]]
        let empty: String
    }

    private var facts: [[String]] {
        var facts = [
            ["rule", alert.rule], ["host", alert.host], ["metric", alert.metric],
            ["severity", alert.severity.rawValue], ["condition", alert.condition.rawValue],
            ["began", alert.startedAt.rfc3339], ["fired", alert.firedAt?.rfc3339 ?? "never"],
            ["over", alert.resolvedAt?.rfc3339 ?? "not yet"],
        ]
        if let name = alert.acknowledgedBy { facts.append(["acknowledged by", name]) }
        if let name = alert.assignedTo { facts.append(["assigned to", name]) }
        if let name = alert.resolvedBy { facts.append(["ended by", name]) }
        for label in alert.labels { facts.append([label.name, label.value]) }
        if let runbook = alert.runbook { facts.append(["runbook", runbook]) }
        if let note = alert.note { facts.append(["note", note]) }
        return facts
    }

    private var sections: [Section] {
        [
            Section(
                title: "What changed at the same time", head: ["metric", "before", "after", "clearness"],
                rows: incident.changes.map { change in
                    let unit = change.course.unit
                    return [
                        change.course.name, unit.text(change.before), unit.text(change.after),
                        MetricUnit.count.text(change.score),
                    ]
                }, empty: "No other metric of this host changed its level when the alert began."),
            Section(
                title: "What happened", head: ["when", "what", "about", ""],
                rows: incident.occurrences.map { [$0.at.rfc3339, $0.kind.rawValue, $0.subject, $0.title] },
                empty: "Nothing was deployed, changed or restarted, and nothing else fired."),
            Section(
                title: "Customers who felt it", head: ["when", "conversation", "customer", ""],
                rows: incident.conversations.map { [$0.at.rfc3339, "\($0.id)", $0.customerName, $0.what] },
                empty: "No answer was slow or failed, and nobody had to wait for a person."),
            Section(
                title: "What was done about it", head: ["when", "who", "what", ""],
                rows: incident.history.audit.map { [$0.at.rfc3339, $0.actorName, $0.action, $0.detail] },
                empty: "Nothing."),
            Section(
                title: "Earlier episodes", head: ["alert", "fired", "over", ""],
                rows: incident.history.earlier.map {
                    ["\($0.id)", ($0.firedAt ?? $0.startedAt).rfc3339, $0.resolvedAt?.rfc3339 ?? "", $0.summary]
                }, empty: "None is known."),
        ]
    }

    private var span: String { "\(incident.from.rfc3339) to \(incident.to.rfc3339)" }

    /// The report as Markdown.
    public var markdown: String {
        var text = "# \(IncidentReport.plain(alert.summary))\n\nAlert \(alert.id), looked at from \(span).\n\n"
        for fact in facts { text += "- **\(fact[0])**: \(IncidentReport.plain(fact[1]))\n" }
        for section in sections {
            text += "\n## \(section.title)\n"
            guard !section.rows.isEmpty else {
                text += "\(section.empty)\n"
                continue
            }
            text += "\n| \(section.head.joined(separator: " | ")) |\n|\(section.head.map { _ in " --- |" }.joined())\n"
            for row in section.rows { text += "| \(row.map(IncidentReport.plain).joined(separator: " | ")) |\n" }
        }
        return text
    }

    /// The report as one page of HTML: no script, nothing from elsewhere, dark where the reader's system is.
    public var html: String {
        let title = IncidentReport.escaped(alert.summary)
        var text = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
            th { font-weight: 600; } svg { max-width: 100%; height: auto; background: #fff; }
            </style></head><body>
            <h1>\(title)</h1>
            <p>Alert \(alert.id), looked at from \(span).</p>

            """
        text += table([], facts)
        let courses = [incident.course] + incident.changes.map(\.course)
        text += SeriesSVG(utcOffset: utcOffset).draw(courses.filter { !$0.points.isEmpty })
        for section in sections {
            text += "<h2>\(section.title)</h2>\n"
            text += section.rows.isEmpty ? "<p>\(section.empty)</p>\n" : table(section.head, section.rows)
        }
        return text + "</body></html>\n"
    }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        var text = "<table>\n"
        if !head.isEmpty { text += "<tr>\(head.map { "<th>\($0)</th>" }.joined())</tr>\n" }
        for row in rows { text += "<tr>\(row.map { "<td>\(IncidentReport.escaped($0))</td>" }.joined())</tr>\n" }
        return text + "</table>\n"
    }

    /// Text from outside for a page: harmless for a terminal, and no markup.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in SafeText(untrusted: text, limit: 2000).oneLine.text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// Text from outside for Markdown: what has a meaning there is written with a backslash.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for character in SafeText(untrusted: text, limit: 2000).oneLine.text {
            if "\\`*_[]<>|#!&".contains(character) { plain.append("\\") }
            plain.append(character)
        }
        return plain
    }
}

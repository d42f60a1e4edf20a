internal import DeskAPI
internal import JSON
internal import Monitoring
internal import Vocabulary

/// The JSON that HTTP receivers and programs get.
struct NoticePayload {
    let message: NoticeMessage
    var isTest = false

    private var text: NoticeText { NoticeText(message: message, isTest: isTest) }

    /// The body in a receiver's format.
    func body(_ format: NoticeReceiver.Format) -> [UInt8] {
        var writer = JSONWriter()
        switch format {
        case .webhook: own(&writer)
        case .slack: slack(&writer)
        case .alertmanagerWebhook: webhook4(&writer)
        case .alertmanager: posted(&writer)
        }
        return writer.bytes
    }

    private func own(_ writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("version", "1")
            writer.field("key", message.key)
            writer.field("receiver", message.receiver)
            writer.field("status", text.isOver ? "resolved" : "firing")
            writer.field("severity", text.severity.rawValue)
            writer.field("title", text.subject)
            writer.name("test")
            writer.bool(isTest)
            writer.name("group")
            writer.object { writer in for label in message.group { writer.field(label.name, label.value) } }
            writer.name("notices")
            writer.array { writer in
                for entry in message.entries {
                    writer.object { writer in
                        writer.field("reason", entry.reason?.rawValue ?? "repeated")
                        writer.name("level")
                        writer.integer(entry.level)
                        writer.field("at", entry.at.rfc3339)
                        writer.name("alert")
                        writer.raw(entry.alert.encoded)
                    }
                }
            }
        }
    }

    /// Slack's incoming webhooks: `&`, `<` and `>` are its only special characters.
    private func slack(_ writer: inout JSONWriter) {
        let colour = text.isOver ? "#2eb886" : text.severity == .critical ? "#d00000" : "#daa038"
        writer.object { writer in
            writer.field("text", NoticePayload.slackText(text.subject))
            writer.name("attachments")
            writer.array { writer in
                writer.object { writer in
                    writer.field("color", colour)
                    writer.field("fallback", NoticePayload.slackText(text.subject))
                    writer.field("text", text.lines.map(NoticePayload.slackText).joined(separator: "\n"))
                }
            }
        }
    }

    /// What Alertmanager sends to webhook receivers, version 4.
    private func webhook4(_ writer: inout JSONWriter) {
        let groupKey = message.group.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",")
        writer.object { writer in
            writer.field("version", "4")
            writer.field("groupKey", "{}:{\(groupKey)}")
            writer.name("truncatedAlerts")
            writer.integer(0)
            writer.field("status", text.isOver ? "resolved" : "firing")
            writer.field("receiver", message.receiver)
            writer.name("groupLabels")
            writer.object { writer in
                for label in message.group { writer.field(NoticePayload.name(label.name), label.value) }
            }
            writer.name("commonLabels")
            writer.object { writer in for (name, value) in common { writer.field(name, value) } }
            writer.name("commonAnnotations")
            writer.object { writer in
                if let first = message.entries.first, message.entries.count == 1 {
                    writer.field("summary", first.alert.summary)
                }
            }
            writer.field("externalURL", "")
            writer.name("alerts")
            writer.array { writer in
                for entry in message.entries {
                    alert(entry, &writer) { $0.field("status", entry.isEnd ? "resolved" : "firing") }
                }
            }
        }
    }

    /// Alertmanager's own `POST /api/v2/alerts`.
    private func posted(_ writer: inout JSONWriter) {
        writer.array { writer in
            for entry in message.entries { alert(entry, &writer) { _ in } }
        }
    }

    private func alert(
        _ entry: NoticeEntry, _ writer: inout JSONWriter, _ more: (inout JSONWriter) -> Void
    ) {
        writer.object { writer in
            more(&writer)
            writer.name("labels")
            writer.object { writer in
                for (name, value) in NoticePayload.labels(entry) { writer.field(name, value) }
                // A test must not become the same alert as a real one.
                if isTest { writer.field("watchdesk_test", "true") }
            }
            writer.name("annotations")
            writer.object { writer in
                writer.field("summary", entry.alert.summary)
                writer.field("reason", entry.reason?.rawValue ?? "repeated")
                if let runbook = entry.alert.runbook { writer.field("runbook_url", runbook) }
            }
            writer.field("startsAt", (entry.alert.firedAt ?? entry.alert.startedAt).rfc3339)
            // Without an end Alertmanager would resolve what still fires after its own timeout.
            let end = entry.isEnd ? entry.alert.resolvedAt ?? entry.at : entry.at + .seconds(isTest ? 60 : 86_400)
            writer.field("endsAt", end.rfc3339)
            writer.field("generatorURL", "")
            writer.field("fingerprint", "watchdesk-\(entry.alert.id)")
        }
    }

    private var common: [(String, String)] {
        guard let first = message.entries.first else { return [] }
        return NoticePayload.labels(first).filter { name, value in
            message.entries.allSatisfy { NoticePayload.labels($0).contains { $0 == (name, value) } }
        }
    }

    /// The labels of an alert under Alertmanager's names, without those that are empty.
    static func labels(_ entry: NoticeEntry) -> [(String, String)] {
        let labels = entry.labels
        let own = NoticeEntry.labelNames.compactMap { name -> (String, String)? in
            guard let value = labels[name], !value.isEmpty else { return nil }
            return (NoticePayload.name(name), value)
        }
        // A rule's label that would be one of these is of less use than they are.
        let taken = Set(own.map(\.0))
        return own
            + entry.alert.labels.filter { !$0.value.isEmpty && !taken.contains($0.name) }.map { ($0.name, $0.value) }
    }

    private static func name(_ name: String) -> String {
        switch name {
        case "rule": "alertname"
        case "host": "instance"
        default: name
        }
    }

    private static func slackText(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

extension JSONWriter {
    fileprivate mutating func field(_ name: String, _ value: String) {
        self.name(name)
        string(value)
    }
}

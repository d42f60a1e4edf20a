import DeskAPI
import JSON
import Testing
import Vocabulary

@testable import Desk
@testable import Monitoring

struct NoticePayloadTests {
    private let at = Timestamp(milliseconds: 1_795_694_400_000)

    private func entry(_ id: Int64, host: String, over: Bool = false) -> NoticeEntry {
        var alert = Alert()
        alert.id = ID(id)
        alert.rule = "cpu-busy"
        alert.host = host
        alert.metric = "cpu.busy"
        alert.category = "system"
        alert.severity = .critical
        alert.summary = "<b>busy</b> & \u{1B}[31mred"
        alert.condition = over ? .resolved : .firing
        alert.startedAt = at
        alert.resolvedAt = over ? at + .seconds(90) : nil
        return NoticeEntry(alert: alert, reason: over ? .resolved : .fired, at: at)
    }

    private func json(_ entries: [NoticeEntry], _ format: NoticeReceiver.Format) throws -> JSONValue {
        let message = NoticeMessage(receiver: "r", key: "k", entries: entries, at: at)
        return try JSONParser.parse(String(decoding: NoticePayload(message: message).body(format), as: UTF8.self))
    }

    @Test func `Slack's special characters and those of terminals are harmless`() throws {
        let json = try json([entry(1, host: "a")], .slack)
        let text = try #require(json["text"]?.text)
        #expect(text.hasPrefix("[CRITICAL] &lt;b&gt;busy&lt;/b&gt; &amp; "))
        #expect(!text.unicodeScalars.contains("\u{1B}"))
    }

    @Test func `a web hook of Alertmanager's form has what is common and each alert`() throws {
        let json = try json([entry(1, host: "a"), entry(2, host: "b", over: true)], .alertmanagerWebhook)
        #expect(json["version"]?.text == "4" && json["status"]?.text == "firing")
        #expect(json["commonLabels"]?["alertname"]?.text == "cpu-busy")
        #expect(json["commonLabels"]?["instance"] == nil)
        #expect(json["alerts"]?.elements?.map { $0["status"]?.text } == ["firing", "resolved"])
        #expect(json["alerts"]?.elements?.map { $0["labels"]?["instance"]?.text } == ["a", "b"])
        #expect(json["alerts"]?.elements?.last?["endsAt"]?.text == (at + .seconds(90)).rfc3339)
        #expect(json["externalURL"] != nil && json["groupKey"] != nil && json["truncatedAlerts"] == .integer(0))
    }

    @Test func `when everything is over, the message says so`() throws {
        let json = try json([entry(1, host: "a", over: true)], .webhook)
        #expect(json["status"]?.text == "resolved" && json["title"]?.text?.hasPrefix("[RESOLVED] ") == true)
        #expect(json["notices"]?.elements?.first?["reason"]?.text == "resolved")
    }
}

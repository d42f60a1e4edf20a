import DeskAPI
import Terminal
import Vocabulary

/// A busy desk at three minutes past two: what a console would be told of it.
enum Desk {
    /// 2026-11-22 14:03:22 UTC.
    static let now = Timestamp(milliseconds: 1_795_356_202_000)

    static func ago(_ seconds: Int64) -> Timestamp { now - .seconds(seconds) }

    static func identity(_ role: DeskAPI.Role) -> Identity {
        var identity = Identity()
        identity.actor = "u:3"
        identity.name = "ana"
        identity.role = role
        identity.scopes = role.scopes.map(\.rawValue).sorted()
        return identity
    }

    static var status: DeskStatus {
        var status = DeskStatus()
        status.waiting = 2
        status.oldestWaitingSince = ago(242)
        status.open = 12
        status.agents = 3
        status.critical = 1
        status.warnings = 1
        status.requestP95 = 412
        status.version = "0.1.0"
        status.startedAt = ago(86_400)
        return status
    }
}

// MARK: Conversations
extension Desk {
    static func conversation(
        _ id: Int64, _ name: String, _ status: Conversation.Status, _ subject: String, last: String,
        updated: Int64, offset: Int64 = 4, change: (inout Conversation) -> Void = { _ in }
    ) -> Conversation {
        var value = Conversation()
        value.id = ID(id)
        value.customer = ID(id + 100)
        value.customerName = name
        value.subject = subject
        value.status = status
        value.owner = status == .assistant ? "assistant" : nil
        value.lastOffset = offset
        value.lastText = last
        value.lastAuthor = .customer
        value.createdAt = ago(updated + 300)
        value.updatedAt = ago(updated)
        change(&value)
        return value
    }

    static let conversations: [Conversation] = [
        conversation(
            42, "Crystal M.", .waiting, "wrong size, wants return", last: "May I talk to a person?", updated: 242
        ) {
            $0.waitingSince = ago(242)
            $0.waitingReason = "asked for a person"
        },
        conversation(43, "José Á.", .waiting, "card charged twice", last: "my card was charged twice", updated: 72) {
            $0.waitingSince = ago(72)
            $0.waitingReason = "low confidence 0.31"
            $0.estimatedRating = 1.64
        },
        conversation(44, "周敏", .assistant, "包裹在哪里", last: "我的包裹在哪里？", updated: 38),
        conversation(45, "anna@example.org", .open, "invoice", last: "thank you, that worked 👍🏽", updated: 9) {
            $0.owner = "u:3"
            $0.ownerName = "ana"
        },
        conversation(
            46, "Eve\u{1b}]52;c;ZXZpbA==\u{7}\u{202e}liam", .assistant, "hi",
            last: "\u{1b}[31mred\u{1b}[0m \u{1b}[2J now you see nothing", updated: 130),
        conversation(47, "Bo", .open, "refund", last: "when do I get the money", updated: 600) {
            $0.owner = "u:5"
            $0.ownerName = "bob"
        },
        conversation(48, "Marta 👩‍👩‍👧", .resolved, "opening hours", last: "thanks!", updated: 1900),
    ]

    static func message(
        _ conversation: Int64, _ offset: Int64, _ author: Message.Author, _ name: String, _ text: String,
        _ secondsAgo: Int64, change: (inout Message) -> Void = { _ in }
    ) -> Message {
        var value = Message()
        value.id = ID(conversation * 1000 + offset)
        value.conversation = ID(conversation)
        value.offset = offset
        value.author = author
        value.authorName = name
        value.text = text
        value.at = ago(secondsAgo)
        change(&value)
        return value
    }

    /// What Crystal and the assistant wrote, with a note of a colleague.
    static let transcript: [Message] = [
        message(42, 1, .customer, "Crystal M.", "Hi! I need to return an item, can you help me with that?", 90_000),
        message(
            42, 2, .assistant, "assistant",
            "Of course. Items can be returned within 90 days.\nWas it bought in the last 90 days?", 320
        ) {
            var details = AnswerDetails()
            details.sources = [.init(title: "Returns", section: "Time limits", path: "returns.md")]
            details.model = "gpt-4o-mini"
            details.promptTokens = 412
            details.answerTokens = 38
            details.isEstimated = true
            details.firstTokenMilliseconds = 380
            details.totalMilliseconds = 1240
            $0.answer = details
        },
        message(
            42, 3, .customer, "Crystal M.", "No, I bought it in November. \u{1b}[2J 靴が小さすぎます 👟 May I talk to a person?",
            250),
        message(42, 4, .system, "", "handed over: the customer asked for a person", 242),
        message(42, 5, .note, "bob", "Manager may waive the limit for bronze customers, see #3377", 200),
    ]
}

// MARK: Alerts and models
extension Desk {
    static func alert(
        _ id: Int64, _ rule: String, _ summary: String, _ severity: Severity, _ condition: Alert.Condition,
        fired: Int64, change: (inout Alert) -> Void = { _ in }
    ) -> Alert {
        var value = Alert()
        value.id = ID(id)
        value.rule = rule
        value.host = "desk-1"
        value.metric = "cpu.busy"
        value.severity = severity
        value.summary = summary
        value.condition = condition
        value.value = 97.2
        value.threshold = 90
        value.clear = 75
        value.unit = .percent
        value.startedAt = ago(fired + 60)
        value.firedAt = condition == .pending ? nil : ago(fired)
        value.revision = 2
        value.updatedAt = ago(fired)
        change(&value)
        return value
    }

    static let alerts: [Alert] = [
        alert(12, "cpu-busy", "CPU busy above 90 % for 1 m", .critical, .firing, fired: 380),
        alert(13, "disk-full", "Disk /data 92 % full", .warning, .firing, fired: 1500) {
            $0.metric = "fs./data.used_percent"
            $0.value = 92.4
            $0.acknowledgedBy = "bob"
            $0.acknowledgedAt = ago(360)
            $0.acknowledgedUntil = now + .seconds(1440)
            $0.note = "moving the backups"
        },
        alert(14, "gateway-slow", "p95 of the gateway above 1 s", .warning, .pending, fired: 12) {
            $0.metric = "gateway.p95"
            $0.unit = .milliseconds
            $0.value = 1240
            $0.threshold = 1000
            $0.clear = 800
        },
        alert(9, "memory-full", "Memory above 95 %", .critical, .resolved, fired: 4000) {
            $0.metric = "memory.used_percent"
            $0.value = 61
            $0.resolvedAt = ago(2400)
        },
    ]

    static let models: [ModelVersion] = [
        model(2, "gpt-4o-mini", "openai") {
            $0.endpoint = "https://api.example.org"
            $0.aliases = ["production"]
            $0.requests = 214
            $0.errors = 3
            $0.promptTokens = 91_200
            $0.answerTokens = 12_480
            $0.estimated = 20
            $0.firstTokenP50 = 380
            $0.firstTokenP95 = 910
            $0.totalP50 = 1240
            $0.totalP95 = 4100
            $0.lastError = "the stream ended in the middle of an event"
        },
        model(1, "knowledge-base", "knowledge-base") {
            $0.aliases = ["fallback"]
            $0.requests = 41
            $0.totalP50 = 12
            $0.totalP95 = 38
        },
    ]

    private static func model(
        _ id: Int64, _ name: String, _ wire: String, change: (inout ModelVersion) -> Void
    ) -> ModelVersion {
        var value = ModelVersion()
        value.id = ID(id)
        value.model = name
        value.wire = wire
        value.createdAt = ago(86_400 * 3)
        value.lastUsedAt = ago(id * 10)
        change(&value)
        return value
    }
}

public import Vocabulary

/// Somebody, or something, that is told of alerts, and how that goes.
public struct NotifyReceiver: Record {
    /// Its name, as in `notify.yaml`.
    public var name = ""
    /// How it is told.
    public var kind = ""
    /// Where it is, without anything secret.
    public var target = ""
    /// Messages that wait to be sent, those that are tried again included.
    public var waiting: Int64 = 0
    /// Messages that were given up.
    public var dead: Int64 = 0
    /// Whether the last attempt succeeded; absent before the first.
    public var isHealthy: Bool?
    /// When it took a message last.
    public var lastSentAt: Timestamp?
    /// Why the newest message that is not sent failed last.
    public var lastFailure: String?

    /// A blank receiver.
    public init() {}

    /// `NotifyReceiver`.
    public static let recordName = "NotifyReceiver"
    /// For the API reference.
    public static let summary = "Somebody, or something, that is told of alerts."
    /// A chat that works.
    public static var example: NotifyReceiver {
        var value = NotifyReceiver()
        value.name = "chat"
        value.kind = "slack"
        value.target = "https://hooks.slack.com"
        value.isHealthy = true
        value.lastSentAt = Timestamp(milliseconds: 1_795_371_601_000)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "Its name, as in notify.yaml.", .length(1...64))
        visitor.field("kind", &kind, "How it is told, such as webhook, slack or email.", .length(1...64))
        visitor.field("target", &target, "Where it is, without anything secret.", .length(0...20_000))
        visitor.field("waiting", &waiting, "Messages that wait to be sent.")
        visitor.field("dead", &dead, "Messages that were given up.")
        visitor.field("healthy", &isHealthy, "Whether the last attempt succeeded; absent before the first.")
        visitor.field("last_sent_at", &lastSentAt, "When it took a message last.")
        visitor.field("last_failure", &lastFailure, "Why the newest unsent message failed last.", .length(0...500))
    }
}

/// One message to one receiver.
public struct NoticeDelivery: Record {
    /// Where a message stands.
    public enum State: String, FieldChoice, Sendable {
        /// It is to be sent.
        case waiting
        /// The receiver took it.
        case sent
        /// It was given up: a dead letter.
        case dead
        /// A person discarded it.
        case discarded
    }

    /// Its number.
    public var id: Int64 = 0
    /// Who is told.
    public var receiver = ""
    /// What it says, in one line.
    public var title = ""
    /// How many alerts it tells of.
    public var count: Int64 = 0
    /// Where it stands.
    public var state = State.waiting
    /// How often it was tried.
    public var attempts: Int64 = 0
    /// The key that is the same for every attempt.
    public var key = ""
    /// When it was made.
    public var createdAt = Timestamp(milliseconds: 0)
    /// When it was tried last.
    public var triedAt: Timestamp?
    /// When it is tried next; only while it waits.
    public var nextAt: Timestamp?
    /// Why the last attempt failed.
    public var fault: String?

    /// A blank message.
    public init() {}

    /// `NoticeDelivery`.
    public static let recordName = "NoticeDelivery"
    /// For the API reference.
    public static let summary = "One message to one receiver."
    /// A dead letter.
    public static var example: NoticeDelivery {
        var value = NoticeDelivery()
        value.id = 7
        value.receiver = "chat"
        value.title = "[WARNING] Processors of desk-1 96 % busy on desk-1"
        value.count = 1
        value.state = .dead
        value.attempts = 1
        value.key = "watchdesk-7f3a-7"
        value.createdAt = Timestamp(milliseconds: 1_795_371_601_000)
        value.triedAt = Timestamp(milliseconds: 1_795_371_602_000)
        value.fault = "it answered with status 404"
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "Its number.")
        visitor.field("receiver", &receiver, "Who is told.", .length(1...64))
        visitor.field("title", &title, "What it says, in one line.", .length(0...2000))
        visitor.field("count", &count, "How many alerts it tells of.")
        visitor.field("state", &state, "Where it stands.")
        visitor.field("attempts", &attempts, "How often it was tried.")
        visitor.field("key", &key, "The key that is the same for every attempt.", .length(1...200))
        visitor.field("created_at", &createdAt, "When it was made.")
        visitor.field("tried_at", &triedAt, "When it was tried last.")
        visitor.field("next_at", &nextAt, "When it is tried next; only while it waits.")
        visitor.field("fault", &fault, "Why the last attempt failed.", .length(0...500))
    }
}

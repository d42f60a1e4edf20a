public import Vocabulary

/// What was true of the desk at one moment of the past.
public struct DeskMoment: Record {
    /// The moment.
    public var at = Timestamp(milliseconds: 0)
    /// What the host measured then, as finely as that is still kept; absent where nothing was measured.
    public var host: Host?
    /// How many seconds the host's values stand for: 1 for a sample, more where only means are kept.
    public var step: Int64 = 1
    /// The alerts that were open then, each as it was.
    public var alerts: [Alert] = []
    /// The conversations that were not resolved then, and those resolved in the hour before, each as it was.
    public var conversations: [Conversation] = []

    /// A blank moment.
    public init() {}

    /// `DeskMoment`.
    public static let recordName = "DeskMoment"
    /// For the API reference.
    public static let summary = "What was true of the desk at one moment of the past."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("at", &at, "The moment.")
        visitor.field("host", &host, "What the host measured then; absent where nothing was measured.")
        visitor.field("step", &step, "How many seconds the host's values stand for.")
        visitor.field("alerts", &alerts, "The alerts that were open then, each as it was.", .length(0...1000))
        visitor.field(
            "conversations", &conversations, "The conversations of that time, each as it was.", .length(0...1000))
    }

    /// A moment with a host and an alert.
    public static var example: DeskMoment {
        var value = DeskMoment()
        value.at = Timestamp(milliseconds: 1_795_371_601_000)
        value.host = .example
        value.alerts = [.example]
        value.conversations = [.example]
        return value
    }
}

/// Asks what was true at a moment of the past.
public struct ShowMoment: Record {
    /// The moment.
    public var at = Timestamp(milliseconds: 0)
    /// The host; absent means the gateway's own.
    public var host: String?

    /// A blank request.
    public init() {}

    /// A request for a moment.
    public init(at: Timestamp, host: String? = nil) {
        self.at = at
        self.host = host
    }

    /// `ShowMoment`.
    public static let recordName = "ShowMoment"
    /// For the API reference.
    public static let summary = "Asks what was true at a moment of the past."
    /// A moment.
    public static let example = ShowMoment(at: Timestamp(milliseconds: 1_795_371_601_000))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("at", &at, "The moment.")
        visitor.field("host", &host, "The host; absent means the gateway's own.")
    }
}

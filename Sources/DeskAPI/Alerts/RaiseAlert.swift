public import Vocabulary

/// Raises an alert from outside of the rules, or says that it still holds, or that it is over.
public struct RaiseAlert: Record {
    /// What happened, such as `backup-failed`: lower-case letters, digits, `-`, `_` and `.`.
    public var name = ""
    /// The host it is about; the gateway's own unless given.
    public var host: String?
    /// What is wrong, one line for people.
    public var summary = ""
    /// How much it needs a person.
    public var severity = Severity.warning
    /// `system`, `service`, `model`, `security`, `conversation` or `custom`.
    public var category = "custom"
    /// What is said about it by name; the same name, host and labels are the same alert.
    public var labels: [AlertLabel] = []
    /// What to do about it.
    public var runbook: String?
    /// It is over by itself when it is not raised again for so many minutes.
    public var minutes: Int64 = 60
    /// It is over then unless it is raised again, instead of ``minutes``; a moment that has passed is the end.
    public var until: Timestamp?
    /// It is over now.
    public var over = false
    /// Where it comes from.
    public var source = Alert.Source.event

    /// A blank request.
    public init() {}

    /// `RaiseAlert`.
    public static let recordName = "RaiseAlert"
    /// For the API reference.
    public static let summary = "Raises an alert from outside of the rules, or says that it is over."
    /// A backup that failed.
    public static var example: RaiseAlert {
        var value = RaiseAlert()
        value.name = "backup-failed"
        value.summary = "the nightly backup of db-1 failed: no space left"
        value.severity = .critical
        value.labels = [.example]
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "What happened, such as backup-failed.", .length(1...64))
        visitor.field("host", &host, "The host it is about; the gateway's own unless given.", .length(1...255))
        visitor.field("summary", &summary, "What is wrong, one line.", .length(1...400))
        visitor.field("severity", &severity, "How much it needs a person.", .natural, .defaulted)
        visitor.field("category", &category, "Whom it concerns.", .length(1...20), .defaulted)
        visitor.field("labels", &labels, "What is said about it by name.", .length(0...64), .defaulted)
        visitor.field("runbook", &runbook, "What to do about it.", .length(1...500))
        visitor.field(
            "minutes", &minutes, "It is over when it is not raised again for so long.", .range(1...10_080), .defaulted)
        visitor.field("until", &until, "It is over then unless it is raised again; instead of minutes.")
        visitor.field("over", &over, "It is over now.", .natural, .defaulted)
        visitor.field("source", &source, "event or alertmanager.", .natural, .defaulted)
    }
}

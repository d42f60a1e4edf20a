public import Vocabulary

/// One episode of a rule being broken, from pending to resolved.
public struct Alert: Record {
    /// Where the episode stands.
    public enum Condition: String, FieldChoice, Sendable {
        /// Broken, but not yet for long enough.
        case pending
        /// Broken for long enough: a person must look.
        case firing
        /// No longer broken, but not yet for long enough.
        case recovering
        /// Over.
        case resolved
    }

    /// Why nobody is called although it fires; its condition goes on all the same.
    public enum Suppression: String, FieldChoice, Sendable {
        /// People are called.
        case none
        /// Somebody silenced it.
        case silenced
        /// A graver alert about the same metric of the same host fires, or one that the rules name.
        case inhibited
        /// A maintenance window of the rules file covers it.
        case maintenance
    }

    /// Where it comes from.
    public enum Source: String, FieldChoice, Sendable {
        /// One of the desk's rules about a metric.
        case rule
        /// The desk itself or somebody who raised it through the API.
        case event
        /// Prometheus, or whoever speaks Alertmanager's API.
        case alertmanager
    }

    /// The number of the episode.
    public var id = ID<Alert>(0)
    /// The rule that is broken.
    public var rule = ""
    /// The host it is about.
    public var host = ""
    /// The metric the rule watches.
    public var metric = ""
    /// How much it needs a person.
    public var severity = Severity.warning
    /// `system`, `service`, `model`, `security`, `conversation` or `custom`.
    public var category = "system"
    /// What is wrong, one line for people.
    public var summary = ""
    /// Where it stands.
    public var condition = Condition.pending
    /// The newest value of the metric.
    public var value: Double?
    /// The value beyond which it fires.
    public var threshold: Double = 0
    /// The value at which it clears again.
    public var clear: Double = 0
    /// Whether it fires above the threshold rather than below.
    public var firesAbove = true
    /// The unit of value, threshold and clear.
    public var unit = MetricUnit.count
    /// Since when the rule is broken.
    public var startedAt = Timestamp(milliseconds: 0)
    /// Since when it fires.
    public var firedAt: Timestamp?
    /// When it was over.
    public var resolvedAt: Timestamp?
    /// Who acknowledged it, for people.
    public var acknowledgedBy: String?
    /// When it was acknowledged.
    public var acknowledgedAt: Timestamp?
    /// Until when the acknowledgment holds.
    public var acknowledgedUntil: Timestamp?
    /// Why it was acknowledged.
    public var note: String?
    /// Why nobody is called.
    public var suppression = Suppression.none
    /// The number of the silence, or the rule of the graver alert.
    public var suppressedBy: String?
    /// When that ends.
    public var suppressedUntil: Timestamp?
    /// Whether it goes back and forth too often: people were told so, and are not called for each time.
    public var flapping = false
    /// How often it fired again in the last quarter of an hour.
    public var flaps: Int64 = 0
    /// Where it comes from.
    public var source = Source.rule
    /// What the rule, or whoever raised it, says about it by name.
    public var labels: [AlertLabel] = []
    /// What to do about it: an address or a line of text.
    public var runbook: String?
    /// Who is to take care of it, for people.
    public var assignedTo: String?
    /// How often the next in line was called, since nobody acknowledged it.
    public var level: Int64 = 0
    /// The episode before this one.
    public var previous: ID<Alert>?
    /// Who ended it by hand.
    public var resolvedBy: String?
    /// Grows with every change; a request may name the one it saw.
    public var revision: Int64 = 0
    /// When it last changed.
    public var updatedAt = Timestamp(milliseconds: 0)

    /// A blank alert.
    public init() {}

    /// `Alert`.
    public static let recordName = "Alert"
    /// For the API reference.
    public static let summary = "One episode of a rule being broken."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The number of the episode.")
        visitor.field("rule", &rule, "The rule that is broken.")
        visitor.field("host", &host, "The host it is about.")
        visitor.field("metric", &metric, "The metric the rule watches.", .length(0...1024))
        visitor.field("severity", &severity, "How much it needs a person.")
        visitor.field("category", &category, "system, service, model, security, conversation or custom.")
        visitor.field("summary", &summary, "What is wrong, one line.", .length(0...500))
        visitor.field("condition", &condition, "Where it stands.")
        visitor.field("value", &value, "The newest value of the metric.")
        visitor.field("threshold", &threshold, "The value beyond which it fires.")
        visitor.field("clear", &clear, "The value at which it clears again.")
        visitor.field("fires_above", &firesAbove, "Whether it fires above the threshold rather than below.")
        visitor.field("unit", &unit, "The unit of value, threshold and clear.")
        visitor.field("started_at", &startedAt, "Since when the rule is broken.")
        visitor.field("fired_at", &firedAt, "Since when it fires.")
        visitor.field("resolved_at", &resolvedAt, "When it was over.")
        visitor.field("acknowledged_by", &acknowledgedBy, "Who acknowledged it.")
        visitor.field("acknowledged_at", &acknowledgedAt, "When it was acknowledged.")
        visitor.field("acknowledged_until", &acknowledgedUntil, "Until when the acknowledgment holds.")
        visitor.field("note", &note, "Why it was acknowledged, or ended by hand.", .length(0...500))
        visitor.field("suppression", &suppression, "Why nobody is called.", .natural, .defaulted)
        visitor.field(
            "suppressed_by", &suppressedBy, "The number of the silence, or the graver rule.", .length(0...100))
        visitor.field("suppressed_until", &suppressedUntil, "When that ends.")
        visitor.field("flapping", &flapping, "Whether it goes back and forth too often.", .natural, .defaulted)
        visitor.field("flaps", &flaps, "How often it fired again in 15 minutes.", .range(0...100_000), .defaulted)
        visitor.field("source", &source, "Where it comes from.", .natural, .defaulted)
        visitor.field("labels", &labels, "What is said about it by name.", .length(0...64), .defaulted)
        visitor.field("runbook", &runbook, "What to do about it.", .length(0...500))
        visitor.field("assigned_to", &assignedTo, "Who is to take care of it.", .length(1...100))
        visitor.field("level", &level, "How often the next in line was called.", .range(0...100), .defaulted)
        visitor.field("previous", &previous, "The episode before this one.")
        visitor.field("resolved_by", &resolvedBy, "Who ended it by hand.")
        visitor.field("revision", &revision, "Grows with every change.")
        visitor.field("updated_at", &updatedAt, "When it last changed.")
    }

    /// A disk that fills up.
    public static var example: Alert {
        var value = Alert()
        value.id = ID(12)
        value.rule = "cpu-busy"
        value.host = "desk-1"
        value.metric = "cpu.busy"
        value.severity = .critical
        value.summary = "CPU busy above 90 % for 1 m"
        value.condition = .firing
        value.value = 97.2
        value.threshold = 90
        value.clear = 75
        value.unit = .percent
        value.startedAt = Timestamp(milliseconds: 1_795_371_541_000)
        value.firedAt = Timestamp(milliseconds: 1_795_371_601_000)
        value.revision = 2
        value.updatedAt = Timestamp(milliseconds: 1_795_371_601_000)
        return value
    }

    /// Whether the episode is over.
    public var isOpen: Bool { condition != .resolved }
    /// Whether somebody has taken responsibility.
    public var isAcknowledged: Bool { acknowledgedBy != nil }
}

extension Severity: FieldChoice {}

public import Vocabulary

/// What happened around an alert: its metric, what else changed at the same time, and what was done to the desk.
public struct Incident: Record {
    /// The alert with its audit and earlier episodes.
    public var history = AlertHistory()
    /// The first moment that was looked at.
    public var from = Timestamp(milliseconds: 0)
    /// The last.
    public var to = Timestamp(milliseconds: 0)
    /// The course of the alert's metric.
    public var course = MetricSeries()
    /// Other metrics of the same host whose level changed when the alert began, the clearest change first.
    public var changes: [MetricChange] = []
    /// Deployments, changes, restarts and other alerts of that time, oldest first.
    public var occurrences: [Occurrence] = []
    /// Customers who were answered slowly, by the knowledge base instead of the language model, or had to wait for a
    /// person in that time; oldest first, at most 50.
    public var conversations: [TouchedConversation] = []

    /// A blank incident.
    public init() {}

    /// `Incident`.
    public static let recordName = "Incident"
    /// For the API reference.
    public static let summary = "What happened around an alert."
    /// One without any other change.
    public static var example: Incident {
        var value = Incident()
        value.history = .example
        value.from = Timestamp(milliseconds: 1_795_369_801_000)
        value.to = Timestamp(milliseconds: 1_795_373_401_000)
        value.course = .example
        value.changes = [.example]
        value.occurrences = [.example]
        value.conversations = [.example]
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("history", &history, "The alert with its audit and earlier episodes.")
        visitor.field("from", &from, "The first moment that was looked at.")
        visitor.field("to", &to, "The last.")
        visitor.field("course", &course, "The course of the alert's metric.")
        visitor.field("changes", &changes, "Other metrics that changed then, the clearest first.", .length(0...100))
        visitor.field("occurrences", &occurrences, "What else happened, oldest first.", .length(0...1000))
        visitor.field(
            "conversations", &conversations, "Customers who felt it, oldest first.", .length(0...200), .defaulted)
    }
}

/// A metric whose level changed at a moment.
public struct MetricChange: Record {
    /// The median before.
    public var before = 0.0
    /// The median after.
    public var after = 0.0
    /// The difference of the medians in units of the usual spread; 4 and more are listed.
    public var score = 0.0
    /// The metric's course.
    public var course = MetricSeries()

    /// A blank change.
    public init() {}

    /// `MetricChange`.
    public static let recordName = "MetricChange"
    /// For the API reference.
    public static let summary = "A metric whose level changed at a moment."
    /// A disk that became busy.
    public static var example: MetricChange {
        var value = MetricChange()
        value.before = 3
        value.after = 88
        value.score = 21
        value.course = .example
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("before", &before, "The median before.")
        visitor.field("after", &after, "The median after.")
        visitor.field("score", &score, "The difference of the medians in units of the usual spread.")
        visitor.field("course", &course, "The metric's course.")
    }
}

public import Vocabulary

/// Something that happened at the desk and may explain what charts show.
public struct Occurrence: Record {
    /// What kind of thing happened.
    public enum Kind: String, FieldChoice, CaseIterable, Sendable {
        /// A version of the assistant was put to work.
        case deployment
        /// An alert began to fire.
        case alert
        /// Somebody took responsibility for an alert.
        case acknowledgment
        /// An alert was over.
        case recovery
        /// The gateway started.
        case restart
        /// Keys, articles or settings were changed.
        case configuration
        /// Somebody was shut out.
        case ban
    }

    /// When it happened.
    public var at = Timestamp(milliseconds: 0)
    /// What kind of thing it is.
    public var kind = Kind.alert
    /// One line for people.
    public var title = ""
    /// What it is about, such as `alert:12`.
    public var subject = ""

    /// A blank occurrence.
    public init() {}

    /// Something that happened.
    public init(at: Timestamp, kind: Kind, title: String, subject: String) {
        self.at = at
        self.kind = kind
        self.title = title
        self.subject = subject
    }

    /// `Occurrence`.
    public static let recordName = "Occurrence"
    /// For the API reference.
    public static let summary = "Something that happened at the desk."
    /// An alert.
    public static let example = Occurrence(
        at: Timestamp(milliseconds: 1_795_371_601_000), kind: .alert, title: "CPU busy above 90 % for 1 m",
        subject: "alert:12")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("at", &at, "When it happened.")
        visitor.field("kind", &kind, "What kind of thing it is.")
        visitor.field("title", &title, "One line for people.", .length(0...600))
        visitor.field("subject", &subject, "What it is about, such as alert:12.")
    }
}

/// Which occurrences to list.
public struct ListOccurrences: Record {
    /// From when; absent means an hour before `to`.
    public var from: Timestamp?
    /// Until when; absent means now.
    public var to: Timestamp?
    /// At most so many, the newest of the span.
    public var limit: Int64 = 500

    /// A blank request.
    public init() {}

    /// `ListOccurrences`.
    public static let recordName = "ListOccurrences"
    /// For the API reference.
    public static let summary = "Which occurrences to list."
    /// The last hour.
    public static let example = ListOccurrences()

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("from", &from, "From when; absent means an hour before to.")
        visitor.field("to", &to, "Until when; absent means now.")
        visitor.field("limit", &limit, "At most so many, the newest of the span.", .range(1...1000), .defaulted)
    }
}

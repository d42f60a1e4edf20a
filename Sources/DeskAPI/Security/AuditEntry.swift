public import Vocabulary

/// One row of the audit trail; each row's hash covers the row before, so that an edit is noticed.
public struct AuditEntry: Record {
    /// Its place in the trail: 1, 2, 3 … without gaps.
    public var sequence: Int64 = 0
    /// When it was written.
    public var at = Timestamp(milliseconds: 0)
    /// Who did it, such as `u:3`.
    public var actor = ""
    /// The name of who did it.
    public var actorName = ""
    /// What was done, such as `alert.acknowledge`.
    public var action = ""
    /// To what, such as `alert:12`.
    public var subject = ""
    /// Anything more, for people.
    public var detail = ""
    /// SHA-256 over this row and the hash of the one before, in hexadecimal.
    public var hash = ""

    /// A blank entry.
    public init() {}

    /// `AuditEntry`.
    public static let recordName = "AuditEntry"
    /// For the API reference.
    public static let summary = "One row of the audit trail."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("sequence", &sequence, "Its place in the trail.")
        visitor.field("at", &at, "When it was written.")
        visitor.field("actor", &actor, "Who did it, such as u:3.")
        visitor.field("actor_name", &actorName, "The name of who did it.", .length(0...200))
        visitor.field("action", &action, "What was done, such as alert.acknowledge.")
        visitor.field("subject", &subject, "To what, such as alert:12.")
        visitor.field("detail", &detail, "Anything more, for people.", .length(0...2000))
        visitor.field("hash", &hash, "SHA-256 over this row and the hash of the one before.")
    }

    /// An acknowledgment.
    public static var example: AuditEntry {
        var value = AuditEntry()
        value.sequence = 118
        value.at = Timestamp(milliseconds: 1_795_371_601_000)
        value.actor = "u:3"
        value.actorName = "ana"
        value.action = "alert.acknowledge"
        value.subject = "alert:12"
        value.detail = "30 minutes: restarting the import"
        value.hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        return value
    }
}

/// Which rows of the audit trail to list.
public struct ListAudit: Record {
    /// Only rows before this sequence; absent means the newest.
    public var before: Int64?
    /// At most so many, newest first.
    public var limit: Int64 = 100

    /// A blank request.
    public init() {}

    /// `ListAudit`.
    public static let recordName = "ListAudit"
    /// For the API reference.
    public static let summary = "Which rows of the audit trail to list."
    /// The newest.
    public static let example = ListAudit()

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("before", &before, "Only rows before this sequence.", .range(1...(1 << 53)))
        visitor.field("limit", &limit, "At most so many, newest first.", .range(1...1000), .defaulted)
    }
}

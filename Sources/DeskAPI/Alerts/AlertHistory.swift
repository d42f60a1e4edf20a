/// An alert with what happened before it and what was done about it.
public struct AlertHistory: Record {
    /// The alert.
    public var alert = Alert()
    /// Earlier episodes of the same rule, host and metric, newest first, at most 50.
    public var earlier: [Alert] = []
    /// What the audit trail says about the alert, oldest first, at most the newest 200.
    public var audit: [AuditEntry] = []

    /// A blank history.
    public init() {}

    /// An alert with its past.
    public init(_ alert: Alert, earlier: [Alert], audit: [AuditEntry]) {
        self.alert = alert
        self.earlier = earlier
        self.audit = audit
    }

    /// `AlertHistory`.
    public static let recordName = "AlertHistory"
    /// For the API reference.
    public static let summary = "An alert, its earlier episodes, and what was done about it."
    /// One that was acknowledged.
    public static let example = AlertHistory(.example, earlier: [], audit: [.example])

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("alert", &alert, "The alert.")
        visitor.field("earlier", &earlier, "Earlier episodes of the same rule, host and metric, newest first.")
        visitor.field("audit", &audit, "What the audit trail says about it, oldest first.")
    }
}

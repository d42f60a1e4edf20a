public import Vocabulary

/// Which alerts to list.
public struct ListAlerts: Record {
    /// Also those that were resolved lately.
    public var resolved = true
    /// At most so many, newest first.
    public var limit: Int64 = 200

    /// A blank request.
    public init() {}

    /// `ListAlerts`.
    public static let recordName = "ListAlerts"
    /// For the API reference.
    public static let summary = "Which alerts to list."
    /// All.
    public static let example = ListAlerts()

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("resolved", &resolved, "Also those that were resolved lately.", .natural, .defaulted)
        visitor.field("limit", &limit, "At most so many, newest first.", .range(1...1000), .defaulted)
    }
}

/// Takes responsibility for a firing alert for some time.
public struct AcknowledgeAlert: Record {
    /// The alert.
    public var id = ID<Alert>(0)
    /// Why, for colleagues.
    public var note = ""
    /// For how many minutes; afterwards it calls again.
    public var minutes: Int64 = 30
    /// The revision the caller saw; a newer one refuses the request.
    public var revision: Int64?
    /// Takes it over from whoever acknowledged it before.
    public var take = false
    /// Holds an acknowledgment of one's own for longer, from now on.
    public var extend = false

    /// A blank request.
    public init() {}

    /// An acknowledgment.
    public init(_ id: ID<Alert>, note: String, minutes: Int64 = 30, revision: Int64? = nil) {
        self.id = id
        self.note = note
        self.minutes = minutes
        self.revision = revision
    }

    /// `AcknowledgeAlert`.
    public static let recordName = "AcknowledgeAlert"
    /// For the API reference.
    public static let summary = "Takes responsibility for a firing alert."
    /// For half an hour.
    public static let example = AcknowledgeAlert(ID(12), note: "restarting the import", minutes: 30)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The alert.")
        visitor.field("note", &note, "Why, for colleagues.", .length(0...500), .defaulted)
        visitor.field("minutes", &minutes, "For how many minutes.", .range(1...10_080), .defaulted)
        visitor.field("revision", &revision, "The revision the caller saw; a newer one refuses the request.")
        visitor.field("take", &take, "Takes it over from whoever acknowledged it before.", .natural, .defaulted)
        visitor.field("extend", &extend, "Holds one's own for longer, from now on.", .natural, .defaulted)
    }
}

/// Names an alert.
public struct AlertReference: Record {
    /// The alert.
    public var id = ID<Alert>(0)

    /// A blank reference.
    public init() {}

    /// A reference to an alert.
    public init(_ id: ID<Alert>) {
        self.id = id
    }

    /// `AlertReference`.
    public static let recordName = "AlertReference"
    /// For the API reference.
    public static let summary = "Names an alert."
    /// Alert 12.
    public static let example = AlertReference(ID(12))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The alert.")
    }
}

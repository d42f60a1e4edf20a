public import Vocabulary

/// Gives an acknowledgment up.
public struct UnacknowledgeAlert: Record {
    /// The alert.
    public var id = ID<Alert>(0)
    /// Why, for colleagues and the audit trail.
    public var reason = ""

    /// A blank request.
    public init() {}

    /// A request.
    public init(_ id: ID<Alert>, reason: String = "") {
        self.id = id
        self.reason = reason
    }

    /// `UnacknowledgeAlert`.
    public static let recordName = "UnacknowledgeAlert"
    /// For the API reference.
    public static let summary = "Gives an acknowledgment up."
    /// With a reason.
    public static let example = UnacknowledgeAlert(ID(12), reason: "the wrong host")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The alert.")
        visitor.field("reason", &reason, "Why, for colleagues.", .length(0...500), .defaulted)
    }
}

/// Ends an alert by hand.
public struct ResolveAlert: Record {
    /// The alert.
    public var id = ID<Alert>(0)
    /// What was found, for whoever reads it later.
    public var note = ""
    /// The revision the caller saw; a newer one refuses the request.
    public var revision: Int64?

    /// A blank request.
    public init() {}

    /// A request.
    public init(_ id: ID<Alert>, note: String) {
        self.id = id
        self.note = note
    }

    /// `ResolveAlert`.
    public static let recordName = "ResolveAlert"
    /// For the API reference.
    public static let summary = "Ends an alert by hand; it fires again only after its value was good once."
    /// With a note.
    public static let example = ResolveAlert(ID(12), note: "a test of the backup, nothing is broken")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The alert.")
        visitor.field("note", &note, "What was found.", .length(1...500))
        visitor.field("revision", &revision, "The revision the caller saw; a newer one refuses the request.")
    }
}

/// Says who is to take care of an alert.
public struct AssignAlert: Record {
    /// The alert.
    public var id = ID<Alert>(0)
    /// Who, for people; empty for nobody.
    public var to = ""
    /// Why, for colleagues.
    public var note = ""

    /// A blank request.
    public init() {}

    /// A request.
    public init(_ id: ID<Alert>, to name: String, note: String = "") {
        self.id = id
        to = name
        self.note = note
    }

    /// `AssignAlert`.
    public static let recordName = "AssignAlert"
    /// For the API reference.
    public static let summary = "Says who is to take care of an alert."
    /// To Ana.
    public static let example = AssignAlert(ID(12), to: "ana", note: "it is her import")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The alert.")
        visitor.field("to", &to, "Who, for people; empty for nobody.", .length(0...100))
        visitor.field("note", &note, "Why, for colleagues.", .length(0...500), .defaulted)
    }
}

/// Takes responsibility for several alerts; each is decided by itself.
public struct AcknowledgeAlerts: Record {
    /// The alerts.
    public var ids: [ID<Alert>] = []
    /// Why, for colleagues.
    public var note = ""
    /// For how many minutes; afterwards they call again.
    public var minutes: Int64 = 30
    /// Takes them over from whoever acknowledged them before.
    public var take = false
    /// Holds acknowledgments of one's own for longer, from now on.
    public var extend = false

    /// A blank request.
    public init() {}

    /// A request.
    public init(_ ids: [ID<Alert>], note: String, minutes: Int64 = 30) {
        self.ids = ids
        self.note = note
        self.minutes = minutes
    }

    /// `AcknowledgeAlerts`.
    public static let recordName = "AcknowledgeAlerts"
    /// For the API reference.
    public static let summary = "Takes responsibility for several alerts."
    /// Two for half an hour.
    public static let example = AcknowledgeAlerts([ID(12), ID(13)], note: "restarting the import")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("ids", &ids, "The alerts.", .length(1...200))
        visitor.field("note", &note, "Why, for colleagues.", .length(0...500), .defaulted)
        visitor.field("minutes", &minutes, "For how many minutes.", .range(1...10_080), .defaulted)
        visitor.field("take", &take, "Takes them over from whoever had them.", .natural, .defaulted)
        visitor.field("extend", &extend, "Holds one's own for longer, from now on.", .natural, .defaulted)
    }
}

/// What became of one of several alerts.
public struct AlertOutcome: Record {
    /// The alert.
    public var id = ID<Alert>(0)
    /// The alert as it is then; `nil` when it was refused.
    public var alert: Alert?
    /// Why it was refused, as in `code` of a problem.
    public var code: String?
    /// The same for people.
    public var detail: String?

    /// A blank outcome.
    public init() {}

    /// `AlertOutcome`.
    public static let recordName = "AlertOutcome"
    /// For the API reference.
    public static let summary = "What became of one of several alerts."
    /// One that was refused.
    public static var example: AlertOutcome {
        var value = AlertOutcome()
        value.id = ID(13)
        value.code = "already-acknowledged"
        value.detail = "alert 13 is acknowledged by ben"
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The alert.")
        visitor.field("alert", &alert, "The alert as it is then; absent when it was refused.")
        visitor.field("code", &code, "Why it was refused, as in `code` of a problem.")
        visitor.field("detail", &detail, "The same for people.", .length(0...1000))
    }
}

public import Vocabulary

/// Keeps matching alerts from calling anybody for some time; they go on firing, and are shown as silenced.
public struct Silence: Record {
    /// The most matchers of one silence.
    public static let mostMatchers = 20

    /// The silence's number.
    public var id = ID<Silence>(0)
    /// What it matches, in Alertmanager's notation, such as `host=~"db-.*"`; an alert must match all of them.
    public var matchers: [String] = []
    /// Why.
    public var comment = ""
    /// Who made it.
    public var author = ""
    /// When it was made.
    public var createdAt = Timestamp(milliseconds: 0)
    /// From when on.
    public var startsAt = Timestamp(milliseconds: 0)
    /// Until when.
    public var endsAt = Timestamp(milliseconds: 0)
    /// Who ended it early.
    public var expiredBy: String?

    /// A blank silence.
    public init() {}

    /// `Silence`.
    public static let recordName = "Silence"
    /// For the API reference.
    public static let summary = "Keeps matching alerts from calling anybody for some time."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The silence's number.")
        visitor.field("matchers", &matchers, "What it matches; all of them must.", .length(1...Silence.mostMatchers))
        visitor.field("comment", &comment, "Why.", .length(1...500))
        visitor.field("author", &author, "Who made it.", .length(0...200))
        visitor.field("created_at", &createdAt, "When it was made.")
        visitor.field("starts_at", &startsAt, "From when on.")
        visitor.field("ends_at", &endsAt, "Until when.")
        visitor.field("expired_by", &expiredBy, "Who ended it early.", .length(0...200))
    }

    /// Two hours for one host.
    public static var example: Silence {
        var value = Silence()
        value.id = ID(4)
        value.matchers = ["host=\"desk-1\""]
        value.comment = "replacing its disk"
        value.author = "ana"
        value.createdAt = Timestamp(milliseconds: 1_795_371_601_000)
        value.startsAt = value.createdAt
        value.endsAt = Timestamp(milliseconds: 1_795_378_801_000)
        return value
    }

    /// Whether it holds at a moment of the wall clock.
    public func isActive(at moment: Timestamp) -> Bool { startsAt <= moment && moment < endsAt }
}

/// Silences what matches.
public struct CreateSilence: Record {
    /// What it matches; an alert must match all of them.
    public var matchers: [String] = []
    /// Why.
    public var comment = ""
    /// For how many minutes.
    public var minutes: Int64 = 120
    /// From when on; now unless given.
    public var startsAt: Timestamp?

    /// A blank request.
    public init() {}

    /// A silence from now on.
    public init(_ matchers: [String], comment: String, minutes: Int64 = 120) {
        self.matchers = matchers
        self.comment = comment
        self.minutes = minutes
    }

    /// `CreateSilence`.
    public static let recordName = "CreateSilence"
    /// For the API reference.
    public static let summary = "Silences what matches."
    /// Two hours for one host.
    public static let example = CreateSilence(["host=\"desk-1\""], comment: "replacing its disk")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field(
            "matchers", &matchers, "What it matches, such as host=desk-1; all of them must.",
            .length(1...Silence.mostMatchers))
        visitor.field("comment", &comment, "Why.", .length(1...500))
        visitor.field("minutes", &minutes, "For how many minutes.", .range(1...525_600), .defaulted)
        visitor.field("starts_at", &startsAt, "From when on; now unless given.")
    }
}

/// Asks what a silence would hide.
public struct PreviewSilence: Record {
    /// What it would match.
    public var matchers: [String] = []

    /// A blank request.
    public init() {}

    /// A question about matchers.
    public init(_ matchers: [String]) {
        self.matchers = matchers
    }

    /// `PreviewSilence`.
    public static let recordName = "PreviewSilence"
    /// For the API reference.
    public static let summary = "Asks what a silence would hide."
    /// One host.
    public static let example = PreviewSilence(["host=\"desk-1\""])

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field(
            "matchers", &matchers, "What it would match; all of them must.", .length(1...Silence.mostMatchers))
    }
}

/// Which silences to list.
public struct ListSilences: Record {
    /// Also those that are over.
    public var expired = false

    /// A blank request.
    public init() {}

    /// `ListSilences`.
    public static let recordName = "ListSilences"
    /// For the API reference.
    public static let summary = "Which silences to list."
    /// Those that hold or will.
    public static let example = ListSilences()

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("expired", &expired, "Also those that are over.", .natural, .defaulted)
    }
}

/// Names a silence.
public struct SilenceReference: Record {
    /// The silence.
    public var id = ID<Silence>(0)

    /// A blank reference.
    public init() {}

    /// A reference to a silence.
    public init(_ id: ID<Silence>) {
        self.id = id
    }

    /// `SilenceReference`.
    public static let recordName = "SilenceReference"
    /// For the API reference.
    public static let summary = "Names a silence."
    /// Silence 4.
    public static let example = SilenceReference(ID(4))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The silence.")
    }
}

public import Vocabulary

/// Whether anybody of the staff is there to answer, as the desk knows it at this moment.
public struct Attendance: Record {
    /// Whether somebody is there: a console or a device that said so, or somebody who takes conversations as they come.
    public var attended = false
    /// Whether the desk is open by its business hours.
    public var open = true
    /// When it opens again; absent while it is open, and when it never does.
    public var opensAt: Timestamp?

    /// Nobody.
    public init() {}

    /// `Attendance`.
    public static let recordName = "Attendance"
    /// For the API reference.
    public static let summary = "Whether anybody of the staff is there to answer at this moment."
    /// A night.
    public static var example: Attendance {
        var value = Attendance()
        (value.open, value.opensAt) = (false, Timestamp(milliseconds: 1_795_507_200_000))
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("attended", &attended, "Whether somebody of the staff is there.")
        visitor.field("open", &open, "Whether the desk is open by its business hours.")
        visitor.field("opens_at", &opensAt, "When it opens again.")
    }
}

/// Says how a customer can be reached when nobody is there to answer.
public struct LeaveContact: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// A mail address.
    public var mail: String?
    /// A phone number.
    public var phone: String?

    /// A blank request.
    public init() {}

    /// How the customer of a conversation can be reached.
    public init(_ id: ID<Conversation>, mail: String? = nil, phone: String? = nil) {
        (self.id, self.mail, self.phone) = (id, mail, phone)
    }

    /// `LeaveContact`.
    public static let recordName = "LeaveContact"
    /// For the API reference.
    public static let summary = "Says how a customer can be reached when nobody is there to answer."
    /// By mail.
    public static let example = LeaveContact(ID(42), mail: "crystal@example.org")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("mail", &mail, "A mail address.", .length(3...254))
        visitor.field("phone", &phone, "A phone number.", .length(3...40))
    }
}

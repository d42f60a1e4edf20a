public import Vocabulary

/// Something that one person of the staff has to know; it calls until they acknowledge it.
public struct StaffNotification: Record {
    /// Why somebody is told.
    public enum Kind: String, FieldChoice, Sendable {
        /// A colleague named them in a note.
        case mention
        /// A conversation was given to them.
        case assigned
        /// A customer of theirs waits longer than the target.
        case late
    }

    /// Names the notification.
    public var id = ID<StaffNotification>(0)
    /// Who is told, such as `u:3`.
    public var user = ""
    /// Its place among those of the same person, from 1.
    public var offset: Int64 = 0
    /// Why.
    public var kind = Kind.mention
    /// How much it presses.
    public var priority = Conversation.Priority.normal
    /// The conversation it is about.
    public var conversation = ID<Conversation>(0)
    /// The place of the message it is about, if it is about one.
    public var message: Int64?
    /// Who caused it.
    public var from = ""
    /// What it is about, in a few words.
    public var text = ""
    /// When it came.
    public var at = Timestamp(milliseconds: 0)
    /// When it was acknowledged.
    public var acknowledgedAt: Timestamp?

    /// A blank notification.
    public init() {}

    /// `StaffNotification`.
    public static let recordName = "StaffNotification"
    /// For the API reference.
    public static let summary = "Something that one person of the staff has to know, until they acknowledge it."
    /// A colleague asks for help.
    public static var example: StaffNotification {
        var value = StaffNotification()
        (value.id, value.user, value.offset, value.conversation) = (ID(9), "u:3", 4, ID(42))
        (value.from, value.text, value.message) = ("ben", "@ana can you look at the refund?", 7)
        value.at = Timestamp(milliseconds: 1_790_000_000_000)
        return value
    }

    /// The most characters of ``text``.
    public static let textLimit = 200

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "Names the notification.")
        visitor.field("user", &user, "Who is told, such as u:3.", .length(0...100))
        visitor.field("offset", &offset, "Its place among those of the same person.", .range(0...(1 << 53)))
        visitor.field("kind", &kind, "Why.")
        visitor.field("priority", &priority, "How much it presses.")
        visitor.field("conversation", &conversation, "The conversation it is about.")
        visitor.field("message", &message, "The place of the message it is about.", .range(0...(1 << 53)))
        visitor.field("from", &from, "Who caused it.", .length(0...200))
        visitor.field("text", &text, "What it is about.", .length(0...StaffNotification.textLimit))
        visitor.field("at", &at, "When it came.")
        visitor.field("acknowledged_at", &acknowledgedAt, "When it was acknowledged.")
    }
}

/// Asks for the caller's notifications, oldest first.
public struct ListNotifications: Record {
    /// Whether those that were acknowledged are wanted too.
    public var acknowledged = false
    /// Only those behind this place.
    public var after: Int64 = 0
    /// At most so many.
    public var limit: Int64 = 500

    /// Those that call.
    public init() {}

    /// `ListNotifications`.
    public static let recordName = "ListNotifications"
    /// For the API reference.
    public static let summary = "Asks for the caller's notifications, oldest first."
    /// Those that call.
    public static let example = ListNotifications()

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field(
            "acknowledged", &acknowledged, "Whether those that were acknowledged are wanted too.", .natural, .defaulted)
        visitor.field("after", &after, "Only those behind this place.", .range(0...(1 << 53)), .defaulted)
        visitor.field("limit", &limit, "At most so many.", .range(1...2000), .defaulted)
    }
}

/// A person's notifications, and the place of the newest there ever was.
public struct NotificationList: Record {
    /// The notifications, oldest first.
    public var items: [StaffNotification] = []
    /// The place of the newest; 0 when there was never any.
    public var lastOffset: Int64 = 0

    /// None.
    public init() {}

    /// `NotificationList`.
    public static let recordName = "NotificationList"
    /// For the API reference.
    public static let summary = "A person's notifications, and the place of the newest there ever was."
    /// One that calls.
    public static var example: NotificationList {
        var value = NotificationList()
        (value.items, value.lastOffset) = ([.example], 4)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("items", &items, "The notifications, oldest first.", .length(0...2000))
        visitor.field("last_offset", &lastOffset, "The place of the newest.", .range(0...(1 << 53)))
    }
}

/// Says that the caller knows: of one notification, of all up to a place, or of all about a conversation.
public struct AcknowledgeNotifications: Record {
    /// This one.
    public var id: ID<StaffNotification>?
    /// Everything up to this place.
    public var through: Int64?
    /// Everything about this conversation.
    public var conversation: ID<Conversation>?

    /// Nothing yet.
    public init() {}

    /// Of one notification.
    public init(_ id: ID<StaffNotification>) {
        self.id = id
    }

    /// Of everything about a conversation.
    public init(about conversation: ID<Conversation>) {
        self.conversation = conversation
    }

    /// Of everything up to a place.
    public init(through offset: Int64) {
        through = offset
    }

    /// `AcknowledgeNotifications`.
    public static let recordName = "AcknowledgeNotifications"
    /// For the API reference.
    public static let summary = "Says that the caller knows: of one notification, all up to a place, or a conversation."
    /// All up to the fourth.
    public static let example = AcknowledgeNotifications(through: 4)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "This one.")
        visitor.field("through", &through, "Everything up to this place.", .range(0...(1 << 53)))
        visitor.field("conversation", &conversation, "Everything about this conversation.")
    }
}

/// A colleague who may be named with `@` and given conversations.
public struct Colleague: Record {
    /// Who, such as `u:3`.
    public var user = ""
    /// Their name.
    public var name = ""
    /// What they are doing now; absent: they are not there.
    public var state: PresenceState?

    /// Nobody.
    public init() {}

    /// A colleague.
    public init(user: String, name: String, state: PresenceState? = nil) {
        (self.user, self.name, self.state) = (user, name, state)
    }

    /// `Colleague`.
    public static let recordName = "Colleague"
    /// For the API reference.
    public static let summary = "A colleague who may be named with @ and given conversations."
    /// Ana is there.
    public static let example = Colleague(user: "u:3", name: "ana", state: .active)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("user", &user, "Who, such as u:3.", .length(0...100))
        visitor.field("name", &name, "Their name.", .length(0...200))
        visitor.field("state", &state, "What they are doing now; absent: they are not there.")
    }

    /// The colleagues that a note names with `@`: the longest name counts, case does not, a letter before `@` makes it
    /// something else.
    public static func named(in text: String, among colleagues: [Colleague]) -> [Colleague] {
        let byLength = colleagues.filter { !$0.name.isEmpty }.sorted { $0.name.count > $1.name.count }
        var found: [Colleague] = []
        var before: Character = " "
        var rest = Substring(text)
        while let character = rest.first {
            rest.removeFirst()
            defer { before = character }
            guard character == "@", !before.isLetter, !before.isNumber else { continue }
            let words = rest.lowercased()
            let named = byLength.first { colleague in
                let name = colleague.name.lowercased()
                guard words.hasPrefix(name) else { return false }
                let next = words.dropFirst(name.count).first
                return next.map { !$0.isLetter && !$0.isNumber } ?? true
            }
            if let named, !found.contains(named) { found.append(named) }
        }
        return found
    }
}

public import Vocabulary

/// What a device of a colleague is doing.
public enum PresenceState: String, FieldChoice, Sendable {
    /// Somebody uses it.
    case active
    /// Nobody has touched it for a while.
    case idle
    /// Somebody is writing to a customer.
    case busy
    /// It is put away: it counts no more.
    case gone

    /// What somebody is doing whose devices do these things: the liveliest of them.
    public static func liveliest(of states: some Sequence<PresenceState>) -> PresenceState {
        let states = Set(states)
        return [.busy, .active].first(where: states.contains) ?? .idle
    }
}

/// Says what one of the caller's devices is doing; without another word it counts for sixty seconds.
public struct SetPresence: Record {
    /// The device, by a name of its own among those of the caller.
    public var device = ""
    /// What it is doing.
    public var state = PresenceState.active
    /// The conversation that is before the caller's eyes there.
    public var viewing: ID<Conversation>?

    /// A blank request.
    public init() {}

    /// What a device is doing.
    public init(device: String, state: PresenceState, viewing: ID<Conversation>? = nil) {
        (self.device, self.state, self.viewing) = (device, state, viewing)
    }

    /// `SetPresence`.
    public static let recordName = "SetPresence"
    /// For the API reference.
    public static let summary = "Says what one of the caller's devices is doing; it counts for sixty seconds."
    /// A console in which a conversation is read.
    public static let example = SetPresence(device: "console-1", state: .active, viewing: ID(42))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("device", &device, "The device, by a name of its own among those of the caller.", .length(1...64))
        visitor.field("state", &state, "What it is doing.", .natural, .defaulted)
        visitor.field("viewing", &viewing, "The conversation before the caller's eyes there.")
    }
}

/// A colleague who is there, by their devices.
public struct Presence: Record {
    /// Who, such as `u:3`.
    public var user = ""
    /// Their name.
    public var name = ""
    /// What they are doing: the liveliest of their devices.
    public var state = PresenceState.active
    /// Their devices.
    public var devices: [PresentDevice] = []

    /// Nobody.
    public init() {}

    /// `Presence`.
    public static let recordName = "Presence"
    /// For the API reference.
    public static let summary = "A colleague who is there, by their devices."
    /// Ana reads a conversation.
    public static var example: Presence {
        var value = Presence()
        (value.user, value.name, value.devices) = ("u:3", "ana", [.example])
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("user", &user, "Who, such as u:3.", .length(0...100))
        visitor.field("name", &name, "Their name.", .length(0...200))
        visitor.field("state", &state, "What they are doing: the liveliest of their devices.")
        visitor.field("devices", &devices, "Their devices.")
    }
}

/// One device of a colleague.
public struct PresentDevice: Record {
    /// Its name.
    public var device = ""
    /// What it is doing.
    public var state = PresenceState.active
    /// The conversation that is before somebody's eyes there.
    public var viewing: ID<Conversation>?
    /// Since when it is there.
    public var since = Timestamp(milliseconds: 0)

    /// No device.
    public init() {}

    /// `PresentDevice`.
    public static let recordName = "PresentDevice"
    /// For the API reference.
    public static let summary = "One device of a colleague."
    /// A console in which a conversation is read.
    public static var example: PresentDevice {
        var value = PresentDevice()
        (value.device, value.viewing) = ("console-1", ID(42))
        value.since = Timestamp(milliseconds: 1_790_000_000_000)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("device", &device, "Its name.", .length(0...64))
        visitor.field("state", &state, "What it is doing.")
        visitor.field("viewing", &viewing, "The conversation before somebody's eyes there.")
        visitor.field("since", &since, "Since when it is there.")
    }
}

/// Which colleagues have a conversation before their eyes; an empty list when nobody has it any more.
public struct ConversationViewers: Record {
    /// The conversation.
    public var conversation = ID<Conversation>(0)
    /// Who sees it.
    public var viewers: [ConversationViewer] = []

    /// Nobody sees nothing.
    public init() {}

    /// Who sees a conversation.
    public init(_ conversation: ID<Conversation>, _ viewers: [ConversationViewer]) {
        (self.conversation, self.viewers) = (conversation, viewers)
    }

    /// `ConversationViewers`.
    public static let recordName = "ConversationViewers"
    /// For the API reference.
    public static let summary = "Which colleagues have a conversation before their eyes."
    /// Ana sees it.
    public static let example = ConversationViewers(ID(42), [.example])

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("conversation", &conversation, "The conversation.")
        visitor.field("viewers", &viewers, "Who sees it.")
    }
}

/// A colleague who has a conversation before their eyes.
public struct ConversationViewer: Record {
    /// Who, such as `u:3`.
    public var user = ""
    /// Their name.
    public var name = ""
    /// What they are doing there: the liveliest of the devices that show the conversation.
    public var state = PresenceState.active
    /// Since when.
    public var since = Timestamp(milliseconds: 0)

    /// Nobody.
    public init() {}

    /// `ConversationViewer`.
    public static let recordName = "ConversationViewer"
    /// For the API reference.
    public static let summary = "A colleague who has a conversation before their eyes."
    /// Ana is writing.
    public static var example: ConversationViewer {
        var value = ConversationViewer()
        (value.user, value.name, value.state) = ("u:3", "ana", .busy)
        value.since = Timestamp(milliseconds: 1_790_000_000_000)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("user", &user, "Who, such as u:3.", .length(0...100))
        visitor.field("name", &name, "Their name.", .length(0...200))
        visitor.field("state", &state, "What they are doing there.")
        visitor.field("since", &since, "Since when.")
    }
}

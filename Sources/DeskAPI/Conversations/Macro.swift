public import Vocabulary

/// Several things that are done with a conversation at once, by one name.
public struct Macro: Record {
    /// What it is called.
    public var name = ""
    /// What is done, in this order.
    public var steps: [MacroStep] = []

    /// A blank macro.
    public init() {}

    /// A macro.
    public init(name: String, steps: [MacroStep]) {
        (self.name, self.steps) = (name, steps)
    }

    /// `Macro`.
    public static let recordName = "Macro"
    /// For the API reference.
    public static let summary = "Several things that are done with a conversation at once, by one name."
    /// A refund that is done.
    public static let example = Macro(
        name: "refund-sent",
        steps: [
            MacroStep(.reply, "Your refund is on its way, {{customer.name}}."), MacroStep(.tag, "refund"),
            MacroStep(.resolve),
        ])

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "What it is called.", .length(1...40))
        visitor.field("steps", &steps, "What is done, in this order.", .length(1...20))
    }
}

/// One thing that a macro does.
public struct MacroStep: Record {
    /// What is done.
    public enum Deed: String, FieldChoice, Sendable {
        /// Write to the customer.
        case reply
        /// Write a note for colleagues.
        case note
        /// File under a tag.
        case tag
        /// Take a tag away.
        case untag
        /// Say how urgent it is.
        case priority
        /// Give it to a colleague.
        case give
        /// Put it aside for some time, or until the customer writes.
        case snooze
        /// Give it back to the assistant or the queue.
        case release
        /// Mark it as done.
        case resolve
    }

    /// What is done.
    public var deed = Deed.note
    /// With what: the words, the tag, the priority, the colleague, the length in minutes, `assistant` or `queue`.
    public var with: String?

    /// A blank step.
    public init() {}

    /// A step.
    public init(_ deed: Deed, _ with: String? = nil) {
        (self.deed, self.with) = (deed, with)
    }

    /// `MacroStep`.
    public static let recordName = "MacroStep"
    /// For the API reference.
    public static let summary = "One thing that a macro does."
    /// A tag.
    public static let example = MacroStep(.tag, "refund")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("deed", &deed, "What is done.")
        visitor.field(
            "with", &with, "The words, the tag, the priority, the colleague, the minutes, assistant or queue.",
            .length(1...4000))
    }
}

/// Does with a conversation what a macro says, all of it or nothing.
public struct RunMacro: Record {
    /// The conversation.
    public var id = ID<Conversation>(0)
    /// The macro.
    public var name = ""
    /// The idempotency key of the reply, if the macro writes one: asked again with it, nothing is done twice.
    public var cid: ULID?

    /// A blank request.
    public init() {}

    /// Runs a macro.
    public init(_ name: String, on id: ID<Conversation>, cid: ULID? = nil) {
        (self.id, self.name, self.cid) = (id, name, cid)
    }

    /// `RunMacro`.
    public static let recordName = "RunMacro"
    /// For the API reference.
    public static let summary = "Does with a conversation what a macro says, all of it or nothing."
    /// A refund that is done.
    public static let example = RunMacro("refund-sent", on: ID(42))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The conversation.")
        visitor.field("name", &name, "The macro.", .length(1...40))
        visitor.field("cid", &cid, "The idempotency key of the reply.")
    }
}

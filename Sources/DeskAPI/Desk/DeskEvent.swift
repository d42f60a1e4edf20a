public import Bus
public import Vocabulary

/// Something that happened at the desk, named in the past tense; committed before it is published.
public enum DeskEvent: Equatable, Sendable {
    /// A host was sampled.
    case hostSampled(HostSnapshot)
    /// An alert changed its condition or its response.
    case alertChanged(Alert)
    /// A message was committed.
    case messagePosted(Message)
    /// A conversation changed its status, owner or newest message.
    case conversationChanged(Conversation)
    /// Everything of a conversation was deleted.
    case conversationDeleted(ConversationReference)
    /// An answer of the assistant grew while it streams.
    case answerGrew(AnswerProgress)
    /// Somebody is typing.
    case typed(Typing)
    /// One of the staff has something to know, or has acknowledged it.
    case notified(StaffNotification)
    /// One of the staff has read on.
    case conversationRead(ConversationRead)
    /// Other colleagues than before have a conversation before their eyes.
    case viewersChanged(ConversationViewers)
    /// A customer came to their conversation, or is gone from it.
    case customerPresenceChanged(CustomerPresence)
    /// A version of the assistant was used, added or moved.
    case modelChanged(ModelVersion)
    /// A version was deleted.
    case modelDeleted(ModelReference)
    /// A training was asked for, went on or ended.
    case trainingChanged(TrainingJob)
    /// A deployment began, moved, gathered evidence or ended.
    case deploymentChanged(Deployment)
    /// The desk at a glance changed.
    case statusChanged(DeskStatus)
    /// A customer went into another: whoever proved to be them must prove it again.
    case customerMerged(ID<Customer>)
    /// A key was revoked: whoever uses it must leave.
    case keyRevoked(ID<APIKey>)
}

extension DeskEvent: BusEvent {
    /// What was committed reaches every reader; of samples, typing and growing answers only the newest matters.
    public var delivery: Delivery {
        switch self {
        case .alertChanged, .messagePosted, .conversationChanged, .conversationDeleted, .modelDeleted, .keyRevoked,
            .notified, .customerMerged:
            .all
        case .hostSampled(let snapshot): .newest(CoalescingKey("host", name: snapshot.host))
        case .answerGrew(let answer): .newest(CoalescingKey("answer", answer.conversation.number))
        case .typed(let typing): .newest(CoalescingKey("typing", typing.conversation.number, name: typing.actor))
        case .conversationRead(let read):
            .newest(CoalescingKey("read", read.conversation.number, name: read.reader.user))
        case .viewersChanged(let viewers): .newest(CoalescingKey("viewers", viewers.conversation.number))
        case .customerPresenceChanged(let presence): .newest(CoalescingKey("customer", presence.conversation.number))
        case .modelChanged(let model): .newest(CoalescingKey("model", model.id.number))
        case .trainingChanged(let job): .newest(CoalescingKey("training", job.id.number))
        case .deploymentChanged(let deployment): .newest(CoalescingKey("deployment", deployment.id.number))
        case .statusChanged: .newest(CoalescingKey("status"))
        }
    }
}

/// An answer of the assistant while it streams; the finished one comes as a message.
public struct AnswerProgress: Record {
    /// The conversation.
    public var conversation = ID<Conversation>(0)
    /// The offset of the message that is answered.
    public var question: Int64 = 0
    /// Everything of the answer so far.
    public var text = ""
    /// Whether nothing more comes: the message was committed, or the answer was given up.
    public var isOver = false

    /// Blank progress.
    public init() {}

    /// Progress of an answer.
    public init(conversation: ID<Conversation>, question: Int64, text: String, isOver: Bool = false) {
        self.conversation = conversation
        self.question = question
        self.text = text
        self.isOver = isOver
    }

    /// `AnswerProgress`.
    public static let recordName = "AnswerProgress"
    /// For the API reference.
    public static let summary = "An answer of the assistant while it streams."
    /// Some words.
    public static let example = AnswerProgress(conversation: ID(42), question: 1, text: "Items can be")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("conversation", &conversation, "The conversation.")
        visitor.field("question", &question, "The offset of the message that is answered.")
        visitor.field("text", &text, "Everything of the answer so far.", .length(0...200_000))
        visitor.field("over", &isOver, "Whether nothing more comes.")
    }
}

/// Somebody is typing in a conversation; forgotten after five seconds without another.
public struct Typing: Record {
    /// The conversation.
    public var conversation = ID<Conversation>(0)
    /// Who types, such as `c:7` or `u:3`.
    public var actor = ""
    /// The name of who types.
    public var name = ""

    /// Blank typing.
    public init() {}

    /// Somebody types.
    public init(conversation: ID<Conversation>, actor: String, name: String) {
        self.conversation = conversation
        self.actor = actor
        self.name = name
    }

    /// `Typing`.
    public static let recordName = "Typing"
    /// For the API reference.
    public static let summary = "Somebody is typing in a conversation."
    /// A customer types.
    public static let example = Typing(conversation: ID(42), actor: "c:7", name: "Crystal")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("conversation", &conversation, "The conversation.")
        visitor.field("actor", &actor, "Who types.")
        visitor.field("name", &name, "The name of who types.", .length(0...200))
    }
}

public import Vocabulary

/// A reply that the assistant suggests to a person, who changes it, sends it, or writes another.
public struct Suggestion: Record {
    /// The number of the suggestion.
    public var id = ID<Suggestion>(0)
    /// The conversation.
    public var conversation = ID<Conversation>(0)
    /// The reply.
    public var text = ""
    /// The passages it was made from, best first.
    public var sources: [AnswerDetails.Source] = []
    /// What wrote it: `knowledge-base`, or the language model's name.
    public var model = ""
    /// The version that wrote it.
    public var version: ID<ModelVersion>?
    /// Why the language model did not write it, when it should have.
    public var fallbackReason: String?

    /// A blank suggestion.
    public init() {}

    /// `Suggestion`.
    public static let recordName = "Suggestion"
    /// For the API reference.
    public static let summary = "A reply that the assistant suggests to a person; nothing of it is sent by itself."
    /// An answer about returns.
    public static var example: Suggestion {
        var value = Suggestion()
        (value.id, value.conversation) = (ID(7), ID(42))
        value.text = "You can return items within 90 days."
        value.sources = [.init(title: "Returns", section: "How long", path: "returns.md")]
        (value.model, value.version) = ("qwen2.5:3b", ID(3))
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The number of the suggestion.")
        visitor.field("conversation", &conversation, "The conversation.")
        visitor.field("text", &text, "The reply.", .length(0...Message.maximumLength))
        visitor.field("sources", &sources, "The passages it was made from, best first.")
        visitor.field("model", &model, "What wrote it.", .length(0...200))
        visitor.field("version", &version, "The version that wrote it.")
        visitor.field("fallback_reason", &fallbackReason, "Why the language model did not write it.")
    }
}

/// What people made of the replies that a version suggested.
public struct SuggestionOutcomes: Record {
    /// The version.
    public var version = ID<ModelVersion>(0)
    /// Sent as they were.
    public var accepted: Int64 = 0
    /// Sent with at least half of their words.
    public var edited: Int64 = 0
    /// Replaced by another suggestion, or by what the person wrote.
    public var rejected: Int64 = 0
    /// Not decided yet.
    public var open: Int64 = 0

    /// A blank count.
    public init() {}

    /// `SuggestionOutcomes`.
    public static let recordName = "SuggestionOutcomes"
    /// For the API reference.
    public static let summary = "What people made of the replies that a version suggested."
    /// Most are changed.
    public static var example: SuggestionOutcomes {
        var value = SuggestionOutcomes()
        value.version = ID(3)
        (value.accepted, value.edited, value.rejected, value.open) = (12, 31, 6, 1)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("version", &version, "The version.")
        visitor.field("accepted", &accepted, "Sent as they were.", .range(0...Int64.max))
        visitor.field("edited", &edited, "Sent with at least half of their words.", .range(0...Int64.max))
        visitor.field("rejected", &rejected, "Replaced by something else.", .range(0...Int64.max))
        visitor.field("open", &open, "Not decided yet.", .range(0...Int64.max))
    }
}

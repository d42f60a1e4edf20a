public import Vocabulary

/// One entry of a conversation's transcript; its offset is its place, without gaps.
public struct Message: Record {
    /// Who wrote an entry.
    public enum Author: String, FieldChoice, Sendable {
        /// The customer.
        case customer
        /// The assistant.
        case assistant
        /// A person at the desk.
        case agent
        /// A person at the desk, for colleagues only: customers never see it.
        case note
        /// The desk itself: takeovers, hand-backs, resolutions.
        case system
    }

    /// The number of the message in the desk.
    public var id = ID<Message>(0)
    /// The conversation it belongs to.
    public var conversation = ID<Conversation>(0)
    /// Its place in the conversation: 1, 2, 3 … without gaps.
    public var offset: Int64 = 0
    /// The sender's idempotency key; absent for what the desk writes itself.
    public var cid: ULID?
    /// Who wrote it.
    public var author = Author.customer
    /// The writer's name for people.
    public var authorName = ""
    /// What was written; hostile until made safe.
    public var text = ""
    /// When it was committed.
    public var at = Timestamp(milliseconds: 0)
    /// How the assistant came to its answer.
    public var answer: AnswerDetails?
    /// Whether this write was a repetition, answered with the first result.
    public var duplicate: Bool?

    /// A blank message.
    public init() {}

    /// `Message`.
    public static let recordName = "Message"
    /// For the API reference.
    public static let summary = "One entry of a conversation's transcript."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The number of the message.")
        visitor.field("conversation", &conversation, "The conversation it belongs to.")
        visitor.field(
            "offset", &offset, "Its place in the conversation: 1, 2, 3 … without gaps.", .range(1...(1 << 53)))
        visitor.field("cid", &cid, "The sender's idempotency key.")
        visitor.field("author", &author, "Who wrote it.")
        visitor.field("author_name", &authorName, "The writer's name for people.", .length(0...200))
        visitor.field("text", &text, "What was written.", .length(0...Message.maximumLength))
        visitor.field("at", &at, "When it was committed.")
        visitor.field("answer", &answer, "How the assistant came to its answer.")
        visitor.field("duplicate", &duplicate, "True when this write was a repetition.")
    }

    /// An answer of the assistant.
    public static var example: Message {
        var value = Message()
        value.id = ID(311)
        value.conversation = ID(42)
        value.offset = 2
        value.author = .assistant
        value.authorName = "assistant"
        value.text = "Items can be returned within 90 days."
        value.at = Timestamp(milliseconds: 1_795_371_601_000)
        value.answer = .example
        return value
    }

    /// The longest text of a message, in Unicode scalars.
    public static let maximumLength = 32_768
}

/// How the assistant came to an answer: what it read, which version wrote it, what it cost.
public struct AnswerDetails: Record {
    /// The passages it used.
    public var sources: [Source] = []
    /// The version that wrote it, such as `knowledge-base` or `gpt-4o-mini`.
    public var model = ""
    /// Tokens of the prompt; 0 for the knowledge base.
    public var promptTokens: Int64 = 0
    /// Tokens of the answer.
    public var answerTokens: Int64 = 0
    /// Whether the tokens were estimated because the provider did not say.
    public var isEstimated = false
    /// Milliseconds until the first word.
    public var firstTokenMilliseconds: Int64 = 0
    /// Milliseconds until the last word.
    public var totalMilliseconds: Int64 = 0
    /// How sure the knowledge base is, 0 to 1; absent for a language model.
    public var confidence: Double?
    /// Why the language model did not answer, when the knowledge base had to.
    public var fallbackReason: String?

    /// Blank details.
    public init() {}

    /// `AnswerDetails`.
    public static let recordName = "AnswerDetails"
    /// For the API reference.
    public static let summary = "How the assistant came to an answer."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("sources", &sources, "The passages it used.", .length(0...20))
        visitor.field("model", &model, "The version that wrote it.")
        visitor.field("prompt_tokens", &promptTokens, "Tokens of the prompt.")
        visitor.field("answer_tokens", &answerTokens, "Tokens of the answer.")
        visitor.field("estimated", &isEstimated, "Whether the tokens were estimated.")
        visitor.field("first_token_ms", &firstTokenMilliseconds, "Milliseconds until the first word.")
        visitor.field("total_ms", &totalMilliseconds, "Milliseconds until the last word.")
        visitor.field("confidence", &confidence, "How sure the knowledge base is, 0 to 1.")
        visitor.field("fallback_reason", &fallbackReason, "Why the language model did not answer.", .length(0...500))
    }

    /// An answer from the knowledge base.
    public static var example: AnswerDetails {
        var value = AnswerDetails()
        value.sources = [.example]
        value.model = "knowledge-base"
        value.confidence = 0.82
        value.totalMilliseconds = 210
        return value
    }

    /// One passage of the knowledge base.
    public struct Source: Record {
        /// The article's title.
        public var title = ""
        /// The heading within the article.
        public var section = ""
        /// The article's path.
        public var path = ""

        /// A blank source.
        public init() {}

        /// A passage.
        public init(title: String, section: String, path: String) {
            self.title = title
            self.section = section
            self.path = path
        }

        /// `AnswerSource`.
        public static let recordName = "AnswerSource"
        /// For the API reference.
        public static let summary = "One passage of the knowledge base."

        /// Declares the fields.
        public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
            visitor.field("title", &title, "The article's title.", .length(0...Passage.maximumLength))
            visitor.field("section", &section, "The heading within the article.", .length(0...Passage.maximumLength))
            visitor.field("path", &path, "The article's path.", .length(0...1024))
        }

        /// A passage about returns.
        public static let example = Source(title: "Returns", section: "Time limits", path: "returns.md")
    }
}

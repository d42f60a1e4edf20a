public import Vocabulary

/// One immutable version of what answers customers, with what it did so far.
public struct ModelVersion: Record {
    /// The number of the version.
    public var id = ID<ModelVersion>(0)
    /// The model's name, such as `knowledge-base` or `gpt-4o-mini`.
    public var model = ""
    /// The version within the model, from 1.
    public var version: Int64 = 1
    /// `knowledge-base`, `openai` or `anthropic`.
    public var wire = ""
    /// Where it is reached (scheme, host and port); absent for the knowledge base.
    public var endpoint: String?
    /// The names that point to it, such as `production`.
    public var aliases: [String] = []
    /// When it was registered.
    public var createdAt = Timestamp(milliseconds: 0)
    /// Answers that were asked of it.
    public var requests: Int64 = 0
    /// Answers it failed to give.
    public var errors: Int64 = 0
    /// Tokens of all prompts.
    public var promptTokens: Int64 = 0
    /// Tokens of all answers.
    public var answerTokens: Int64 = 0
    /// Answers whose tokens were estimated.
    public var estimated: Int64 = 0
    /// Milliseconds to the first word, median of the last hundred or so; absent before the first answer.
    public var firstTokenP50: Double?
    /// The same, 95th percentile.
    public var firstTokenP95: Double?
    /// Milliseconds to the last word, median.
    public var totalP50: Double?
    /// The same, 95th percentile.
    public var totalP95: Double?
    /// Why it failed last.
    public var lastError: String?
    /// When it last answered or failed.
    public var lastUsedAt: Timestamp?

    /// A blank version.
    public init() {}

    /// `ModelVersion`.
    public static let recordName = "ModelVersion"
    /// For the API reference.
    public static let summary = "One immutable version of what answers customers."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The number of the version.")
        visitor.field("model", &model, "The model's name.")
        visitor.field("version", &version, "The version within the model, from 1.")
        visitor.field("wire", &wire, "knowledge-base, openai or anthropic.")
        visitor.field("endpoint", &endpoint, "Where it is reached.", .length(0...1024))
        visitor.field("aliases", &aliases, "The names that point to it.")
        visitor.field("created_at", &createdAt, "When it was registered.")
        visitor.field("requests", &requests, "Answers that were asked of it.")
        visitor.field("errors", &errors, "Answers it failed to give.")
        visitor.field("prompt_tokens", &promptTokens, "Tokens of all prompts.")
        visitor.field("answer_tokens", &answerTokens, "Tokens of all answers.")
        visitor.field("estimated", &estimated, "Answers whose tokens were estimated.")
        visitor.field("first_token_p50_ms", &firstTokenP50, "Milliseconds to the first word, median.")
        visitor.field("first_token_p95_ms", &firstTokenP95, "Milliseconds to the first word, 95th percentile.")
        visitor.field("total_p50_ms", &totalP50, "Milliseconds to the last word, median.")
        visitor.field("total_p95_ms", &totalP95, "Milliseconds to the last word, 95th percentile.")
        visitor.field("last_error", &lastError, "Why it failed last.", .length(0...500))
        visitor.field("last_used_at", &lastUsedAt, "When it last answered or failed.")
    }

    /// The knowledge base.
    public static var example: ModelVersion {
        var value = ModelVersion()
        value.id = ID(1)
        value.model = "knowledge-base"
        value.wire = "knowledge-base"
        value.aliases = ["production"]
        value.createdAt = Timestamp(milliseconds: 1_795_371_500_000)
        value.requests = 214
        value.answerTokens = 9120
        value.totalP50 = 180
        value.totalP95 = 420
        return value
    }
}

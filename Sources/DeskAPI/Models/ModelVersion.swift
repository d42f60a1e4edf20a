public import Vocabulary

/// What a model is for.
public enum ModelKind: String, FieldChoice, Sendable {
    /// Answers customers.
    case chat
    /// Says what a customer wants.
    case intent
    /// Says how a customer feels.
    case sentiment
}

/// One immutable version of what answers customers or reads what they write, with what it did so far.
public struct ModelVersion: Record {
    /// The number of the version.
    public var id = ID<ModelVersion>(0)
    /// The model's name, such as `knowledge-base` or `gpt-4o-mini`.
    public var model = ""
    /// What it is for.
    public var kind = ModelKind.chat
    /// The version within the model, from 1.
    public var version: Int64 = 1
    /// The version that it was made from.
    public var parent: ID<ModelVersion>?
    /// The job that trained it.
    public var job: ID<TrainingJob>?
    /// `knowledge-base`, `openai`, `anthropic` or `classifier`.
    public var wire = ""
    /// Where it is reached (scheme, host and port); absent for the knowledge base.
    public var endpoint: String?
    /// The name of the endpoint in the configuration that it is asked at; absent for what runs in the gateway.
    public var route: String?
    /// Who the language model is told to be; absent for the built-in text.
    public var prompt: String?
    /// SHA-256 of everything that makes the version what it is: the stored classifier, or endpoint, model and prompt.
    public var contentHash = ""
    /// Who made it.
    public var createdBy = ""
    /// What somebody wrote about it.
    public var notes = ""
    /// How a classifier did on texts that it never saw.
    public var evaluation: ClassifierSummary?
    /// How far its work on customers' texts lies from its held-out texts; of classifiers only, absent for one of an
    /// earlier program that read no text of customers yet.
    public var drift: ClassifierDrift?
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
    /// Of the prompts' tokens, those that providers read from their caches.
    public var cachedTokens: Int64 = 0
    /// Of the prompts' tokens, those that providers wrote to their caches.
    public var cacheWriteTokens: Int64 = 0
    /// Of the answers' tokens, those of reasoning.
    public var reasoningTokens: Int64 = 0
    /// Answers whose tokens were estimated.
    public var estimated: Int64 = 0
    /// What its answers cost by the prices of their moments, in nano-dollars; 0 where no price is known.
    public var cost: Int64 = 0
    /// Conversations it answered in.
    public var conversations: Int64 = 0
    /// Of those in which it answered last before, how many were handed over to a person.
    public var handedOver: Int64 = 0
    /// Of those in which it answered last before, how many the customer rated.
    public var rated: Int64 = 0
    /// How many of these ratings were 4 or 5.
    public var ratedWell: Int64 = 0
    /// How many of these ratings were 1 or 2.
    public var ratedBadly: Int64 = 0
    /// Milliseconds to the first word, median of the last hundred or so; absent before the first answer.
    public var firstTokenP50: Double?
    /// The same, 95th percentile.
    public var firstTokenP95: Double?
    /// Milliseconds to the last word, median.
    public var totalP50: Double?
    /// The same, 95th percentile.
    public var totalP95: Double?
    /// What it did out of the customers' sight; absent when it was never asked so.
    public var shadow: ShadowCounts?
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
        visitor.field("kind", &kind, "What it is for.")
        visitor.field("version", &version, "The version within the model, from 1.")
        visitor.field("parent", &parent, "The version that it was made from.")
        visitor.field("job", &job, "The job that trained it.")
        visitor.field("wire", &wire, "knowledge-base, openai, anthropic or classifier.")
        visitor.field("endpoint", &endpoint, "Where it is reached.", .length(0...1024))
        visitor.field("route", &route, "The name of its endpoint in the configuration.", .length(0...64))
        visitor.field("prompt", &prompt, "Who the language model is told to be.", .length(0...20_000))
        visitor.field("content_hash", &contentHash, "SHA-256 of what makes it what it is.", .length(0...64))
        visitor.field("created_by", &createdBy, "Who made it.", .length(0...200))
        visitor.field("notes", &notes, "What somebody wrote about it.", .length(0...2000))
        visitor.field("evaluation", &evaluation, "How a classifier did on texts that it never saw.")
        visitor.field("drift", &drift, "How far a classifier's work lies from its held-out texts.")
        visitor.field("aliases", &aliases, "The names that point to it.")
        visitor.field("created_at", &createdAt, "When it was registered.")
        visitor.field("requests", &requests, "Answers that were asked of it.")
        visitor.field("errors", &errors, "Answers it failed to give.")
        visitor.field("prompt_tokens", &promptTokens, "Tokens of all prompts.")
        visitor.field("answer_tokens", &answerTokens, "Tokens of all answers.")
        visitor.field("cached_tokens", &cachedTokens, "Of prompt_tokens, those read from the provider's cache.")
        visitor.field(
            "cache_write_tokens", &cacheWriteTokens, "Of prompt_tokens, those written to the provider's cache.")
        visitor.field("reasoning_tokens", &reasoningTokens, "Of answer_tokens, those of reasoning.")
        visitor.field("estimated", &estimated, "Answers whose tokens were estimated.")
        visitor.field("cost_nanodollars", &cost, "What its answers cost, in nano-dollars.")
        visitor.field("conversations", &conversations, "Conversations it answered in.")
        visitor.field("handed_over", &handedOver, "How many of them were handed over to a person after it.")
        visitor.field("rated", &rated, "How many of them were rated after it.")
        visitor.field("rated_well", &ratedWell, "How many of these ratings were 4 or 5.")
        visitor.field("rated_badly", &ratedBadly, "How many of these ratings were 1 or 2.")
        visitor.field("first_token_p50_ms", &firstTokenP50, "Milliseconds to the first word, median.")
        visitor.field("first_token_p95_ms", &firstTokenP95, "Milliseconds to the first word, 95th percentile.")
        visitor.field("total_p50_ms", &totalP50, "Milliseconds to the last word, median.")
        visitor.field("total_p95_ms", &totalP95, "Milliseconds to the last word, 95th percentile.")
        visitor.field("shadow", &shadow, "What it did out of the customers' sight.")
        visitor.field("last_error", &lastError, "Why it failed last.", .length(0...500))
        visitor.field("last_used_at", &lastUsedAt, "When it last answered or failed.")
    }

    /// The share of its conversations that were handed over, 0 to 1; `nil` without conversations.
    public var handOverShare: Double? {
        conversations > 0 ? min(1, Double(handedOver) / Double(conversations)) : nil
    }

    /// The share of the ratings that were 4 or 5, 0 to 1; `nil` without ratings.
    public var satisfiedShare: Double? { rated > 0 ? Double(ratedWell) / Double(rated) : nil }

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
        (value.conversations, value.handedOver) = (160, 12)
        (value.rated, value.ratedWell, value.ratedBadly) = (31, 26, 3)
        value.totalP50 = 180
        value.totalP95 = 420
        return value
    }
}

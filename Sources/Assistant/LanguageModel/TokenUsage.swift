/// Tokens of one answer.
public struct TokenUsage: Equatable, Sendable {
    /// Tokens of the prompt, those read from and written to a cache included.
    public var prompt: Int
    /// Tokens of the answer, reasoning included.
    public var answer: Int
    /// Tokens of the prompt that the provider read from its cache.
    public var cached: Int
    /// Tokens of the prompt that the provider wrote to its cache.
    public var cacheWritten: Int
    /// Tokens of the answer that nobody sees: the model's reasoning.
    public var reasoning: Int
    /// Whether they were counted here because the provider did not say.
    public var isEstimated: Bool

    /// A count; a part is never more than what it is a part of, and nothing is less than 0.
    public init(
        prompt: Int, answer: Int, cached: Int = 0, cacheWritten: Int = 0, reasoning: Int = 0, isEstimated: Bool = false
    ) {
        self.prompt = max(0, prompt)
        self.answer = max(0, answer)
        self.cached = min(max(0, cached), self.prompt)
        self.cacheWritten = min(max(0, cacheWritten), self.prompt - self.cached)
        self.reasoning = min(max(0, reasoning), self.answer)
        self.isEstimated = isEstimated
    }
}

/// What a provider counted so far, as it says it; what it does not say is `nil`.
struct UsageReport: Equatable, Sendable {
    var prompt: Int?
    var answer: Int?
    var cached: Int?
    var cacheWritten: Int?
    var reasoning: Int?
    /// Whether ``prompt`` leaves out what was read from and written to the cache, as with Anthropic.
    var isCacheApart = false

    /// Takes a later report: what it says replaces what was said before, and is never added.
    mutating func take(_ later: UsageReport) {
        prompt = later.prompt ?? prompt
        answer = later.answer ?? answer
        cached = later.cached ?? cached
        cacheWritten = later.cacheWritten ?? cacheWritten
        reasoning = later.reasoning ?? reasoning
        isCacheApart = later.isCacheApart
    }

    /// All tokens of the prompt; `nil` when they were not said.
    var wholePrompt: Int? {
        prompt.map { isCacheApart ? $0 + (cached ?? 0) + (cacheWritten ?? 0) : $0 }
    }
}

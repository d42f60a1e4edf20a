internal import Assistant
internal import Models

extension TokenCounts {
    /// The tokens of one answer.
    init(_ usage: TokenUsage) {
        self.init(prompt: Int64(usage.prompt), answer: Int64(usage.answer))
        (cached, cacheWritten) = (Int64(usage.cached), Int64(usage.cacheWritten))
        reasoning = Int64(usage.reasoning)
    }
}

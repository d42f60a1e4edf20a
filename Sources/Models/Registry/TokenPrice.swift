/// What tokens cost at an endpoint, in whole nano-dollars for a million of them, so that sums are exact.
public struct TokenPrice: Equatable, Sendable {
    /// For a million tokens of prompts, in nano-dollars.
    public let input: Int64
    /// For a million tokens of answers, reasoning included, in nano-dollars.
    public let output: Int64
    /// For a million tokens of prompts that were read from the provider's cache, in nano-dollars.
    public let cachedInput: Int64
    /// For a million tokens of prompts that were written to the provider's cache, in nano-dollars.
    public let cacheWrite: Int64

    /// A price in dollars for a million tokens, 0 to 10,000 each; what goes through a cache costs like the rest of the
    /// prompt unless it has a price of its own.
    public init(input: Double, output: Double, cachedInput: Double? = nil, cacheWrite: Double? = nil) {
        func nanodollars(_ price: Double) -> Int64 { Int64((price * 1e9).rounded()) }
        self.input = nanodollars(input)
        self.output = nanodollars(output)
        self.cachedInput = nanodollars(cachedInput ?? input)
        self.cacheWrite = nanodollars(cacheWrite ?? input)
    }

    /// What so many tokens cost, in nano-dollars, rounded once to the nearest; never negative.
    public func cost(of tokens: TokenCounts) -> Int64 {
        let plain = tokens.prompt - tokens.cached - tokens.cacheWritten
        let parts = [
            (plain, input), (tokens.cached, cachedInput), (tokens.cacheWritten, cacheWrite), (tokens.answer, output),
        ]
        let sum = parts.reduce(Int128(0)) { $0 + Int128(max(0, $1.0)) * Int128($1.1) }
        return Int64(clamping: (sum + 500_000) / 1_000_000)
    }
}

/// The tokens of one answer or of many: whole prompts and answers, and what of them is told apart.
public struct TokenCounts: Equatable, Sendable {
    /// Tokens of prompts, those of the caches included.
    public var prompt: Int64 = 0
    /// Tokens of answers, reasoning included.
    public var answer: Int64 = 0
    /// Tokens of prompts that were read from a cache.
    public var cached: Int64 = 0
    /// Tokens of prompts that were written to a cache.
    public var cacheWritten: Int64 = 0
    /// Tokens of answers that were reasoning.
    public var reasoning: Int64 = 0

    /// Counts of prompts and answers.
    public init(prompt: Int64 = 0, answer: Int64 = 0) {
        self.prompt = prompt
        self.answer = answer
    }

    /// Everything: what a budget of tokens counts.
    public var all: Int64 { prompt + answer }
}

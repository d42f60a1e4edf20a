import Models
import Testing

@Suite struct TokenPriceTests {
    @Test func `costs are exact in nano-dollars`() {
        let price = TokenPrice(input: 0.15, output: 0.60)
        #expect(price.cost(of: TokenCounts(prompt: 1_000_000, answer: 0)) == 150_000_000)
        #expect(price.cost(of: TokenCounts(prompt: 1, answer: 1)) == 750)
        #expect(price.cost(of: TokenCounts(prompt: 2852, answer: 22)) == 427_800 + 13_200)
        #expect(TokenPrice(input: 0.0375, output: 0).cost(of: TokenCounts(prompt: 3, answer: 0)) == 113)
        #expect(
            TokenPrice(input: 10_000, output: 0).cost(of: TokenCounts(prompt: 1_000_000_000, answer: 0))
                == 10_000_000_000_000_000)
        #expect(price.cost(of: TokenCounts(prompt: -5, answer: 0)) == 0)
        #expect(price.cost(of: TokenCounts(prompt: .max, answer: .max)) > 0)
    }

    @Test func `a million answers cost a million times one`() {
        let price = TokenPrice(input: 2.5, output: 10)
        let one = price.cost(of: TokenCounts(prompt: 812, answer: 143))
        #expect((0..<1_000_000).reduce(Int64(0)) { sum, _ in sum + one } == one * 1_000_000)
        #expect(one == 2_030_000 + 1_430_000)
    }

    @Test func `cached tokens have their own price, and cost like others without one`() {
        var tokens = TokenCounts(prompt: 1000, answer: 100)
        (tokens.cached, tokens.cacheWritten, tokens.reasoning) = (600, 300, 64)
        let own = TokenPrice(input: 3, output: 15, cachedInput: 0.3, cacheWrite: 3.75)
        #expect(own.cost(of: tokens) == 100 * 3000 + 600 * 300 + 300 * 3750 + 100 * 15_000)
        #expect(TokenPrice(input: 3, output: 15).cost(of: tokens) == 1000 * 3000 + 100 * 15_000)
        #expect(TokenPrice(input: 3, output: 15, cachedInput: 0).cost(of: tokens) == 400 * 3000 + 100 * 15_000)
    }

    @Test func `parts are rounded together, once`() {
        var tokens = TokenCounts(prompt: 2, answer: 0)
        tokens.cached = 1
        // 0.4 and 0.4 of a nano-dollar are 0.8, not nothing.
        #expect(TokenPrice(input: 0.0004, output: 0).cost(of: tokens) == 1)
    }
}

import Models
import Testing

@Suite struct TokenPriceTests {
    @Test func `costs are exact in nano-dollars`() {
        let price = TokenPrice(input: 0.15, output: 0.60)
        #expect(price.cost(prompt: 1_000_000, answer: 0) == 150_000_000)
        #expect(price.cost(prompt: 1, answer: 1) == 750)
        #expect(price.cost(prompt: 2852, answer: 22) == 427_800 + 13_200)
        #expect(TokenPrice(input: 0.0375, output: 0).cost(prompt: 3, answer: 0) == 113)
        #expect(TokenPrice(input: 10_000, output: 0).cost(prompt: 1_000_000_000, answer: 0) == 10_000_000_000_000_000)
        #expect(price.cost(prompt: -5, answer: 0) == 0)
        #expect(price.cost(prompt: .max, answer: .max) > 0)
    }

    @Test func `a million answers cost a million times one`() {
        let price = TokenPrice(input: 2.5, output: 10)
        let one = price.cost(prompt: 812, answer: 143)
        #expect((0..<1_000_000).reduce(Int64(0)) { sum, _ in sum + one } == one * 1_000_000)
        #expect(one == 2_030_000 + 1_430_000)
    }
}

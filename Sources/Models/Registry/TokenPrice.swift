/// What tokens cost at an endpoint, in whole nano-dollars for a million of them, so that sums are exact.
public struct TokenPrice: Equatable, Sendable {
    /// For a million tokens of prompts, in nano-dollars.
    public let input: Int64
    /// For a million tokens of answers, in nano-dollars.
    public let output: Int64

    /// A price in dollars for a million tokens, 0 to 10,000 each.
    public init(input: Double, output: Double) {
        self.input = Int64((input * 1e9).rounded())
        self.output = Int64((output * 1e9).rounded())
    }

    /// What so many tokens cost, in nano-dollars, rounded to the nearest; never negative.
    public func cost(prompt: Int64, answer: Int64) -> Int64 {
        func part(_ tokens: Int64, _ price: Int64) -> Int64 {
            // Wide enough for a billion tokens at the highest price.
            let product = max(0, tokens).multipliedFullWidth(by: price)
            guard product.high < 500_000 else { return .max / 4 }
            let (whole, rest) = Int64(1_000_000).dividingFullWidth(product)
            return whole + (rest >= 500_000 ? 1 : 0)
        }
        return part(prompt, input) + part(answer, output)
    }
}

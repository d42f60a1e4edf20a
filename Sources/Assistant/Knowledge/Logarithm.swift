/// The natural logarithm, which Swift's own library does not have; ranking needs no more of mathematics than this.
enum Logarithm {
    private static let ofTwo = 0.693_147_180_559_945_3

    /// The logarithm of a positive number: its power of two, and a series in (m-1)/(m+1) for the rest, exact to 1e-12.
    static func natural(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return 0 }
        let ratio = (value.significand - 1) / (value.significand + 1)
        let square = ratio * ratio
        var power = ratio
        var sum = 0.0
        for divisor in stride(from: 1.0, through: 27, by: 2) {
            sum += power / divisor
            power *= square
        }
        return Double(value.exponent) * ofTwo + 2 * sum
    }
}

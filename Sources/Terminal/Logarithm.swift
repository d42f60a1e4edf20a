/// Logarithms without a library of mathematics.
enum Logarithm {
    /// The logarithm to base 2 of a positive number, exact to about 12 digits.
    ///
    /// The exponent is in the number itself; the rest, 1 to 2, goes through the series of the area tangent, which
    /// converges by a factor of nine a term there.
    static func base2(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return value > 0 ? .infinity : -.infinity }
        let ratio = (value.significand - 1) / (value.significand + 1)
        let square = ratio * ratio
        var power = ratio
        var sum = 0.0
        for term in 0..<13 {
            sum += power / Double(2 * term + 1)
            power *= square
        }
        return Double(value.exponent) + 2 * sum * 1.442_695_040_888_963_4
    }
}

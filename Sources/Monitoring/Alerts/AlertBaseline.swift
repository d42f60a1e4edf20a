/// What a metric usually is at this hour of this weekday.
public struct AlertBaseline: Equatable, Sendable {
    /// The median of the earlier hours.
    public let middle: Double
    /// The usual distance from it: the median absolute deviation as a standard deviation; never zero.
    public let spread: Double

    /// A baseline from the means of earlier hours of the same kind; `nil` from fewer than four.
    ///
    /// The spread is at least a twentieth of the middle and never zero: what was the same every week would call anything
    /// new infinitely unusual.
    public init?(of hours: [Double]) {
        let values = hours.filter(\.isFinite).sorted()
        guard values.count >= AlertBaseline.fewest else { return nil }
        middle = AlertBaseline.median(of: values)
        let centre = middle
        let deviation = AlertBaseline.median(of: values.map { abs($0 - centre) }.sorted())
        spread = max(deviation * 1.4826, abs(centre) / 20, 1e-9)
    }

    /// With fewer weeks nothing is usual yet.
    public static let fewest = 4

    /// How many times the usual distance a value is away, above or below.
    public func deviation(of value: Double) -> Double { (value - middle) / spread }

    private static func median(of sorted: [Double]) -> Double {
        let half = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
    }
}

/// The names of a sample's values, in order; one object serves every sample until a device comes or goes.
public final class SampleLayout: Sendable {
    /// What each value is.
    public let metrics: [MetricDescription]
    private let positions: [String: Int]

    /// A layout of these metrics in this order; of two with one name only the first can be found by it.
    public init(_ metrics: [MetricDescription]) {
        self.metrics = metrics
        positions = Dictionary(
            metrics.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The place of a metric's value; `nil` when the samples do not have it.
    public func position(of name: String) -> Int? { positions[name] }

    /// Whether another layout means the same values in the same order.
    public func isSame(as other: SampleLayout) -> Bool { self === other || metrics == other.metrics }
}

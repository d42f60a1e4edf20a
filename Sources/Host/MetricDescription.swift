/// What a metric is, apart from its value.
public struct MetricDescription: Hashable, Sendable {
    /// Unique in a sample; words joined by dots, such as `disk.sda.read`.
    public let name: String
    /// What the number counts.
    public let unit: SampleUnit
    /// For people; names the device where there is one.
    public let title: String

    /// Describes a metric.
    public init(name: String, unit: SampleUnit, title: String) {
        self.name = name
        self.unit = unit
        self.title = title
    }
}

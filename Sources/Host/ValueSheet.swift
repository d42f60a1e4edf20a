/// Collects the values of a sample in the order of its layout.
struct ValueSheet {
    private(set) var values: [Double] = []

    init(capacity: Int) {
        values.reserveCapacity(capacity)
    }

    /// Adds the value of each metric; NaN for those that are not known.
    mutating func add<Reading>(_ metrics: [Metric<Reading>], _ reading: Reading?) {
        for metric in metrics { values.append(reading.flatMap(metric.read) ?? .nan) }
    }
}

public import DeskAPI
public import Vocabulary

/// Follows one node_exporter: gives a snapshot of its host for each page that it answers, and for each that it does not.
///
/// `scrape.up` tells whether it answered. While it does not, every other value is not known.
public struct NodeTrack: Sendable {
    /// The metric that tells whether a target answered.
    public static let upMetric = "scrape.up"
    /// The most bytes of a page.
    public static let largestPage = 4 << 20
    /// Two pages that are further apart say nothing about any second between them.
    private static let longest = Duration.seconds(300)

    private let host: String
    private var last: (reading: NodeReading, at: Monotonic)?
    private var layout = MetricLayout(names: [NodeTrack.upMetric], units: [.count])

    /// A host of this name that nothing is known of.
    public init(host: String) {
        self.host = host
    }

    /// Takes a page; `nil` when it is none of an exporter.
    public mutating func take(_ page: [UInt8], at now: Timestamp, monotonic: Monotonic) -> HostSnapshot? {
        guard let page = ExpositionReader(page) else { return nil }
        let reading = NodeReading(page.samples)
        guard !reading.isEmpty else { return nil }
        let elapsed = last.map { monotonic - $0.at }
        let isNear = elapsed.map { $0 <= NodeTrack.longest } ?? false
        let metrics = NodeMetrics(
            from: isNear ? last?.reading : nil, to: reading, seconds: isNear ? elapsed?.inSeconds : nil)
        last = (reading, monotonic)
        let names = [NodeTrack.upMetric] + metrics.names
        if layout.names != names { layout = MetricLayout(names: names, units: [.count] + metrics.units) }
        return HostSnapshot(host: host, at: now, layout: layout, values: [1] + metrics.values)
    }

    /// The target did not answer.
    public func missed(at now: Timestamp) -> HostSnapshot {
        let unknown = [Double](repeating: .nan, count: layout.names.count - 1)
        return HostSnapshot(host: host, at: now, layout: layout, values: [0] + unknown)
    }
}

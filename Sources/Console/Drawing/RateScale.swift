internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The scale of a chart of rates: it follows the newest sample and the highest that is still shown.
struct RateScale: Equatable, Sendable {
    /// The metrics that share it.
    let metrics: [String]
    private var scale = RateScale.start
    private var highest = SlidingMaximum(span: Int64(HostCharts.span))
    private var last = Int64.min

    /// A scale on which nothing has been shown yet.
    static let start = AutoScale(.binary, floor: 65_536)

    init(_ metrics: String...) {
        self.metrics = metrics
    }

    /// The top of the scale.
    var top: Double { scale.top }

    /// Takes a sample; one that is not newer than the last changes nothing.
    mutating func take(_ snapshot: HostSnapshot) {
        let second = HostHistory.second(snapshot.at)
        guard second > last else { return }
        last = second
        let newest = metrics.compactMap { snapshot[$0] }.max()
        highest.take(newest, at: second)
        scale.take(newest, highest: highest.highest)
    }

    /// Fits everything that is shown now, as after its history was read.
    mutating func fit(_ charts: HostCharts) {
        let courses = metrics.map(charts.samples)
        let highest = (0..<HostCharts.span).map { second in
            courses.compactMap { $0.indices.contains(second) ? $0[second] : nil }.max()
        }
        self.highest = SlidingMaximum(span: Int64(HostCharts.span), highest, until: charts.edge)
        last = charts.edge
        scale.fit(self.highest.highest)
    }
}

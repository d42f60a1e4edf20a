internal import Vocabulary

/// The course of a value over the last minutes in at most sixty points, and the straight line through them.
///
/// A value that is missing leaves no point. The line is that of least squares; before half of the time was seen there is
/// none, because a few seconds tell nothing about hours.
struct ValueTrend: Equatable, Sendable {
    private struct Point: Equatable {
        /// Seconds since the first value.
        var at: Double
        var value: Double
    }

    private static let most = 60.0

    private let span: Double
    private var first: Monotonic?
    private var points: [Point] = []

    /// A trend over this length of time.
    init(over span: Duration) {
        self.span = max(1, span.inSeconds)
    }

    /// Takes a value; what is not finite is missing.
    mutating func take(_ value: Double, at monotonic: Monotonic) {
        guard value.isFinite else { return }
        let begin = first ?? monotonic
        first = begin
        let at = (monotonic - begin).inSeconds
        if points.count > 1, at - points[points.count - 2].at < span / ValueTrend.most {
            points[points.count - 1] = Point(at: at, value: value)
        } else {
            points.append(Point(at: at, value: value))
        }
        let start = at - span
        points.removeAll { $0.at < start }
    }

    /// The mean of the points; `nil` while too little was seen.
    var mean: Double? {
        guard let oldest = points.first, let newest = points.last, newest.at - oldest.at >= span / 2 else { return nil }
        return points.reduce(0) { $0 + $1.value } / Double(points.count)
    }

    /// The change per second, over everything or over the last third; `nil` while too little was seen.
    func slope(lastThird: Bool = false) -> Double? {
        guard let oldest = points.first, let newest = points.last, newest.at - oldest.at >= span / 2 else { return nil }
        let used = lastThird ? points.filter { newest.at - $0.at <= span / 3 } : points
        guard used.count >= 2 else { return nil }
        let count = Double(used.count)
        let middle = used.reduce(0) { $0 + $1.at } / count
        let mean = used.reduce(0) { $0 + $1.value / count }
        let spread = used.reduce(0) { $0 + ($1.at - middle) * ($1.at - middle) }
        guard spread > 0 else { return nil }
        return used.reduce(0) { $0 + ($1.at - middle) * ($1.value - mean) } / spread
    }
}

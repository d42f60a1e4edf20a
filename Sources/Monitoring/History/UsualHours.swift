public import DeskAPI
public import Vocabulary

/// What a metric was in the same hours of the same weekdays of earlier weeks (UTC).
///
/// Within ten minutes of a full hour both hours count, so that what begins at nine does not call because it began at two
/// minutes to.
public struct UsualHours: Sendable {
    /// How many weeks are looked at.
    public static let weeks: Int64 = 8
    static let hour: Int64 = 3600
    static let week: Int64 = 7 * 86_400
    private static let edge: Int64 = 600

    /// The mean of each hour, by its beginning in seconds since 1970.
    private let means: [Int64: Double]

    /// The hours of a series whose points are an hour long.
    public init(_ series: MetricSeries) {
        var means: [Int64: Double] = [:]
        for point in series.points {
            guard let mean = point.mean else { continue }
            means[UsualHours.floor(point.at.wholeSeconds)] = mean
        }
        self.means = means
    }

    init(means: [Int64: Double]) {
        self.means = means
    }

    /// What is usual at a moment, by what was before it; `nil` with fewer than four weeks.
    public func baseline(at moment: Timestamp) -> AlertBaseline? {
        let second = moment.wholeSeconds
        let hour = UsualHours.floor(second)
        var hours = [hour]
        if second - hour < UsualHours.edge { hours.append(hour - UsualHours.hour) }
        if hour + UsualHours.hour - second <= UsualHours.edge { hours.append(hour + UsualHours.hour) }
        let earlier = hours.map { start in
            (1...UsualHours.weeks).compactMap { means[start - $0 * UsualHours.week] }
        }
        // The hour itself must be known well; its neighbour only widens what is usual.
        guard earlier[0].count >= AlertBaseline.fewest else { return nil }
        return AlertBaseline(of: earlier.flatMap { $0 })
    }

    private static func floor(_ second: Int64) -> Int64 { second - second % hour }
}

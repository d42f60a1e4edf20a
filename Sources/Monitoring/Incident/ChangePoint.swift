public import DeskAPI
public import Vocabulary

/// Whether the level of a metric changed at a moment: the difference between the medians before and after, in units of
/// the usual spread.
///
/// The spread is the larger of the two median absolute deviations, times 1.4826 to be a standard deviation where values
/// are normal, and at least a fiftieth of the level. A single spike moves no median; a slope or a daily cycle has a spread
/// of its own and stays below 2; a step of normal noise is its size in standard deviations.
public enum ChangePoint {
    /// What is listed: below it, noise has differences too.
    public static let least = 4.0
    /// The fewest values on either side.
    static let fewest = 6

    /// The change of a course at a moment; `nil` when too little is known on either side.
    ///
    /// - Parameters:
    ///   - course: Evenly spaced points; those without a value are left out.
    ///   - moment: When it may have changed.
    ///   - after: For how long after the moment values count.
    public static func change(of course: MetricSeries, at moment: Timestamp, for after: Duration) -> MetricChange? {
        let known = course.points.compactMap { point in point.mean.map { (at: point.at, value: $0) } }
        let early = known.filter { $0.at < moment }.map(\.value)
        let late = known.filter { $0.at >= moment && $0.at < moment + after }.map(\.value)
        guard early.count >= fewest, late.count >= fewest else { return nil }
        var change = MetricChange()
        change.before = median(early)
        change.after = median(late)
        change.course = course
        let spread = max(deviation(early, from: change.before), deviation(late, from: change.after)) * 1.4826
        let level = max(abs(change.before), abs(change.after)) / 50
        let difference = abs(change.after - change.before)
        change.score = difference == 0 ? 0 : min(1e6, difference / max(spread, level, .leastNormalMagnitude))
        return change
    }

    /// The courses that changed, the clearest first.
    public static func ranked(
        _ courses: [MetricSeries], at moment: Timestamp, for after: Duration, limit: Int
    ) -> [MetricChange] {
        let changes = courses.compactMap { change(of: $0, at: moment, for: after) }.filter { $0.score >= least }
        return Array(
            changes.sorted { $0.score == $1.score ? $0.course.name < $1.course.name : $0.score > $1.score }
                .prefix(limit))
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private static func deviation(_ values: [Double], from level: Double) -> Double {
        median(values.map { abs($0 - level) })
    }
}

internal import Vocabulary

/// Which rows answer a question about the past, and how they are put together.
struct HistoryPlan: Equatable, Sendable {
    /// The most points of an answer; a finer step than that is made coarser.
    static let mostPoints: Int64 = 20_000
    /// How many points an answer has when nobody asked for a step.
    static let usualPoints: Int64 = 600

    let tier: HistoryTier
    /// Seconds between points.
    let step: Int64
    /// The start of the first point, in seconds since 1970; a multiple of the step.
    let start: Int64
    let count: Int

    /// The end of the last point.
    var end: Int64 { start + step * Int64(count) }

    /// Plans the answer for a span of time.
    ///
    /// - Parameters:
    ///   - from: The first second.
    ///   - to: The end, later than `from`.
    ///   - step: Seconds between points; `nil` chooses the finest that keeps the answer short.
    ///   - now: What the retention is counted from.
    init(from: Int64, to: Int64, step wanted: Int64?, now: Int64, retention: HistoryRetention) {
        let span = max(1, to - from)
        let most = wanted == nil ? HistoryPlan.usualPoints : HistoryPlan.mostPoints
        let coarsest = max(wanted ?? 1, (span + most - 1) / most, 1)
        let kept = HistoryTier.allCases.filter { now - retention.length(of: $0) <= from }
        let candidates = kept.isEmpty ? [HistoryTier.hour] : kept
        let tier = candidates.last { $0.step <= coarsest } ?? candidates.first ?? .hour
        // Rows cannot be split, so a point is a whole number of them.
        let step = (coarsest + tier.step - 1) / tier.step * tier.step
        self.tier = tier
        self.step = step
        // Rounded towards the past, before 1970 too.
        start = from - (from % step + step) % step
        count = Int((to - start + step - 1) / step)
    }
}

internal import Vocabulary

/// What failed and what was tried over a long window, and over its last twelfth: how fast an error budget is used up.
///
/// The two windows together are those of the SRE workbook: the long one says that it matters, the short one that it still
/// goes on, so that an alert ends soon after the cause has.
struct BudgetWindow: Equatable, Sendable {
    private struct Bucket: Equatable {
        var failed = 0.0
        var tried = 0.0
    }

    private static let count = 120
    private static let shortCount = 10
    /// A sample stands for the time since the one before, but not for an outage.
    private static let longestStep = 30.0

    /// Seconds in a bucket.
    private let width: Double
    private var buckets = [Bucket](repeating: Bucket(), count: BudgetWindow.count)
    private var newest = 0
    private var first: Monotonic?
    private var last: Monotonic?

    /// Windows of this length and of its twelfth.
    init(over span: Duration) {
        width = max(1, span.inSeconds) / Double(BudgetWindow.count)
    }

    /// Takes how many failed of how many that were tried, each a second; what is not finite is missing.
    mutating func take(_ failed: Double, of tried: Double, at monotonic: Monotonic) {
        let begin = first ?? monotonic
        first = begin
        advance(to: Int((monotonic - begin).inSeconds / width))
        defer { last = monotonic }
        guard let last, failed.isFinite, tried.isFinite, tried >= 0 else { return }
        let step = min(BudgetWindow.longestStep, max(0, (monotonic - last).inSeconds))
        buckets[newest % BudgetWindow.count].failed += max(0, failed) * step
        buckets[newest % BudgetWindow.count].tried += tried * step
    }

    private mutating func advance(to bucket: Int) {
        guard bucket > newest else { return }
        for skipped in max(newest + 1, bucket - BudgetWindow.count + 1)...bucket {
            buckets[skipped % BudgetWindow.count] = Bucket()
        }
        newest = bucket
    }

    /// How many times faster than allowed the budget is used up, the lesser of both windows; 0 with too few tries.
    func burn(as measure: AlertMeasure) -> Double? {
        guard case .burn(let budget, _, let least) = measure else { return nil }
        let long = sum(of: BudgetWindow.count)
        guard long.tried >= least, long.tried > 0 else { return 0 }
        let short = sum(of: BudgetWindow.shortCount)
        guard short.tried > 0 else { return 0 }
        return min(long.failed / long.tried, short.failed / short.tried) / budget
    }

    private func sum(of count: Int) -> Bucket {
        var sum = Bucket()
        for back in 0..<min(count, newest + 1) {
            let bucket = buckets[(newest - back) % BudgetWindow.count]
            sum.failed += bucket.failed
            sum.tried += bucket.tried
        }
        return sum
    }
}

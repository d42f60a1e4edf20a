internal import DeskAPI

/// The delays of a version's newest answers, in milliseconds; older ones are written over.
struct DelayWindow: Equatable, Sendable {
    /// How many answers it holds.
    static let size: Int64 = 128

    private var firstTokens: [Int64: Double] = [:]
    private var totals: [Int64: Double] = [:]

    mutating func put(firstToken: Double, total: Double, slot: Int64) {
        firstTokens[slot] = firstToken
        totals[slot] = total
    }

    /// Writes the percentiles into the version's record.
    func describe(_ version: inout ModelVersion) {
        version.firstTokenP50 = DelayWindow.percentile(50, of: firstTokens)
        version.firstTokenP95 = DelayWindow.percentile(95, of: firstTokens)
        version.totalP50 = DelayWindow.percentile(50, of: totals)
        version.totalP95 = DelayWindow.percentile(95, of: totals)
    }

    /// Writes the percentiles into what a version did in the shadow.
    func describe(_ counts: inout ShadowCounts) {
        counts.firstTokenP50 = DelayWindow.percentile(50, of: firstTokens)
        counts.firstTokenP95 = DelayWindow.percentile(95, of: firstTokens)
        counts.totalP50 = DelayWindow.percentile(50, of: totals)
        counts.totalP95 = DelayWindow.percentile(95, of: totals)
    }

    /// The nearest-rank percentile; `nil` without values.
    private static func percentile(_ share: Int, of values: [Int64: Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.values.sorted()
        return sorted[max(0, (sorted.count * share + 99) / 100 - 1)]
    }
}

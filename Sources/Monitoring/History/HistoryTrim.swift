internal import Storage

/// Forgets what is older than it is kept, a few rows with each row that comes, so that no moment pays for all.
///
/// A clock that is set far ahead for a while therefore costs little of the past: at most four rows for each that it
/// writes.
struct HistoryTrim {
    private static let rowsAtOnce: Int64 = 4

    let retention: HistoryRetention
    /// The host and time of the newest sample.
    let newest: HistoryKey

    /// Deletes what is due in the tiers that have just grown.
    func run(_ entries: [HistoryEntry], in transaction: Transaction) throws {
        let host = newest.number >> 40
        for tier in HistoryTier.allCases where grows(tier, entries) {
            let horizon = HistoryKey(host: host, second: newest.second - retention.length(of: tier))
            try transaction.run(
                tier.trim, HistoryKey(host: host, second: 0).number, horizon.number, HistoryTrim.rowsAtOnce)
        }
    }

    private func grows(_ tier: HistoryTier, _ entries: [HistoryEntry]) -> Bool {
        entries.contains { entry in
            guard case .row(tier, _) = entry else { return false }
            return true
        }
    }
}

internal import Storage

/// Forgets what is older than it is kept, a few rows with each row that comes, so that no moment pays for all.
///
/// A clock that is set far ahead costs nothing of the past for ten minutes, see ``HostTrack/mayTrim(after:)``, and then
/// little: at most four rows for each that it writes.
struct HistoryTrim {
    private static let rowsAtOnce: Int64 = 4

    let retention: HistoryRetention

    /// Deletes what is due in the table that has just got a row, of the same host.
    func run(after row: HistoryRow, of tier: HistoryTier, in transaction: Transaction) throws {
        let host = row.key.host
        let horizon = HistoryKey(host: host, second: row.key.second - retention.length(of: tier))
        try transaction.run(
            tier.trim, HistoryKey(host: host, second: 0).number, horizon.number, HistoryTrim.rowsAtOnce)
    }
}

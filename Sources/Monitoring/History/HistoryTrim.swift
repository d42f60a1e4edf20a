internal import Storage

/// Forgets what is older than it is kept, a few rows with each row that comes, so that no moment pays for all.
///
/// A clock that is set far ahead costs nothing of the past for ten minutes, see ``HostTrack/mayTrim(after:)``, and then
/// little: at most four rows for each that it writes.
struct HistoryTrim {
    private static let rowsAtOnce: Int64 = 4
    private static let rowsAChunk = Int64(HistoryChunk.length) / rowsAtOnce

    let retention: HistoryRetention

    /// Deletes what is due in the table that has just got a row, of the same host.
    func run(after row: HistoryRow, of tier: HistoryTier, in transaction: Transaction) throws {
        let host = row.key.host
        let horizon = HistoryKey(host: host, second: row.key.second - retention.length(of: tier))
        try transaction.run(
            tier.trim, HistoryKey(host: host, second: 0).number, horizon.number, HistoryTrim.rowsAtOnce)
        // A chunk goes when all of it is due, and no faster than its steps would have gone by themselves.
        guard tier != .second, row.key.second / tier.step % HistoryTrim.rowsAChunk == 0 else { return }
        let last = HistoryKey(host: host, second: horizon.second - tier.chunkSpan + tier.step)
        try transaction.run(tier.trimChunks, HistoryKey(host: host, second: 0).number, last.number, 1)
    }
}

internal import DeskAPI
internal import Storage

/// Tells samples that are kept already from new ones, so that a batch may be sent twice.
struct HistoryReplay {
    let names: HistoryNames
    let transaction: Transaction

    /// The samples that are not kept yet, in their order; of two of one second the first.
    ///
    /// Second by second this is known as long as samples are kept. A sample that is older is a new one only if the host
    /// has none that is newer: hosts send in the order of time.
    func fresh(of snapshots: [HostSnapshot]) throws -> [HostSnapshot] {
        guard let name = snapshots.first?.host, let host = names.hosts[name] else { return once(snapshots) }
        let end = HistoryKey.end(of: host).number
        let newest: Int64? = try transaction.value(
            HistoryTier.second.newest, HistoryKey(host: host, second: 0).number, end)
        guard let newest = newest.map({ HistoryKey($0).second }) else { return once(snapshots) }
        let seconds = snapshots.map { HistoryLedger.second(of: $0.at) }
        let first = HistoryKey(host: host, second: seconds.min() ?? 0)
        let last = HistoryKey(host: host, second: (seconds.max() ?? 0) + 1)
        let known = Set(
            try transaction.rows("SELECT key FROM sample_1 WHERE key >= ? AND key < ?", first.number, last.number) {
                HistoryKey(try $0[0]).second
            })
        let horizon = newest - HistoryReplay.sampleSpan
        return once(snapshots).filter { snapshot in
            let second = HistoryLedger.second(of: snapshot.at)
            return second > newest || (second > horizon && !known.contains(second))
        }
    }

    /// Samples are kept at least so long, in seconds.
    private static let sampleSpan: Int64 = 3600

    private func once(_ snapshots: [HostSnapshot]) -> [HostSnapshot] {
        var seen: Set<Int64> = []
        return snapshots.filter { seen.insert(HistoryLedger.second(of: $0.at)).inserted }
    }
}

internal import DeskAPI
internal import Storage
internal import Vocabulary

/// Reads the history's numbers and makes the steps under way anew from the samples that are not in them yet.
enum HistoryRestore {
    /// The ledger as it was when the last sample was committed, and the newest sample of each host.
    static func restore(from snapshot: Snapshot) throws -> (HistoryLedger, [HostSnapshot]) {
        var ledger = HistoryLedger()
        for entry in try entries(in: snapshot) { ledger.learn(entry) }
        var newest: [HostSnapshot] = []
        for (name, host) in ledger.names.hosts.sorted(by: { $0.key < $1.key }) {
            if let sample = try replay(host, name, into: &ledger, from: snapshot) { newest.append(sample) }
        }
        return (ledger, newest)
    }

    private static func entries(in snapshot: Snapshot) throws -> [HistoryEntry] {
        let hosts = try snapshot.rows("SELECT number, name FROM host") { row in
            HistoryEntry.host(number: try row[0], name: try row[1])
        }
        let metrics = try snapshot.rows("SELECT number, name, unit FROM metric") { row in
            HistoryEntry.metric(number: try row[0], name: try row[1], unit: MetricUnit(rawValue: try row[2]) ?? .count)
        }
        let layouts = try snapshot.rows("SELECT number, metrics FROM layout") { row in
            HistoryEntry.layout(number: try row[0], metrics: HistoryEntry.unpack(try row[1]))
        }
        return hosts + metrics + layouts
    }

    /// Feeds the samples since the last complete hour, and gives the newest.
    private static func replay(
        _ host: Int64, _ name: String, into ledger: inout HistoryLedger, from snapshot: Snapshot
    ) throws -> HostSnapshot? {
        let first = HistoryKey(host: host, second: 0).number
        let end = HistoryKey.end(of: host).number
        var ends: [HistoryTier: Int64] = [:]
        for tier in HistoryTier.rolled {
            let newest: Int64? = try snapshot.value(tier.newest, first, end)
            ends[tier] = newest.map { HistoryKey($0).second + tier.step }
        }
        let begin = HistoryKey(host: host, second: ends.count == HistoryTier.rolled.count ? ends.values.min() ?? 0 : 0)
        var last: HistoryRow?
        try snapshot.forEach(HistoryTier.second.select, begin.number, end) { row in
            let sample = try HistoryRow(row)
            ledger.replay(sample, host: host, ends: ends)
            last = sample
        }
        if last == nil { last = try newestRow(first, end, in: snapshot) }
        return last.flatMap { HistoryRestore.sample(of: $0, host: name, ledger.names) }
    }

    private static func newestRow(_ first: Int64, _ end: Int64, in snapshot: Snapshot) throws -> HistoryRow? {
        guard let key: Int64 = try snapshot.value(HistoryTier.second.newest, first, end) else { return nil }
        return try snapshot.first(HistoryTier.second.select, key, key + 1, read: HistoryRow.init)
    }

    private static func sample(of row: HistoryRow, host: String, _ names: HistoryNames) -> HostSnapshot? {
        guard let layout = names.metricLayout(row.layout) else { return nil }
        let values = layout.names.indices.map { PackedValues.value(at: $0, of: row.data) ?? .nan }
        return HostSnapshot(
            host: host, at: Timestamp(milliseconds: row.key.second * 1000), layout: layout, values: values)
    }
}

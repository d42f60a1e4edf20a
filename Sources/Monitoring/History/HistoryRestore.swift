internal import DeskAPI
internal import Storage
internal import Vocabulary

/// Reads back what the process before this one knew.
enum HistoryRestore {
    /// The numbers of hosts, metrics and layouts.
    static func ledger(from snapshot: Snapshot) throws -> HistoryLedger {
        var ledger = HistoryLedger()
        for entry in try entries(in: snapshot) { ledger.learn(entry) }
        return ledger
    }

    /// The newest sample of each host, by the host's name.
    static func newest(_ names: HistoryNames, from snapshot: Snapshot) throws -> [HostSnapshot] {
        try names.hosts.sorted { $0.key < $1.key }.compactMap { name, host in
            let first = HistoryKey(host: host, second: 0).number
            let newest: Int64? = try snapshot.value(HistoryTier.second.newest, first, HistoryKey.end(of: host).number)
            let row = try newest.flatMap {
                try snapshot.first(HistoryTier.second.select, $0, $0 + 1, read: HistoryRow.init)
            }
            return row.flatMap { sample(of: $0, host: name, names) }
        }
    }

    /// The steps of a host that are under way, made anew from the samples that are not in any row of theirs.
    static func track(of host: Int64, _ names: HistoryNames, from snapshot: Snapshot) throws -> HostTrack {
        let first = HistoryKey(host: host, second: 0).number
        let end = HistoryKey.end(of: host).number
        var ends: [HistoryTier: Int64] = [:]
        for tier in HistoryTier.rolled {
            let newest: Int64? = try snapshot.value(tier.newest, first, end)
            ends[tier] = newest.map { HistoryKey($0).second + tier.step } ?? 0
        }
        var track = HostTrack()
        let begin = HistoryKey(host: host, second: ends.values.min() ?? 0)
        try snapshot.forEach(HistoryTier.second.select, begin.number, end) { row in
            let row = try HistoryRow(row)
            guard let metrics = names.layouts[row.layout] else { return }
            track.take(values(of: row, metrics.count), of: metrics, at: row.key.second, ends: ends)
        }
        return track
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

    private static func values(of row: HistoryRow, _ count: Int) -> [Double] {
        (0..<count).map { PackedValues.value(at: $0, of: row.data) ?? .nan }
    }

    private static func sample(of row: HistoryRow, host: String, _ names: HistoryNames) -> HostSnapshot? {
        guard let layout = names.metricLayout(row.layout) else { return nil }
        return HostSnapshot(
            host: host, at: Timestamp(milliseconds: row.key.second * 1000), layout: layout,
            values: values(of: row, layout.names.count))
    }
}

internal import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
internal import Vocabulary

/// Who used most at each second of the last hour and each minute of the last day; beside the metrics, in their file.
struct ProcessHistory: Sendable {
    let history: MetricHistory

    /// The tables, to be opened with the history's own.
    static let schema = [
        Migration(
            "processes-1",
            """
            CREATE TABLE top_1 (key INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
            CREATE TABLE top_60 (key INTEGER PRIMARY KEY, second INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
            """)
    ]

    /// What was kept of a moment, and the second that it is of.
    struct Moment: Equatable, Sendable {
        let second: Int64
        let top: TopProcesses
    }

    /// Keeps what used most; it is written together with the next sample of the host, and with it only.
    ///
    /// Of two looks at the same second the first is kept: what was shown of a moment does not change afterwards.
    /// Nothing is kept before the first sample of the host, which gives the host its number.
    func keep(_ top: TopProcesses, of host: String, at moment: Timestamp) {
        let data = PackedProcesses.pack(top)
        let kept = history.retention.length(of: .second)
        history.ledger.withLockedValue { ledger in
            guard let number = ledger.names.hosts[host] else { return }
            let key = HistoryKey(host: number, second: HistoryLedger.second(of: moment))
            ledger.receive(KeptProcesses(key: key, data: data, secondsKept: kept))
        }
    }

    /// What was kept of the nearest second at or before a moment; `nil` when nothing was.
    ///
    /// - Throws: ``HistoryFailure/unknownHost(_:nearest:)``, ``StorageFailure``.
    func moment(atOrBefore moment: Timestamp, of host: String) async throws -> Moment? {
        let number = try history.ledger.withLockedValue { try $0.names.hostNumber(host) }
        let first = HistoryKey(host: number, second: 0).number
        let last = HistoryKey(host: number, second: moment.wholeSeconds).number
        return try await history.database.read { snapshot in
            let second = try snapshot.first(
                "SELECT key, data FROM top_1 WHERE key >= ? AND key <= ? ORDER BY key DESC LIMIT 1", first, last
            ) { row in try ProcessHistory.moment(second: HistoryKey(row[0]).second, row[1]) }
            // A row stands for its minute, and its second may lie after the moment.
            let minute = try snapshot.first(
                """
                SELECT second, data FROM top_60 WHERE key >= ? AND key <= ? AND second <= ? ORDER BY key DESC LIMIT 1
                """, first, last, moment.wholeSeconds
            ) { row in try ProcessHistory.moment(second: row[0], row[1]) }
            return [second, minute].compactMap(\.self).max { $0.second < $1.second }
        }
    }

    /// The oldest second of which anything is kept.
    func oldest(of host: String) async throws -> Int64? {
        let number = try history.ledger.withLockedValue { try $0.names.hostNumber(host) }
        let first = HistoryKey(host: number, second: 0).number
        let end = HistoryKey.end(of: number).number
        return try await history.database.read { snapshot in
            let minute: Int64? = try snapshot.value(
                "SELECT min(second) FROM top_60 WHERE key >= ? AND key < ?", first, end)
            return minute
        }
    }

    private static func moment(second: Int64, _ data: [UInt8]) throws -> Moment {
        guard let top = PackedProcesses.unpack(data) else {
            throw StorageFailure.corrupt(message: "the processes of second \(second) cannot be read")
        }
        return Moment(second: second, top: top)
    }
}

/// Who used most at a moment, as it is kept.
struct KeptProcesses: Equatable, Sendable {
    /// How long the first one of each minute is kept.
    static let minutesKept: Int64 = 86_400 + 60
    private static let rowsAtOnce: Int64 = 4

    let key: HistoryKey
    let data: [UInt8]
    /// How long each second is kept.
    let secondsKept: Int64

    /// Writes it, and forgets a little of what is older than it is kept.
    func write(in transaction: Transaction) throws {
        let (host, second) = (key.host, key.second)
        try transaction.run("INSERT OR IGNORE INTO top_1 (key, data) VALUES (?, ?)", key.number, data)
        try transaction.run(
            "INSERT OR IGNORE INTO top_60 (key, second, data) VALUES (?, ?, ?)",
            HistoryKey(host: host, second: second - second % 60).number, second, data)
        let first = HistoryKey(host: host, second: 0).number
        try transaction.run(
            "DELETE FROM top_1 WHERE key IN (SELECT key FROM top_1 WHERE key >= ? AND key < ? ORDER BY key LIMIT ?)",
            first, HistoryKey(host: host, second: second - secondsKept).number, KeptProcesses.rowsAtOnce)
        try transaction.run(
            "DELETE FROM top_60 WHERE key IN (SELECT key FROM top_60 WHERE key >= ? AND key < ? ORDER BY key LIMIT ?)",
            first, HistoryKey(host: host, second: second - KeptProcesses.minutesKept).number, KeptProcesses.rowsAtOnce)
    }
}

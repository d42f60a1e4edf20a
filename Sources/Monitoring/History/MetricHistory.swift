public import DeskAPI
internal import NIOConcurrencyHelpers
public import Storage
public import Vocabulary

/// What every host's metrics were: each second for an hour, then ever longer steps for two years.
///
/// It has a database file of its own. A sample is one small transaction; a process that is killed loses none that was
/// confirmed; time without samples stays a gap.
public final class MetricHistory: Sendable {
    let database: Database
    let ledger: NIOLockedValueBox<HistoryLedger>
    let retention: HistoryRetention
    /// The newest sample of each host at the start.
    let restored: [HostSnapshot]

    /// Opens the file, creating it when there is none; blocks until it is ready.
    ///
    /// - Throws: ``StorageFailure``.
    public static func open(
        at path: String, now: Timestamp, retention: HistoryRetention = HistoryRetention()
    ) throws -> MetricHistory {
        let database = try Database.open(
            at: path, durability: .normal, migrations: HistoryEntry.schema + ProcessHistory.schema, now: now)
        do {
            return try database.readBlocking { snapshot in
                let ledger = try HistoryRestore.ledger(from: snapshot)
                let restored = try HistoryRestore.newest(ledger.names, from: snapshot)
                return MetricHistory(database: database, ledger: ledger, retention: retention, restored: restored)
            }
        } catch {
            database.close()
            throw error
        }
    }

    private init(
        database: Database, ledger: HistoryLedger, retention: HistoryRetention, restored: [HostSnapshot]
    ) {
        self.database = database
        self.ledger = NIOLockedValueBox(ledger)
        self.retention = retention
        self.restored = restored
    }

    /// Keeps a sample, and returns when it is committed.
    ///
    /// Samples should be taken on full seconds: each stands for the second nearest to it. When this fails, for want of
    /// space for example, the sample waits and is written together with the next one.
    ///
    /// - Throws: ``StorageFailure``.
    public nonisolated(nonsending) func record(_ snapshot: HostSnapshot) async throws {
        ledger.withLockedValue { $0.receive(snapshot) }
        try await commit { _ in }
    }

    /// Keeps samples that another host sent, and returns when they are committed; a second that is kept stays as it is.
    ///
    /// - Returns: The seconds since 1970 of all of them, each kept now or before.
    /// - Throws: ``StorageFailure``; the same samples may then be given again.
    public func record(contentsOf snapshots: [HostSnapshot]) async throws -> [Int64] {
        try await commit { [self] transaction in
            let names = ledger.withLockedValue { $0.names }
            let fresh = try HistoryReplay(names: names, transaction: transaction).fresh(of: snapshots)
            ledger.withLockedValue { ledger in for snapshot in fresh { ledger.receive(snapshot) } }
        }
        return snapshots.map { HistoryLedger.second(of: $0.at) }
    }

    /// Writes everything that waits in one transaction; `prepare` may add to it first.
    private nonisolated(nonsending) func commit(
        _ prepare: @escaping @Sendable (Transaction) throws -> Void
    ) async throws {
        let drained = NIOLockedValueBox<[HistoryEntry]>([])
        do {
            try await database.write { [self] transaction in
                try prepare(transaction)
                try writeWaiting(in: transaction, noting: drained)
            }
        } catch {
            putBack(drained)
            throw error
        }
    }

    private func writeWaiting(in transaction: Transaction, noting drained: NIOLockedValueBox<[HistoryEntry]>) throws {
        try restoreHosts(from: transaction)
        let entries = ledger.withLockedValue { $0.drain() }
        drained.withLockedValue { $0 = entries }
        for entry in entries {
            // What rows are understood by must not be lost with a transaction that fails.
            try write(entry, in: transaction) { names in drained.withLockedValue { $0 = names + $0 } }
        }
    }

    private func putBack(_ drained: NIOLockedValueBox<[HistoryEntry]>) {
        let entries = drained.withLockedValue { $0 }
        ledger.withLockedValue { $0.putBack(entries) }
    }

    /// What has been written so far and what waits.
    public var statistics: DatabaseStatistics { database.statistics }

    /// Bytes that the history takes on the disk; `nil` when its file is gone.
    public var sizeOnDisk: Int64? { database.sizeOnDisk }

    /// Writes what waits and closes the file; blocks until it is done.
    public func close() {
        do {
            try database.writeBlocking { [self] in try writeWaiting(in: $0, noting: NIOLockedValueBox([])) }
        } catch {
            // A full disk or a broken file: whoever recorded was told, and this is the last moment.
        }
        database.close()
    }

    /// Reads the steps under way of hosts that are seen for the first time since the start; off the way of the start.
    private func restoreHosts(from snapshot: Snapshot) throws {
        let (hosts, names) = ledger.withLockedValue { ($0.hostsToRestore, $0.names) }
        for host in hosts {
            let track = try HistoryRestore.track(of: host, names, from: snapshot)
            ledger.withLockedValue { $0.adopt(track, of: host) }
        }
    }

    /// A step together with what is kept of it already: a clock that was set back must not write over an hour with the
    /// few seconds that came again.
    private func merged(
        _ row: HistoryRow, of tier: HistoryTier, in transaction: Transaction, noting note: ([HistoryEntry]) -> Void
    ) throws -> HistoryRow {
        let key = row.key.number
        guard let before = try transaction.first(tier.select, key, key + 1, read: HistoryRow.init) else { return row }
        var entries: [HistoryEntry] = []
        let merged = ledger.withLockedValue { $0.merge(before, with: row, &entries) }
        note(entries)
        for entry in entries { try entry.write(in: transaction) }
        return merged
    }

    private func pack(
        after row: HistoryRow, of tier: HistoryTier, in transaction: Transaction,
        noting note: ([HistoryEntry]) -> Void
    ) throws {
        let packing = HistoryPacking(names: ledger.withLockedValue { $0.names })
        try packing.run(after: row, of: tier, in: transaction) { metrics in
            var entries: [HistoryEntry] = []
            let layout = ledger.withLockedValue { $0.number(ofLayout: metrics, &entries) }
            note(entries)
            for entry in entries { try entry.write(in: transaction) }
            return layout
        }
    }

    private func write(
        _ entry: HistoryEntry, in transaction: Transaction, noting note: ([HistoryEntry]) -> Void
    ) throws {
        guard case .row(let tier, var row) = entry else { return try entry.write(in: transaction) }
        if tier != .second { row = try merged(row, of: tier, in: transaction, noting: note) }
        try HistoryEntry.row(tier, row).write(in: transaction)
        if tier != .second { try pack(after: row, of: tier, in: transaction, noting: note) }
        guard ledger.withLockedValue({ $0.mayTrim(after: row.key) }) else { return }
        try HistoryTrim(retention: retention).run(after: row, of: tier, in: transaction)
    }
}

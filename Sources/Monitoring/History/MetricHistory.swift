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
    public func record(_ snapshot: HostSnapshot) async throws {
        ledger.withLockedValue { $0.receive(snapshot) }
        let drained = NIOLockedValueBox<[HistoryEntry]>([])
        do {
            try await database.write { [self] transaction in
                try restoreHosts(from: transaction)
                let entries = ledger.withLockedValue { $0.drain() }
                drained.withLockedValue { $0 = entries }
                for entry in entries { try write(entry, in: transaction) }
            }
        } catch {
            let entries = drained.withLockedValue { $0 }
            ledger.withLockedValue { $0.putBack(entries) }
            throw error
        }
    }

    /// What has been written so far and what waits.
    public var statistics: DatabaseStatistics { database.statistics }

    /// Finishes what waits and closes the file; blocks until it is done.
    public func close() {
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

    private func write(_ entry: HistoryEntry, in transaction: Transaction) throws {
        try entry.write(in: transaction)
        guard case .row(let tier, let row) = entry else { return }
        try HistoryTrim(retention: retention).run(after: row, of: tier, in: transaction)
    }
}

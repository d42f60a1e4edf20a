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
            at: path, durability: .normal, migrations: HistoryEntry.schema, now: now)
        do {
            let (ledger, restored) = try database.readBlocking { try HistoryRestore.restore(from: $0) }
            return MetricHistory(database: database, ledger: ledger, retention: retention, restored: restored)
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
        let batch = ledger.withLockedValue { $0.take(snapshot) }
        let retention = self.retention
        try await database.write { transaction in
            for entry in batch.entries { try entry.write(in: transaction) }
            try HistoryTrim(retention: retention, newest: batch.newest).run(batch.entries, in: transaction)
        }
        ledger.withLockedValue { $0.confirm(batch) }
    }

    /// What has been written so far and what waits.
    public var statistics: DatabaseStatistics { database.statistics }

    /// Finishes what waits and closes the file; blocks until it is done.
    public func close() {
        database.close()
    }
}

internal import Digests
internal import Vocabulary

/// Brings a database's schema up to date before anybody else uses it.
struct Migrator {
    let file: DatabaseFile
    let connection: Connection

    /// Applies the steps that are not recorded yet, in order and in one transaction, and returns the epoch.
    ///
    /// When one of them fails nothing has changed, and the program from before can still open the database.
    /// When the database already holds something it is copied first, to `PATH.before-NAME` of the first new step.
    ///
    /// - Throws: ``StorageFailure/newerSchema(path:unknown:)`` when steps are recorded that are not in the list.
    func migrate(_ migrations: [Migration], now: Timestamp) throws -> String {
        let applied = try appliedNames()
        let known = Set(migrations.map(\.name))
        precondition(known.count == migrations.count, "two migrations have the same name")
        let unknown = applied.filter { !known.contains($0) }
        guard unknown.isEmpty else { throw StorageFailure.newerSchema(path: file.path, unknown: unknown) }
        let pending = migrations.filter { !applied.contains($0.name) }
        if let first = pending.first, !applied.isEmpty {
            try Backup(source: connection).write(to: "\(file.path).before-\(first.name)")
        }
        if applied.isEmpty || !pending.isEmpty {
            try transact { transaction in
                if applied.isEmpty { try prepareEmpty(transaction, now: now) }
                for migration in pending { try apply(migration, transaction, now: now) }
            }
        }
        return try epoch()
    }

    private func appliedNames() throws -> [String] {
        let snapshot = Snapshot(connection)
        let isPrepared: Bool? = try snapshot.value("SELECT 1 FROM sqlite_schema WHERE name = 'migration'")
        guard isPrepared == true else { return [] }
        return try snapshot.rows("SELECT name FROM migration ORDER BY at, name") { row in try row[0] }
    }

    private func prepareEmpty(_ transaction: Transaction, now: Timestamp) throws {
        try transaction.execute(
            """
            CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS store (
                only INTEGER PRIMARY KEY CHECK (only = 1), epoch TEXT NOT NULL, created INTEGER NOT NULL
            ) STRICT;
            """)
        try transaction.run(
            "INSERT OR IGNORE INTO store (only, epoch, created) VALUES (1, ?, ?)", SecureRandom().base62(8), now)
    }

    private func apply(_ migration: Migration, _ transaction: Transaction, now: Timestamp) throws {
        do {
            try migration.change(transaction)
            try transaction.run("INSERT INTO migration (name, at) VALUES (?, ?)", migration.name, now)
        } catch let failure as StorageFailure where failure.isFatalForGroup || failure == .locked {
            throw failure
        } catch {
            throw StorageFailure.migration(name: migration.name, message: "\(error)")
        }
    }

    private func transact(_ body: (Transaction) throws -> Void) throws {
        try connection.execute("BEGIN IMMEDIATE")
        let transaction = Transaction(connection)
        defer { transaction.end() }
        do {
            try body(transaction)
            try connection.execute("COMMIT")
        } catch {
            if connection.isInTransaction { try connection.execute("ROLLBACK") }
            throw error
        }
    }

    private func epoch() throws -> String {
        guard let epoch: String = try Snapshot(connection).value("SELECT epoch FROM store") else {
            throw StorageFailure.corrupt(message: "the store has no epoch")
        }
        return epoch
    }
}

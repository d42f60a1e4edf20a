internal import Threads
public import Vocabulary

/// A SQLite database in one file: one thread writes, several read.
///
/// Writes that wait together are committed together, which is what makes durable writes fast:
/// the price of one synchronization with the disk is shared by all of them.
/// Only one process may have the file open, see ``DataFolder``.
public final class Database: Sendable {
    private let writer: Writer
    private let readers: Readers
    private let path: String

    /// Opens the file, creating it when there is none, and brings its schema up to date; blocks until it is ready.
    ///
    /// - Parameters:
    ///   - path: The file; its folder must exist.
    ///   - durability: What a confirmed write survives.
    ///   - migrations: All steps from an empty database to the schema of today, oldest first.
    ///   - readers: How many reads can run at the same time.
    ///   - now: The time that new migrations are recorded with.
    /// - Throws: ``StorageFailure``, above all ``StorageFailure/newerSchema(path:unknown:)``.
    public static func open(
        at path: String, durability: Durability, migrations: [Migration], readers: Int = 2, now: Timestamp
    ) throws -> Database {
        let file = DatabaseFile(path: path, durability: durability)
        let writer = try Writer(file: file, migrations: migrations, now: now)
        do {
            return Database(writer: writer, readers: try Readers(file: file, count: readers), path: path)
        } catch {
            writer.close()
            throw error
        }
    }

    private init(writer: Writer, readers: Readers, path: String) {
        self.path = path
        self.writer = writer
        self.readers = readers
    }

    /// A random name that changes when the store is created anew, so that readers who resume notice it.
    public var epoch: String { writer.epoch }

    /// What has been written so far and what waits.
    public var statistics: DatabaseStatistics { writer.statistics }

    /// Moves with every commit, and with every one that failed, because it may have happened all the same.
    ///
    /// Nobody else has the file open, so what was read after asking for it is as it was while it stays the same.
    public var version: Int { writer.version }

    /// Bytes that the database takes on the disk, its log included; `nil` when the file is gone.
    public var sizeOnDisk: Int64? { FileSystem.size(of: path).map { $0 + (FileSystem.size(of: path + "-wal") ?? 0) } }

    /// Changes the database and returns after the commit.
    ///
    /// Writes happen one after the other in the order of the calls. One that throws changes nothing and disturbs no
    /// other. A write goes through even when the calling task is cancelled.
    ///
    /// - Throws: What `body` throws; or ``StorageFailure`` when the commit failed, and then nothing has happened.
    @discardableResult
    public nonisolated(nonsending) func write<Success: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Success
    ) async throws -> Success {
        try await crossing { [writer] finish in writer.add(Job(body, report: finish)) }.get()
    }

    /// Reads the database as it is at one moment, with everything in it that was committed before the call.
    ///
    /// Keep it short: while it lasts, the write-ahead log cannot be emptied.
    ///
    /// - Throws: What `body` throws, or ``StorageFailure``.
    public nonisolated(nonsending) func read<Success: Sendable>(
        _ body: @escaping @Sendable (Snapshot) throws -> Success
    ) async throws -> Success {
        try await crossing { [readers] finish in readers.add(Job(body, report: finish)) }.get()
    }

    /// Like ``write(_:)``, but blocks the calling thread; for start-up and threads of one's own, never on Swift's pool.
    @discardableResult
    public func writeBlocking<Success: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Success
    ) throws -> Success {
        let outcome = Handover<Result<Success, any Error>>()
        writer.add(Job(body) { outcome.give($0) })
        return try outcome.take().get()
    }

    /// Like ``read(_:)``, but blocks the calling thread; for start-up and threads of one's own, never on Swift's pool.
    public func readBlocking<Success: Sendable>(
        _ body: @escaping @Sendable (Snapshot) throws -> Success
    ) throws -> Success {
        let outcome = Handover<Result<Success, any Error>>()
        readers.add(Job(body) { outcome.give($0) })
        return try outcome.take().get()
    }

    /// Finishes what waits, empties the write-ahead log and closes the file; blocks until it is done.
    ///
    /// Later calls of other functions fail with ``StorageFailure/closed``.
    public func close() {
        readers.close()
        writer.close()
    }
}

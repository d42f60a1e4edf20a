internal import NIOConcurrencyHelpers

/// The writing connection on its thread: commits jobs in groups and checkpoints the log in between.
final class WriteSession {
    /// 16 MiB of log: small enough to be read in a moment at the next start, large enough that moving it, which costs
    /// two synchronizations, is rare.
    private static let framesBetweenCheckpoints = 4096

    private let file: DatabaseFile
    private let identity: FileIdentity
    private let statistics: NIOLockedValueBox<DatabaseStatistics>
    private var connection: Connection?
    private var checkpointedFrames = 0

    init(file: DatabaseFile, connection: Connection, statistics: NIOLockedValueBox<DatabaseStatistics>) throws {
        self.file = file
        identity = try FileSystem.identity(of: file.path)
        self.connection = connection
        self.statistics = statistics
    }

    /// Whether the log holds something that a checkpoint could clear away.
    var hasLog: Bool { connection?.logFrames ?? 0 > 0 }

    /// Does all jobs in one transaction and tells their callers after the commit.
    ///
    /// A job that throws loses only its own changes. When the file or its disk fails, all of them are refused.
    func perform(_ jobs: [Job<Transaction>]) {
        var group = Group()
        let start = SuspendingClock.now
        do {
            try requireSameFile()
            let connection = try usableConnection()
            try connection.step("BEGIN IMMEDIATE")
            for job in jobs { try attempt(job, isAlone: jobs.count == 1, on: connection, into: &group) }
            // One that was alone and threw has taken the transaction with it.
            if connection.isInTransaction { try connection.step("COMMIT") }
        } catch {
            abandon(after: error)
            for job in jobs { job.refuse(error) }
            return
        }
        let time = SuspendingClock.now - start
        for hook in group.hooks { hook() }
        note(written: jobs.count, took: time)
        for settle in group.settlements { settle() }
    }

    /// Checkpoints when enough has been written since the last time, so that the log stays small.
    func checkpointWhenDue() {
        let frames = connection?.logFrames ?? 0
        // Once all of it was moved and nobody reads from it, SQLite starts the log anew.
        if frames < checkpointedFrames { checkpointedFrames = 0 }
        guard frames - checkpointedFrames >= WriteSession.framesBetweenCheckpoints else { return }
        checkpointedFrames = frames
        checkpoint(truncating: frames > 2 * WriteSession.framesBetweenCheckpoints)
    }

    /// Empties the log while nobody writes.
    func checkpointAll() {
        checkpoint(truncating: true)
        if !hasLog { checkpointedFrames = 0 }
    }

    /// Empties the log and closes the connection.
    func end() {
        checkpointAll()
        connection?.close()
        connection = nil
    }

    private struct Group {
        var hooks: [@Sendable () -> Void] = []
        var settlements: [() -> Void] = []
    }

    private func attempt(
        _ job: Job<Transaction>, isAlone: Bool, on connection: Connection, into group: inout Group
    ) throws {
        if !isAlone { try connection.step("SAVEPOINT job") }
        let transaction = Transaction(connection)
        defer { transaction.end() }
        do {
            let settle = try job.attempt(transaction)
            if !isAlone { try connection.step("RELEASE job") }
            group.hooks += transaction.hooks
            group.settlements.append(settle)
        } catch {
            guard connection.isInTransaction, (error as? StorageFailure)?.isFatalForGroup != true else { throw error }
            if isAlone {
                try connection.step("ROLLBACK")
            } else {
                try connection.step("ROLLBACK TO job")
                try connection.step("RELEASE job")
            }
            // It may have seen changes of earlier jobs, so it must not speak of them before they are durable.
            group.settlements.append { job.refuse(error) }
        }
    }

    /// What is written to a file that was deleted or replaced is gone with the end of the process, so it is refused.
    private func requireSameFile() throws(StorageFailure) {
        guard try FileSystem.identity(of: file.path) == identity else { throw .replaced(path: file.path) }
    }

    /// The connection, opened again if the last one was given up.
    private func usableConnection() throws -> Connection {
        if let connection { return connection }
        let opened = try file.openForWriting()
        connection = opened
        checkpointedFrames = 0
        return opened
    }

    /// Takes back what was begun; after a failed read or write the connection knows too much that may be untrue.
    private func abandon(after error: any Error) {
        statistics.withLockedValue {
            $0.failedGroups += 1
            $0.lastFailure = "\(error)"
        }
        guard let connection else { return }
        var isUsable = !((error as? StorageFailure)?.isFatalForGroup ?? false) || error as? StorageFailure == .full
        if connection.isInTransaction {
            do { try connection.execute("ROLLBACK") } catch { isUsable = false }
        }
        guard !isUsable else { return }
        connection.close()
        self.connection = nil
    }

    private func checkpoint(truncating: Bool) {
        guard let connection else { return }
        do {
            // Without patience: a slow reader must not hold up writers.
            connection.wait(upTo: .zero)
            defer { connection.wait(upTo: .seconds(5)) }
            if try !connection.checkpoint(truncating: false) || !truncating { return }
            _ = try connection.checkpoint(truncating: true)
        } catch {
            abandon(after: error)
        }
    }

    private func note(written: Int, took time: Duration) {
        let frames = connection?.logFrames ?? 0
        statistics.withLockedValue {
            $0.groups += 1
            $0.writes += written
            $0.commitTime += time
            $0.logFrames = frames
            $0.lastFailure = nil
        }
    }
}

internal import Threads

/// The threads that each own a connection which only reads.
final class Readers: Sendable {
    /// How many reads may wait before further ones are refused.
    private static let queueLimit = 1024

    private let queue = WorkQueue<Job<Snapshot>>(limit: Readers.queueLimit)
    private let ended: [Handover<Void>]

    /// Opens the connections on new threads and waits for them.
    init(file: DatabaseFile, count: Int) throws {
        ended = (0..<max(1, count)).map { _ in Handover<Void>() }
        for (number, ended) in ended.enumerated() {
            let ready = Handover<Result<Void, any Error>>()
            try DedicatedThread.start("db-reader-\(number)") { [queue] in
                defer { ended.give(()) }
                do {
                    let session = ReadSession(file: file, connection: try file.openForReading())
                    ready.give(.success(()))
                    while let jobs = queue.take(atMost: 1) { jobs.forEach(session.perform) }
                    session.end()
                } catch {
                    ready.give(.failure(error))
                }
            }
            do {
                try ready.take().get()
            } catch {
                queue.close()
                throw error
            }
        }
    }

    deinit {
        queue.close()
    }

    /// Adds a read; its outcome goes to the job.
    func add(_ job: Job<Snapshot>) {
        do { try queue.add(job) } catch { job.refuse(error) }
    }

    /// Does what waits and closes; returns when it is done.
    func close() {
        queue.close()
        for thread in ended { thread.take() }
    }
}

/// A reading connection on its thread.
private final class ReadSession {
    private let file: DatabaseFile
    private var connection: Connection?

    init(file: DatabaseFile, connection: Connection) {
        self.file = file
        self.connection = connection
    }

    /// Does one job on a snapshot of its own, which ends before the caller hears of it.
    func perform(_ job: Job<Snapshot>) {
        let settle: () -> Void
        do {
            let connection = try usableConnection()
            try connection.step("BEGIN")
            let snapshot = Snapshot(connection)
            defer { snapshot.end() }
            settle = try job.attempt(snapshot)
            try connection.step("COMMIT")
        } catch {
            abandon(after: error)
            job.refuse(error)
            return
        }
        settle()
    }

    func end() {
        connection?.close()
        connection = nil
    }

    private func usableConnection() throws -> Connection {
        if let connection { return connection }
        let opened = try file.openForReading()
        connection = opened
        return opened
    }

    private func abandon(after error: any Error) {
        guard let connection else { return }
        var isUsable = (error as? StorageFailure)?.isFatalForGroup != true
        if connection.isInTransaction {
            do { try connection.execute("ROLLBACK") } catch { isUsable = false }
        }
        if !isUsable { end() }
    }
}

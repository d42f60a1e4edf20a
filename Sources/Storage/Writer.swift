internal import NIOConcurrencyHelpers
internal import Threads
internal import Vocabulary

/// The thread that owns the one connection which writes and checkpoints.
final class Writer: Sendable {
    /// How many writes one commit takes at most, so that no caller waits long for the others.
    private static let largestGroup = 1024
    /// How many writes may wait before further ones are refused.
    private static let queueLimit = 4096

    private let queue = WorkQueue<Job<Transaction>>(limit: Writer.queueLimit)
    private let counters = NIOLockedValueBox(DatabaseStatistics())
    private let ended = Handover<Void>()

    /// The random name of the database's present life.
    let epoch: String

    /// Opens and migrates the database on a new thread and waits for it.
    init(file: DatabaseFile, migrations: [Migration], now: Timestamp) throws {
        let ready = Handover<Result<String, any Error>>()
        try DedicatedThread.start("db-writer") { [queue, counters, ended] in
            defer { ended.give(()) }
            do {
                let connection = try file.create()
                let epoch = try Migrator(file: file, connection: connection).migrate(migrations, now: now)
                let session = try WriteSession(file: file, connection: connection, statistics: counters)
                ready.give(.success(epoch))
                Writer.work(through: queue, in: session, isGathering: file.durability == .full)
            } catch {
                ready.give(.failure(error))
            }
        }
        epoch = try ready.take().get()
    }

    deinit {
        queue.close()
    }

    /// What has been written so far.
    var statistics: DatabaseStatistics {
        var statistics = counters.withLockedValue { $0 }
        statistics.waitingWrites = queue.count
        return statistics
    }

    /// Moves after every commit and before anybody is told of it.
    var version: Int { counters.withLockedValue { $0.groups + $0.failedGroups } }

    /// Adds a write; its outcome goes to the job.
    func add(_ job: Job<Transaction>) {
        do { try queue.add(job) } catch { job.refuse(error) }
    }

    /// Does what waits, empties the log and closes; returns when it is done.
    func close() {
        queue.close()
        ended.take()
    }

    /// Takes what waits and commits it, again and again until the queue is closed.
    ///
    /// Callers who were just answered often come back at once. Starting without them would make them wait for a whole
    /// synchronization more, so the writer waits for them first, a fraction of what one costs.
    private static func work(through queue: WorkQueue<Job<Transaction>>, in session: WriteSession, isGathering: Bool) {
        var expected = 0
        while var jobs = queue.take(atMost: largestGroup, patience: session.hasLog ? .seconds(5) : nil) {
            if jobs.isEmpty {
                session.checkpointAll()
            } else {
                if isGathering { queue.gather(into: &jobs, until: expected, gap: .microseconds(200)) }
                session.perform(jobs)
                // Those who were just answered, and those who came while they were waiting.
                expected = min(jobs.count + queue.count, largestGroup)
                session.checkpointWhenDue()
            }
        }
        session.end()
    }
}

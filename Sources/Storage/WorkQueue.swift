internal import NIOConcurrencyHelpers
internal import Threads
internal import Vocabulary

/// A bounded queue between callers anywhere and the threads that own connections.
final class WorkQueue<Job: Sendable>: Sendable {
    private struct State {
        var waiting: [Job] = []
        var isClosed = false
    }

    private let limit: Int
    private let state = NIOLockedValueBox(State())
    /// Rung when there is something to take or the queue is closed, so that a thread can wait for it.
    private let bell = Bell()

    /// A queue that holds at most `limit` jobs.
    init(limit: Int) {
        self.limit = limit
    }

    /// The number of jobs that wait.
    var count: Int { waitingJobs.count }

    /// The jobs that wait, oldest first.
    var waitingJobs: [Job] { state.withLockedValue { $0.waiting } }

    /// Adds a job at the end.
    ///
    /// - Throws: ``StorageFailure/busy`` when the queue is full, ``StorageFailure/closed`` when it is closed.
    func add(_ job: Job) throws(StorageFailure) {
        let refusal: StorageFailure? = state.withLockedValue { state in
            guard !state.isClosed else { return .closed }
            guard state.waiting.count < limit else { return .busy }
            state.waiting.append(job)
            return nil
        }
        if let refusal { throw refusal }
        bell.ring()
    }

    /// Refuses new jobs; those that wait are still taken.
    func close() {
        state.withLockedValue { $0.isClosed = true }
        bell.ring()
    }

    /// Waits for jobs and takes at most `most` of them, oldest first; `nil` when closed and empty.
    ///
    /// - Parameter patience: After this long without jobs the result is empty; without it the wait has no end.
    func take(atMost most: Int, patience: Duration? = nil) -> [Job]? {
        let end = patience.map { SuspendingClock.now + $0 }
        while true {
            if let end {
                guard bell.wait(atMost: end - .now) else { return [] }
            } else {
                bell.wait()
            }
            // A ring may be of jobs that were taken together with those of the ring before.
            if let jobs = takeWaiting(most) { return jobs.isEmpty ? nil : jobs }
        }
    }

    /// The jobs that wait, at most so many; none when the queue is closed, `nil` when there may be some later.
    private func takeWaiting(_ most: Int) -> [Job]? {
        let (jobs, isClosed, isMore) = state.withLockedValue { state in
            let jobs = Array(state.waiting.prefix(most))
            state.waiting.removeFirst(jobs.count)
            return (jobs, state.isClosed, !state.waiting.isEmpty || state.isClosed)
        }
        // One ring wakes one thread: it passes on what it leaves.
        if isMore { bell.ring() }
        return jobs.isEmpty && !isClosed ? nil : jobs
    }

    /// Waits for more jobs as long as one follows the other within `gap`, until there are `wanted`.
    func gather(into jobs: inout [Job], until wanted: Int, gap: Duration) {
        while jobs.count < wanted, let more = take(atMost: wanted - jobs.count, patience: gap), !more.isEmpty {
            jobs += more
        }
    }
}

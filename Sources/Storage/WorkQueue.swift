internal import NIOConcurrencyHelpers
internal import Vocabulary

/// A bounded queue between callers anywhere and the threads that own connections.
final class WorkQueue<Job: Sendable>: Sendable {
    private struct State {
        var waiting: [Job] = []
        var isClosed = false
    }

    private let limit: Int
    private let state = NIOLockedValueBox(State())
    /// 1 when there is something to take or the queue is closed, so that a thread can wait for it.
    private let signal = ConditionLock(value: 0)

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
        ring()
    }

    /// Refuses new jobs; those that wait are still taken.
    func close() {
        state.withLockedValue { $0.isClosed = true }
        ring()
    }

    /// Waits for jobs and takes at most `most` of them, oldest first; `nil` when closed and empty.
    ///
    /// - Parameter patience: After this long without jobs the result is empty; without it the wait has no end.
    func take(atMost most: Int, patience: Duration? = nil) -> [Job]? {
        if let patience {
            guard signal.lock(whenValue: 1, timeoutSeconds: patience.inSeconds) else { return [] }
        } else {
            signal.lock(whenValue: 1)
        }
        let (jobs, isAtEnd, isMore) = state.withLockedValue { state in
            let jobs = Array(state.waiting.prefix(most))
            state.waiting.removeFirst(jobs.count)
            return (jobs, jobs.isEmpty && state.isClosed, !state.waiting.isEmpty || state.isClosed)
        }
        signal.unlock(withValue: isMore ? 1 : 0)
        return isAtEnd ? nil : jobs
    }

    /// Waits for more jobs as long as one follows the other within `gap`, until there are `wanted`.
    func gather(into jobs: inout [Job], until wanted: Int, gap: Duration) {
        while jobs.count < wanted, let more = take(atMost: wanted - jobs.count, patience: gap), !more.isEmpty {
            jobs += more
        }
    }

    private func ring() {
        signal.lock()
        signal.unlock(withValue: 1)
    }
}

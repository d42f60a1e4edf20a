internal import NIOConcurrencyHelpers

/// Runs an actor's jobs in order on one thread of its own, so that blocking C calls stay off Swift's pool.
///
/// Hold it as long as the actor lives; ``stop()`` ends the thread after the jobs that already wait.
public final class ThreadExecutor: SerialExecutor, Sendable {
    private let state: ConditionLock<Int>
    private let jobs: NIOLockedValueBox<Jobs>

    private struct Jobs {
        var waiting: [UnownedJob] = []
        var isStopping = false
    }

    /// Starts the thread.
    ///
    /// - Throws: ``ThreadFailure`` when the system has no thread left.
    public init(_ name: String) throws(ThreadFailure) {
        let state = ConditionLock(value: 0)
        let jobs = NIOLockedValueBox(Jobs())
        self.state = state
        self.jobs = jobs
        try DedicatedThread.start(name) { [weak self] in
            while true {
                state.lock(whenValue: 1)
                let (batch, isStopping) = jobs.withLockedValue { jobs in
                    defer { jobs.waiting.removeAll(keepingCapacity: true) }
                    return (jobs.waiting, jobs.isStopping)
                }
                state.unlock(withValue: isStopping ? 1 : 0)
                if batch.isEmpty, isStopping { return }
                guard let self else { return }
                for job in batch {
                    unsafe job.runSynchronously(on: self.asUnownedSerialExecutor())
                }
            }
        }
    }

    /// Adds a job to the end of the queue; callable from any thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        jobs.withLockedValue { $0.waiting.append(unowned) }
        state.lock()
        state.unlock(withValue: 1)
    }

    /// A reference for `unownedExecutor`; the actor must hold this executor.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    /// Lets the thread end once the waiting jobs are done.
    public func stop() {
        jobs.withLockedValue { $0.isStopping = true }
        state.lock()
        state.unlock(withValue: 1)
    }
}

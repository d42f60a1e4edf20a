internal import CLinux
internal import NIOConcurrencyHelpers

/// Runs an actor's jobs in order on one thread of its own, so that blocking C calls stay off Swift's pool.
///
/// Hold it as long as the actor lives; ``stop()`` ends the thread after the jobs that already wait.
public final class ThreadExecutor: SerialExecutor, Sendable {
    private let bell: Bell
    private let state: NIOLockedValueBox<State>

    private struct State {
        var waiting: [UnownedJob] = []
        var sleeper: Sleeper?
        var isStopping = false

        /// What the thread does next: who has slept enough wakes, and jobs run before it waits.
        mutating func takeTurn(at now: Int64) -> Turn {
            defer { waiting.removeAll(keepingCapacity: true) }
            let awake = takeSleeper { $0.end <= now }
            return Turn(
                jobs: waiting, sleeper: awake, patience: sleeper.map { .nanoseconds($0.end - now) },
                isLast: isStopping)
        }

        /// Ends the sleep, if one is due or must end.
        mutating func takeSleeper(where isOver: (Sleeper) -> Bool) -> Sleeper? {
            guard let sleeper, isOver(sleeper) else { return nil }
            self.sleeper = nil
            return sleeper
        }
    }

    private struct Turn {
        let jobs: [UnownedJob]
        let sleeper: Sleeper?
        /// How long the thread may wait for a ring; `nil` without end.
        let patience: Duration?
        let isLast: Bool
    }

    private struct Sleeper {
        /// In nanoseconds of `CLOCK_MONOTONIC`.
        let end: Int64
        let continuation: CheckedContinuation<Void, any Error>
    }

    /// Starts the thread.
    ///
    /// - Throws: ``ThreadFailure`` when the system has no thread left.
    public init(_ name: String) throws(ThreadFailure) {
        let bell = Bell()
        let state = NIOLockedValueBox(State())
        self.bell = bell
        self.state = state
        try DedicatedThread.start(name) { [weak self] in
            while true {
                let turn = state.withLockedValue { $0.takeTurn(at: wd_monotonic_nanoseconds()) }
                turn.sleeper?.continuation.resume()
                if turn.jobs.isEmpty, turn.isLast { return }
                if turn.jobs.isEmpty {
                    if let patience = turn.patience { _ = bell.wait(atMost: patience) } else { bell.wait() }
                    continue
                }
                guard let self else { return }
                for job in turn.jobs {
                    unsafe job.runSynchronously(on: self.asUnownedSerialExecutor())
                }
            }
        }
    }

    /// Adds a job to the end of the queue; callable from any thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        state.withLockedValue { $0.waiting.append(unowned) }
        bell.ring()
    }

    /// A reference for `unownedExecutor`; the actor must hold this executor.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    /// Sleeps on this thread, which runs other jobs meanwhile, by a clock that nobody can set; one sleeps at a time.
    ///
    /// A sleep of Swift's pool wakes two more threads for the same second; whoever sleeps here wakes where it lay down.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public nonisolated(nonsending) func sleep(for pause: Duration) async throws {
        let (seconds, attoseconds) = pause.components
        let end = wd_monotonic_nanoseconds() + seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let refused = state.withLockedValue { state in
                    precondition(state.sleeper == nil, "somebody sleeps on this thread already")
                    // Checked under the lock that the handler takes too: whoever is cancelled never lies down.
                    if Task.isCancelled { return true }
                    state.sleeper = Sleeper(end: end, continuation: continuation)
                    return false
                }
                if refused { return continuation.resume(throwing: CancellationError()) }
                bell.ring()
            }
        } onCancel: {
            state.withLockedValue { $0.takeSleeper { _ in true } }?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Lets the thread end once the waiting jobs are done.
    public func stop() {
        state.withLockedValue { $0.isStopping = true }
        bell.ring()
    }
}

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
        /// Whoever was about to lie down was cancelled.
        var isCancelled = false
        var isStopping = false

        /// What the thread does next: who has slept enough wakes, and jobs run before it waits.
        mutating func takeTurn(at now: Int64) -> Turn {
            defer { waiting.removeAll(keepingCapacity: true) }
            let awake = sleeper.flatMap { $0.end <= now ? $0 : nil }
            if awake != nil { sleeper = nil }
            return Turn(
                jobs: waiting, sleeper: awake, patience: sleeper.map { .nanoseconds($0.end - now) },
                isLast: isStopping)
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
        var end: Int64
        let wake: @Sendable (()) -> Void
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
                turn.sleeper?.wake(())
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
        // Rung under the lock: behind it the job may be done, and the actor gone with this executor.
        state.withLockedValue { state in
            state.waiting.append(unowned)
            bell.ring()
        }
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
    public func sleep(for pause: Duration, isolation: isolated (any Actor)? = #isolation) async throws {
        let (seconds, attoseconds) = pause.components
        let end = wd_monotonic_nanoseconds() + seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        state.withLockedValue { $0.isCancelled = false }
        await withTaskCancellationHandler {
            // What names the isolation is isolated by it; otherwise this would happen on Swift's pool.
            _ = isolation
            await crossing { [self] wake in
                state.withLockedValue { state in
                    precondition(state.sleeper == nil, "somebody sleeps on this thread already")
                    state.sleeper = Sleeper(end: state.isCancelled ? 0 : end, wake: wake)
                    bell.ring()
                }
            }
        } onCancel: {
            // The thread itself wakes the sleeper: whoever cancels runs a task of its own.
            state.withLockedValue { state in
                state.isCancelled = true
                state.sleeper?.end = 0
            }
            bell.ring()
        }
        try Task.checkCancellation()
    }

    /// Lets the thread end once the waiting jobs are done.
    public func stop() {
        state.withLockedValue { $0.isStopping = true }
        bell.ring()
    }
}

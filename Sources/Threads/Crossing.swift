internal import Glibc
internal import NIOConcurrencyHelpers

/// Waits for another thread and goes on where it was: on the thread of the actor that waits, or on Swift's pool.
///
/// A continuation goes to Swift's pool first and from there to the actor, which wakes a thread more each time. Here the
/// task itself goes over to the other thread, does nothing there but to take the outcome, and comes straight back.
///
/// - Parameter begin: begins the work and returns at once; calls what it is given exactly once, from any thread that
///   runs no task then, or before it returns.
/// - Returns: what was given.
public nonisolated(nonsending) func crossing<Outcome: Sendable>(
    _ begin: @escaping @Sendable (_ finish: @escaping @Sendable (Outcome) -> Void) -> Void
) async -> Outcome {
    await Crossing(begin).arrive()
}

/// The other side: whoever calls it is carried there by the thread that does the work.
private actor Crossing<Outcome: Sendable> {
    private let ferry: Ferry<Outcome>

    init(_ begin: @escaping @Sendable (@escaping @Sendable (Outcome) -> Void) -> Void) {
        ferry = Ferry(begin)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe ferry.asUnownedSerialExecutor() }

    func arrive() -> Outcome { ferry.outcome }
}

/// Runs one job, on the thread that finishes the work.
private final class Ferry<Outcome: Sendable>: SerialExecutor, Sendable {
    private let begin: @Sendable (@escaping @Sendable (Outcome) -> Void) -> Void
    private let result = NIOLockedValueBox<Outcome?>(nil)

    init(_ begin: @escaping @Sendable (@escaping @Sendable (Outcome) -> Void) -> Void) {
        self.begin = begin
    }

    var outcome: Outcome {
        guard let outcome = result.withLockedValue({ $0 }) else {
            preconditionFailure("nobody arrives before the work is done")
        }
        return outcome
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let passenger = UnownedJob(job)
        // Once it is begun, the task may be over and this executor gone with it: what is still used is held here.
        let departure = NIOLockedValueBox(Departure(begin: begin, thread: pthread_self()))
        departure.withLockedValue { $0.begin }({ outcome in
            self.result.withLockedValue { $0 = outcome }
            guard departure.withLockedValue({ $0.isOn(pthread_self()) }) else { return self.carry(passenger) }
            // The task has not left this thread yet, and cannot be run inside of itself.
            globalConcurrentExecutor.enqueue(passenger)
        })
        departure.withLockedValue { $0.thread = nil }
    }

    private struct Departure {
        let begin: @Sendable (@escaping @Sendable (Outcome) -> Void) -> Void
        /// On which the work is just being begun.
        var thread: pthread_t?

        func isOn(_ current: pthread_t) -> Bool { thread.map { pthread_equal($0, current) != 0 } ?? false }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    private func carry(_ passenger: UnownedJob) {
        unsafe passenger.runSynchronously(on: asUnownedSerialExecutor())
    }
}

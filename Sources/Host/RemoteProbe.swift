internal import NIOConcurrencyHelpers
internal import Threads
internal import Vocabulary

/// Asks for the space of a file system that may hang, on a thread of its own; the sampler only ever takes the answer.
///
/// A dead server stops this thread and nothing else. The thread ends when the probe is let go, or, if it is stuck, as
/// soon as the kernel gives it back.
final class RemoteProbe: Sendable {
    typealias Question = @Sendable () -> SpaceReading?

    /// How often it asks.
    static let interval = Duration.seconds(10)
    /// An answer that takes longer makes the last one stale.
    static let patience = Duration.seconds(3)

    private let state = NIOLockedValueBox(State())
    /// 1 wakes the thread, 0 lets it sleep.
    private let bell = ConditionLock(value: 0)

    private struct State {
        var answer: SpaceReading?
        var askedAt: Monotonic?
        var isPending = false
        var isStopping = false
    }

    /// Starts the thread; without one the probe never has an answer and says so by being stale.
    init(_ question: @escaping Question) throws(ThreadFailure) {
        let state = self.state
        let bell = self.bell
        try DedicatedThread.start("mount") {
            while true {
                bell.lock(whenValue: 1)
                bell.unlock(withValue: 0)
                if state.withLockedValue({ $0.isStopping }) { return }
                let answer = question()
                state.withLockedValue {
                    $0.answer = answer
                    $0.isPending = false
                }
            }
        }
    }

    deinit {
        state.withLockedValue { $0.isStopping = true }
        ring()
    }

    /// The newest answer, and whether the file system has stopped answering; asks again when it is time to.
    func newest(at now: Monotonic) -> (space: SpaceReading?, isStale: Bool) {
        let (answer, isStale, asks) = state.withLockedValue { state in
            let age = state.askedAt.map { now - $0 } ?? .seconds(Int64.max / 2)
            let asks = !state.isPending && age >= RemoteProbe.interval
            if asks {
                state.isPending = true
                state.askedAt = now
            }
            return (state.answer, state.isPending && !asks && age > RemoteProbe.patience, asks)
        }
        if asks { ring() }
        return (answer, isStale)
    }

    private func ring() {
        bell.lock()
        bell.unlock(withValue: 1)
    }
}

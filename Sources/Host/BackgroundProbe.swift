internal import NIOConcurrencyHelpers
internal import Threads
internal import Vocabulary

/// Asks something of the kernel that may hang or take its time, on a thread of its own; the sampler only ever takes
/// the answer.
///
/// A dead file server or a slow chip stops this thread and nothing else. The thread ends when the probe is let go, or,
/// if it is stuck, as soon as the kernel gives it back.
final class BackgroundProbe<Answer: Sendable>: Sendable {
    typealias Question = @Sendable () -> Answer?

    /// An answer that takes longer makes the last one stale.
    static var patience: Duration { .seconds(3) }

    /// How often it asks.
    private let interval: Duration
    private let state = NIOLockedValueBox(State())
    /// 1 wakes the thread, 0 lets it sleep.
    private let bell = ConditionLock(value: 0)

    private struct State {
        var answer: Answer?
        var askedAt: Monotonic?
        var isPending = false
        var isStopping = false
    }

    /// Starts the thread, which asks when ``newest(at:)`` is called and the interval has passed.
    init(_ name: String, every interval: Duration, _ question: @escaping Question) throws(ThreadFailure) {
        self.interval = interval
        let state = self.state
        let bell = self.bell
        try DedicatedThread.start(name) {
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

    /// The newest answer, and whether answers have stopped coming; asks again when it is time to.
    func newest(at now: Monotonic) -> (answer: Answer?, isStale: Bool) {
        let (answer, isStale, asks) = state.withLockedValue { state in
            let age = state.askedAt.map { now - $0 } ?? .seconds(Int64.max / 2)
            let asks = !state.isPending && age >= interval
            if asks {
                state.isPending = true
                state.askedAt = now
            }
            return (state.answer, state.isPending && !asks && age > Self.patience, asks)
        }
        if asks { ring() }
        return (answer, isStale)
    }

    private func ring() {
        bell.lock()
        bell.unlock(withValue: 1)
    }
}

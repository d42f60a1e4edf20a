internal import DeskAPI
internal import NIOConcurrencyHelpers

/// A running feed: nothing is delivered any more once ``stop()`` returned.
final class RemoteFeed: DeskFeed {
    private let task: Task<Void, Never>
    private let gate: Gate
    private let pause: FeedRest

    /// Lets deliveries through until it is shut; the lock makes ``stop()`` wait for the one under way.
    private final class Gate: Sendable {
        private let isOpen = NIOLockedValueBox(true)

        func pass(_ delivery: () -> Void) {
            isOpen.withLockedValue { isOpen in if isOpen { delivery() } }
        }

        func shut() {
            isOpen.withLockedValue { $0 = false }
        }
    }

    init<News: Sendable>(
        rest pause: FeedRest, on thread: LoopThread, _ deliver: @escaping @Sendable (News) -> Void,
        run: @escaping @Sendable (@escaping @Sendable (News) -> Void) async -> Void
    ) {
        let gate = Gate()
        self.gate = gate
        self.pause = pause
        task = Task(executorPreference: thread) { await run { news in gate.pass { deliver(news) } } }
    }

    deinit {
        stop()
    }

    func stop() {
        task.cancel()
        gate.shut()
    }

    func rest(_ isResting: Bool) {
        pause.set(isResting)
    }
}

internal import Threads

/// What the desk does once a second, one after the other: one sleep wakes all of it, on a thread of its own.
actor EverySecond {
    private let support: SupportWatch
    private let drift: DriftLedger
    private let executor: ThreadExecutor

    /// Prepares to look after customers and to settle what was counted.
    ///
    /// - Throws: ``ThreadFailure`` when the system has no thread left.
    init(support: SupportWatch, drift: DriftLedger) throws(ThreadFailure) {
        self.support = support
        self.drift = drift
        executor = try ThreadExecutor("every-second")
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Does it until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            await support.look()
            await drift.settle()
            do {
                try await executor.sleep(for: .seconds(1))
            } catch {
                break
            }
        }
        // What was counted since.
        await drift.settle()
        executor.stop()
    }
}

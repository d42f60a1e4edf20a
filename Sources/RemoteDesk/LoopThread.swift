internal import NIOCore
internal import NIOPosix

/// The thread of a remote desk: its event loop, and the tasks that ask and follow the desk.
///
/// What comes over the wire is decoded where it arrives. Tasks of Swift's pool would go to and fro between two threads
/// for each frame, and a client that waits has that pool's timers and threads come and go for nothing.
final class LoopThread: TaskExecutor {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop: any EventLoop

    /// Starts the thread.
    init() {
        loop = group.next()
    }

    deinit {
        group.shutdownGracefully { _ in }
    }

    /// Runs a task's next step on the thread; callable from any.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // The thread is there until the step is done, whoever else lets go of it.
        loop.execute { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Waits without a timer of Swift's pool.
    ///
    /// - Throws: as soon as the task is cancelled.
    func sleep(for pause: Duration) async throws {
        let (seconds, attoseconds) = pause.components
        let nap = loop.scheduleTask(in: .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)) {}
        try await withTaskCancellationHandler {
            try await nap.futureResult.get()
        } onCancel: {
            nap.cancel()
        }
    }
}

import Foundation
import NIOConcurrencyHelpers
import Testing
import Threads

/// A thread for what waits in C calls, so that Swift's pool, on which all other tests run, is never held up.
///
/// It lives as long as the process of the tests.
final class OwnThread: TaskExecutor {
    private let jobs = NIOLockedValueBox<[UnownedJob]>([])
    private let isReady = ConditionLock(value: false)

    init(_ name: String) throws {
        try DedicatedThread.start(name) { [self] in
            while true { runWaiting() }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLockedValue { $0.append(job) }
        isReady.lock()
        isReady.unlock(withValue: true)
    }

    private func runWaiting() {
        isReady.lock(whenValue: true)
        isReady.unlock(withValue: false)
        let batch = jobs.withLockedValue { jobs in
            defer { jobs.removeAll() }
            return jobs
        }
        for job in batch { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}

/// The threads of the tests of the whole program: few, so that the programs under test find processors.
actor ProgramThreads {
    static let shared = ProgramThreads(count: 3)

    private var free: [OwnThread] = []
    private var unmade: Int
    private var waiting: [CheckedContinuation<OwnThread, Never>] = []

    private init(count: Int) {
        unmade = count
    }

    /// Takes a thread, when one is free.
    func take() async throws -> OwnThread {
        if let thread = free.popLast() { return thread }
        if unmade > 0 {
            unmade -= 1
            return try OwnThread("program-test")
        }
        return await withCheckedContinuation { waiting.append($0) }
    }

    /// Gives a thread back.
    func give(_ thread: OwnThread) {
        guard !waiting.isEmpty else { return free.append(thread) }
        waiting.removeFirst().resume(returning: thread)
    }
}

/// Runs each test of a suite on one of the ``ProgramThreads``.
struct OnOwnThread: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        let thread = try await ProgramThreads.shared.take()
        do {
            try await withTaskExecutorPreference(thread) { try await function() }
        } catch {
            await ProgramThreads.shared.give(thread)
            throw error
        }
        await ProgramThreads.shared.give(thread)
    }
}

extension Trait where Self == OnOwnThread {
    /// On a thread of its own, a few at a time.
    static var onOwnThread: OnOwnThread { OnOwnThread() }
}

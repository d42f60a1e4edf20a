import Glibc
import NIOConcurrencyHelpers
import Testing
import Threads

/// A thread that does what it is given, in order.
private final class Porter: Sendable {
    private let bell = Bell()
    private let jobs = NIOLockedValueBox<[@Sendable () -> Void]>([])
    private let isOver = NIOLockedValueBox(false)

    init() throws {
        try DedicatedThread.start("porter") { [self] in
            while true {
                bell.wait()
                let waiting = jobs.withLockedValue { jobs in
                    defer { jobs.removeAll() }
                    return jobs
                }
                for job in waiting { job() }
                if isOver.withLockedValue({ $0 }) { return }
            }
        }
    }

    func add(_ job: @escaping @Sendable () -> Void) {
        jobs.withLockedValue { $0.append(job) }
        bell.ring()
    }

    func stop() {
        isOver.withLockedValue { $0 = true }
        bell.ring()
    }
}

/// An actor on a thread of its own, and whether it is on it before and after it waited.
private actor Traveller {
    private let executor: ThreadExecutor

    init() throws {
        executor = try ThreadExecutor("traveller")
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    func travel(by porter: Porter, _ number: Int) async -> (outcome: Int, isHome: Bool) {
        let home = pthread_self()
        let outcome = await through(porter, number)
        return (outcome, pthread_equal(home, pthread_self()) != 0)
    }

    func stop() { executor.stop() }
}

private nonisolated(nonsending) func through(_ porter: Porter, _ number: Int) async -> Int {
    await crossing { finish in porter.add { finish(number) } }
}

@Suite struct CrossingTests {
    @Test func `an actor goes on where it was, with its own outcome, however many wait`() async throws {
        let porter = try Porter()
        let traveller = try Traveller()
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<2000 {
                group.addTask {
                    let arrived = await traveller.travel(by: porter, number)
                    return arrived.outcome == number && arrived.isHome
                }
            }
            for await isRight in group { #expect(isRight) }
        }
        await traveller.stop()
        porter.stop()
    }

    @Test func `tasks of the pool cross too`() async throws {
        let porter = try Porter()
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 0..<2000 { group.addTask { await through(porter, number) } }
            return await group.reduce(0, +)
        }
        #expect(sum == 1999 * 1000)
        porter.stop()
    }

    @Test func `work that is done before it was begun is an outcome like any other`() async throws {
        let traveller = try Traveller()
        for number in 0..<200 {
            let outcome: Int = await crossing { finish in finish(number) }
            #expect(outcome == number)
        }
        await traveller.stop()
    }

    @Test func `who was cancelled waits all the same`() async throws {
        let porter = try Porter()
        let task = Task { await through(porter, 7) }
        task.cancel()
        #expect(await task.value == 7)
        porter.stop()
    }
}

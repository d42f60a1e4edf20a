import Foundation
import Testing
import Threads

/// An actor that lives on a thread of its own and sleeps there.
private actor Sleeper {
    private let executor: ThreadExecutor
    private(set) var visits = 0

    init() throws {
        executor = try ThreadExecutor("sleeper")
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// How long a sleep lasted.
    func sleep(for pause: Duration) async throws -> Duration {
        let clock = SuspendingClock()
        let start = clock.now
        try await executor.sleep(for: pause)
        return start.duration(to: clock.now)
    }

    /// Says that it lies down for the first time, and that it woke for the fiftieth.
    func sleepOften(_ asleep: DispatchSemaphore, _ awake: DispatchSemaphore) async {
        asleep.signal()
        for _ in 0..<50 {
            do { try await executor.sleep(for: .milliseconds(4)) } catch { return }
        }
        awake.signal()
        executor.stop()
    }

    static func block(_ gate: DispatchSemaphore) { gate.wait() }

    func visit() { visits += 1 }
    func stop() { executor.stop() }
}

@Suite struct ThreadExecutorTests {
    @Test func `a sleep lasts as long as it was asked for, again and again`() async throws {
        let sleeper = try Sleeper()
        for milliseconds in [0, 1, 30, 5] {
            let pause = Duration.milliseconds(milliseconds)
            #expect(try await sleeper.sleep(for: pause) >= pause)
        }
        await sleeper.stop()
    }

    @Test func `the thread does other work meanwhile, and a cancelled sleep ends at once`() async throws {
        let sleeper = try Sleeper()
        let sleep = Task { try await sleeper.sleep(for: .seconds(3600)) }
        for _ in 0..<1000 { await sleeper.visit() }
        #expect(await sleeper.visits == 1000)
        sleep.cancel()
        await #expect(throws: CancellationError.self) { try await sleep.value }
        #expect(try await sleeper.sleep(for: .zero) >= .zero, "another one may sleep now")
        await sleeper.stop()
    }

    @Test func `whoever is cancelled before does not lie down`() async throws {
        let sleeper = try Sleeper()
        for _ in 0..<200 {
            let sleep = Task { try await sleeper.sleep(for: .seconds(3600)) }
            sleep.cancel()
            await #expect(throws: CancellationError.self) { try await sleep.value }
        }
        await sleeper.stop()
    }

    @Test func `a sleep needs nobody but its own thread: it ends while Swift's pool is full`() throws {
        let sleeper = try Sleeper()
        let (asleep, awake) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        Task { await sleeper.sleepOften(asleep, awake) }
        #expect(asleep.wait(timeout: .now() + 20) == .success)
        let gate = DispatchSemaphore(value: 0)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        // This test holds a thread of the pool, and these hold the others.
        for _ in 0..<cores { Task { Sleeper.block(gate) } }
        #expect(awake.wait(timeout: .now() + 20) == .success)
        for _ in 0..<cores { gate.signal() }
    }

    @Test func `who works without end lets the sleeper wake`() async throws {
        let sleeper = try Sleeper()
        let busy = Task { while !Task.isCancelled { await sleeper.visit() } }
        #expect(try await sleeper.sleep(for: .milliseconds(5)) >= .milliseconds(5))
        busy.cancel()
        await busy.value
        await sleeper.stop()
    }
}

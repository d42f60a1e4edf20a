import Testing
import Vocabulary

@testable import Storage

@Suite struct WorkQueueTests {
    @Test func `a wait without jobs ends after its time, and not before`() {
        let queue = WorkQueue<Int>(limit: 10)
        let start = SuspendingClock.now
        #expect(queue.take(atMost: 1, patience: .milliseconds(30)) == [])
        #expect(SuspendingClock.now - start >= .milliseconds(30))
        #expect(queue.take(atMost: 1, patience: .zero) == [])
    }

    @Test func `jobs that were taken together leave no ring that looks like a wait which ended`() throws {
        let queue = WorkQueue<Int>(limit: 10)
        for job in 1...3 { try queue.add(job) }
        #expect(queue.take(atMost: 2, patience: .seconds(10)) == [1, 2])
        #expect(queue.take(atMost: 2, patience: .seconds(10)) == [3])
        let start = SuspendingClock.now
        #expect(queue.take(atMost: 2, patience: .milliseconds(20)) == [])
        #expect(SuspendingClock.now - start >= .milliseconds(20))
    }

    @Test func `a closed queue gives what waits and then its end, to every thread`() throws {
        let queue = WorkQueue<Int>(limit: 10)
        try queue.add(7)
        queue.close()
        #expect(queue.take(atMost: 5) == [7])
        #expect(queue.take(atMost: 5) == nil)
        #expect(queue.take(atMost: 5, patience: .seconds(1)) == nil)
        #expect(throws: StorageFailure.closed) { try queue.add(8) }
    }
}

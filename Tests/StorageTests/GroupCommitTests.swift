import Foundation
import Testing
import Vocabulary

@testable import Storage

struct GroupCommitTests {
    private let folder = TemporaryFolder()

    @Test func `writes that wait together share one commit and publish in its order`() async throws {
        let database = try folder.notes()
        let published = Journal()
        try await database.holdingWriter { release in
            let groups = database.statistics.groups
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<50 {
                    tasks.addTask {
                        let id = try await database.write { transaction in
                            let id = try transaction.insert("INSERT INTO note (text) VALUES (?)", "note \(number)")
                            transaction.afterCommit {
                                // Slow enough that a caller who goes on too early is caught.
                                let start = ContinuousClock.now
                                while start.duration(to: .now) < .microseconds(200) {}
                                published.add(id)
                            }
                            return id
                        }
                        #expect(id == Int64(number + 1), "writes happen in the order of the calls")
                        #expect(published.all.contains(id), "the caller went on before its hook ran")
                    }
                    while database.statistics.waitingWrites <= number { await Task.yield() }
                }
                release()
                try await tasks.waitForAll()
            }
            #expect(database.statistics.groups == groups + 2, "the held write, then all others at once")
        }
        #expect(published.all == Array(1...50))
    }

    @Test func `a write that throws undoes only itself`() async throws {
        struct Refusal: Error {}
        let database = try folder.notes()
        let published = Journal()
        try await database.holdingWriter { release in
            await withTaskGroup(of: Void.self) { tasks in
                for number in 0..<20 {
                    tasks.addTask {
                        do {
                            try await database.write { transaction in
                                transaction.afterCommit { published.add(Int64(number)) }
                                try transaction.run("INSERT INTO note (text) VALUES (?)", "note \(number)")
                                if number % 2 == 1 { throw Refusal() }
                            }
                            #expect(number % 2 == 0)
                        } catch {
                            #expect(error is Refusal)
                            #expect(number % 2 == 1)
                        }
                    }
                }
                while database.statistics.waitingWrites < 20 { await Task.yield() }
                release()
            }
        }
        let kept = try await database.read { try $0.rows("SELECT text FROM note") { row in try row[0] as String } }
        #expect(Set(kept) == Set((0..<10).map { "note \($0 * 2)" }))
        #expect(Set(published.all) == Set((0..<10).map { Int64($0 * 2) }))
    }

    @Test func `a constraint that refuses a row names its kind and disturbs nobody`() async throws {
        let database = try folder.notes()
        try await database.note("once")
        await #expect(throws: StorageFailure.constraint(.unique, message: "UNIQUE constraint failed: note.text")) {
            try await database.note("once")
        }
        try await database.note("twice")
        #expect(try await database.noteCount == 2)
    }

    @Test func `fifty writers at once lose no increment`() async throws {
        let database = try folder.notes(durability: .full)
        try await database.note("0")
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<50 {
                tasks.addTask {
                    for _ in 0..<20 {
                        try await database.write { transaction in
                            let text: String = try transaction.value("SELECT text FROM note") ?? ""
                            try transaction.run("UPDATE note SET text = ?", String((Int(text) ?? -1_000_000) + 1))
                        }
                    }
                }
            }
            try await tasks.waitForAll()
        }
        let total: String? = try await database.read { try $0.value("SELECT text FROM note") }
        #expect(total == "1000")
        #expect(database.statistics.groups < 1000, "waiting writes were not grouped")
    }

    @Test func `a database that is full refuses the whole group, runs no hook, and goes on when there is room`()
        async throws
    {
        let database = try folder.notes()
        try await database.note("before")
        let published = Journal()
        try await database.write { try $0.run("PRAGMA max_page_count = 20") }
        try await database.holdingWriter { release in
            await withTaskGroup(of: Void.self) { tasks in
                for number in 0..<10 {
                    tasks.addTask {
                        await #expect(throws: StorageFailure.full) {
                            try await database.write { transaction in
                                transaction.afterCommit { published.add(Int64(number)) }
                                try transaction.run(
                                    "INSERT INTO note (text) VALUES (?)",
                                    "\(number)" + String(repeating: "x", count: 20_000))
                            }
                        }
                    }
                }
                while database.statistics.waitingWrites < 10 { await Task.yield() }
                release()
            }
        }
        #expect(published.all.isEmpty)
        #expect(database.statistics.failedGroups == 1)
        #expect(try await database.noteCount == 1)
        try await database.write { try $0.run("PRAGMA max_page_count = 1000000") }
        try await database.note("after")
        #expect(try await database.noteCount == 2)
        #expect(database.statistics.lastFailure == nil)
        #expect(try await database.integrityProblems() == [])
    }

    @Test func `a queue that is full refuses at once instead of growing`() throws {
        let queue = WorkQueue<Int>(limit: 2)
        try queue.add(1)
        try queue.add(2)
        #expect(throws: StorageFailure.busy) { try queue.add(3) }
        #expect(queue.take(atMost: 1) == [1])
        try queue.add(4)
        queue.close()
        #expect(throws: StorageFailure.closed) { try queue.add(5) }
        #expect(queue.take(atMost: 10) == [2, 4])
        #expect(queue.take(atMost: 10) == nil)
    }
}

/// Numbers in the order in which they were added, from any thread.
final class Journal: Sendable {
    private let numbers = WorkQueue<Int64>(limit: .max)

    func add(_ number: Int64) {
        do { try numbers.add(number) } catch { Issue.record(error) }
    }

    var all: [Int64] { numbers.waitingJobs }
}

import Foundation
import NIOConcurrencyHelpers
import Testing
import Vocabulary

@testable import Host

@Suite struct ProcessDetailTests {
    private func scan(_ root: TestRoot, at seconds: Int64) throws -> ProcessScan {
        var scanner = ProcessScanner(root: root.path)
        let now = Monotonic(nanoseconds: seconds * 1_000_000_000)
        let scan = scanner.scan(monotonic: now, boottime: now)
        return try #require(scan)
    }

    private func put(_ root: TestRoot, name: String = "sh", command: String, read: Int, written: Int) throws {
        try root.write("proc/10/stat", ProcessStatTests.line(pid: 10, name: name))
        try root.write("proc/10/cmdline", command)
        try root.write("proc/10/io", "read_bytes: \(read)\nwrite_bytes: \(written)\n")
    }

    private func detail(
        _ reader: ProcessDetailReader, _ root: TestRoot, at seconds: Int64
    ) async throws -> ProcessDetail? {
        let scan = try scan(root, at: seconds)
        let subjects = scan.entries.map { ProcessDetailReader.Subject($0, in: scan) }
        let now = Monotonic(nanoseconds: seconds * 1_000_000_000)
        let all = await reader.details(of: subjects, readsTraffic: true, at: now, patience: .seconds(20))
        return all.items.first
    }

    @Test func `a command line is read once, and again for another program or after a while`() async throws {
        let root = try TestRoot()
        let reader = ProcessDetailReader(root: root.path)
        try put(root, command: "sh\0-c\0make\0", read: 0, written: 0)
        #expect(try await detail(reader, root, at: 1)?.command == "sh -c make")
        try put(root, command: "changed\0", read: 0, written: 0)
        #expect(try await detail(reader, root, at: 2)?.command == "sh -c make")
        try put(root, name: "make", command: "make\0all\0", read: 0, written: 0)
        #expect(try await detail(reader, root, at: 3)?.command == "make all")
        try put(root, name: "make", command: "make: done\0", read: 0, written: 0)
        #expect(try await detail(reader, root, at: 40)?.command == "make: done")
    }

    @Test func `traffic is a rate, unknown at first and when counters run backwards`() async throws {
        let root = try TestRoot()
        let reader = ProcessDetailReader(root: root.path)
        try put(root, command: "x\0", read: 1000, written: 0)
        #expect(try await detail(reader, root, at: 1)?.traffic == nil)
        try put(root, command: "x\0", read: 5000, written: 600)
        #expect(try await detail(reader, root, at: 3)?.traffic == ProcessTraffic(read: 2000, written: 300))
        try put(root, command: "x\0", read: 4000, written: 700)
        #expect(try await detail(reader, root, at: 5)?.traffic == nil)
        try root.remove("proc/10/io")
        #expect(try await detail(reader, root, at: 7)?.traffic == nil)
    }

    @Test func `who has no patience is answered with what is known, and the next question with the rest`() async throws
    {
        let root = try TestRoot()
        try put(root, command: "x\0", read: 0, written: 0)
        let reader = ProcessDetailReader(root: root.path)
        let scan = try scan(root, at: 1)
        let subjects = scan.entries.map { ProcessDetailReader.Subject($0, in: scan) }
        let now = Monotonic(nanoseconds: 1_000_000_000)
        // Without patience the answer is what is known by then: nothing or everything, but it comes.
        let early = await reader.details(of: subjects, readsTraffic: false, at: now, patience: .zero)
        #expect(early.items.count == 1)
        let later = await reader.details(
            of: subjects, readsTraffic: false, at: now + .seconds(40), patience: .seconds(20))
        #expect(later.items[0].command == "x")
    }

    @Test func `details of a process that has gone are not there`() async throws {
        let root = try TestRoot()
        try put(root, command: "x\0", read: 0, written: 0)
        let reader = ProcessDetailReader(root: root.path)
        let scan = try scan(root, at: 1)
        try root.remove("proc/10")
        let subjects = scan.entries.map { ProcessDetailReader.Subject($0, in: scan) }
        let now = Monotonic(nanoseconds: 1_000_000_000)
        let all = await reader.details(of: subjects, readsTraffic: true, at: now, patience: .seconds(20))
        #expect(all.items == [ProcessDetail()] && all.isComplete)
    }

    @Test func `a process that hangs keeps nobody waiting, and three of them end the reading until one returns`()
        async throws
    {
        let gate = DispatchSemaphore(value: 0)
        let reader = ProcessDetailReader(makeReading: {
            DetailReading { file, pid, bytes in
                if pid < 10 { gate.wait() }
                bytes[0] = UInt8(ascii: "x")
                return 1
            }
        })
        func command(of pid: Int32, patience: Duration) async throws -> String? {
            let root = try TestRoot()
            try root.write("proc/\(pid)/stat", ProcessStatTests.line(pid: pid))
            let scan = try scan(root, at: 1)
            let subject = ProcessDetailReader.Subject(scan.entries[0], in: scan)
            let now = Monotonic(nanoseconds: 1_000_000_000)
            let all = await reader.details(of: [subject], readsTraffic: false, at: now, patience: patience)
            #expect(all.isComplete == (all.items[0].command != nil))
            return all.items[0].command
        }
        #expect(try await command(of: 1, patience: .milliseconds(20)) == nil)
        #expect(try await command(of: 20, patience: .seconds(20)) == "x", "another one is read")
        #expect(try await command(of: 2, patience: .milliseconds(20)) == nil)
        #expect(try await command(of: 3, patience: .milliseconds(20)) == nil)
        #expect(try await command(of: 21, patience: .seconds(20)) == nil, "three threads hang")
        for _ in 0..<3 { gate.signal() }
        let deadline = Date().addingTimeInterval(20)
        while try await command(of: 22, patience: .seconds(20)) == nil, Date() < deadline { await Task.yield() }
        #expect(try await command(of: 22, patience: .seconds(20)) != nil)
    }

    /// Counts the readings of files, and may hold them up.
    private final class Files: Sendable {
        private let counts = NIOLockedValueBox<[String: Int]>([:])
        private let gate = NIOLockedValueBox<DispatchSemaphore?>(nil)
        private let isAtRest: Bool

        init(isAtRest: Bool = false) { self.isAtRest = isAtRest }

        func hold(_ semaphore: DispatchSemaphore?) { gate.withLockedValue { $0 = semaphore } }
        func count(_ file: String) -> Int { counts.withLockedValue { $0[file] ?? 0 } }

        func read(_ file: StaticString, into bytes: inout [UInt8]) -> Int? {
            gate.withLockedValue { $0 }?.wait()
            let number = counts.withLockedValue { counts in
                counts["\(file)", default: 0] += 1
                return counts["\(file)"] ?? 0
            }
            let text = Array("read_bytes: \(isAtRest ? 1 : number * 1000)\nwrite_bytes: 0\n".utf8)
            bytes.replaceSubrange(..<text.count, with: text)
            return text.count
        }
    }

    private func ask(
        _ reader: ProcessDetailReader, ticks: Int, at seconds: Double
    ) async throws -> ProcessDetails {
        let root = try TestRoot()
        try root.write("proc/10/stat", ProcessStatTests.line(pid: 10, user: UInt64(ticks)))
        let scan = try scan(root, at: 1)
        let now = Monotonic(nanoseconds: Int64(seconds * 1e9))
        return await reader.details(
            of: [ProcessDetailReader.Subject(scan.entries[0], in: scan)], readsTraffic: true, at: now,
            patience: .seconds(20))
    }

    @Test func `who asks every second is answered at once, with the reading of the second before`() async throws {
        let files = Files()
        let reader = ProcessDetailReader(makeReading: {
            DetailReading { file, _, bytes in files.read(file, into: &bytes) }
        })
        #expect(try await ask(reader, ticks: 1, at: 1).items[0].traffic == nil)
        #expect(
            try await ask(reader, ticks: 2, at: 3).items[0].traffic?.read == 500, "two seconds are too old to be told")
        let gate = DispatchSemaphore(value: 0)
        files.hold(gate)
        // A reading that hangs keeps nobody waiting who was answered just now.
        let meanwhile = try await ask(reader, ticks: 3, at: 4)
        #expect(meanwhile.items[0].traffic?.read == 500 && meanwhile.isComplete)
        files.hold(nil)
        gate.signal()
        let deadline = Date().addingTimeInterval(20)
        var next: Double? = 500
        while next == 500, Date() < deadline {
            next = try await ask(reader, ticks: 3, at: 4.1).items[0].traffic?.read
        }
        #expect(next == 1000)
    }

    @Test func `the counters of a process at rest are read every five seconds, of one that works each time`()
        async throws
    {
        let files = Files(isAtRest: true)
        let reader = ProcessDetailReader(makeReading: {
            DetailReading { file, _, bytes in files.read(file, into: &bytes) }
        })
        func settled(_ count: Int) async {
            let deadline = Date().addingTimeInterval(20)
            while files.count("io") < count, Date() < deadline { await Task.yield() }
        }
        _ = try await ask(reader, ticks: 1, at: 1)
        _ = try await ask(reader, ticks: 1, at: 3)
        #expect(files.count("io") == 2, "the second makes a rate of the first")
        for second in 4...7 { _ = try await ask(reader, ticks: 1, at: Double(second)) }
        #expect(files.count("io") == 2)
        _ = try await ask(reader, ticks: 1, at: 8)
        await settled(3)
        _ = try await ask(reader, ticks: 2, at: 9)
        await settled(4)
        #expect(files.count("io") == 4)
    }
}

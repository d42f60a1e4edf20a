import Foundation
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
        return all.known[scan.entries[0].identity]
    }

    @Test func `a command line is read once, and again for another program or after a while`() async throws {
        let root = try TestRoot()
        let reader = ProcessDetailReader(root: root.path)
        try put(root, command: "sh\0-c\0make\0", read: 0, written: 0)
        #expect(try await detail(reader, root, at: 1)?.command == Array("sh\0-c\0make\0".utf8))
        try put(root, command: "changed\0", read: 0, written: 0)
        #expect(try await detail(reader, root, at: 2)?.command == Array("sh\0-c\0make\0".utf8))
        try put(root, name: "make", command: "make\0all\0", read: 0, written: 0)
        #expect(try await detail(reader, root, at: 3)?.command == Array("make\0all\0".utf8))
        try put(root, name: "make", command: "make: done\0", read: 0, written: 0)
        #expect(try await detail(reader, root, at: 40)?.command == Array("make: done\0".utf8))
    }

    @Test func `traffic is a rate, unknown at first and when counters run backwards`() async throws {
        let root = try TestRoot()
        let reader = ProcessDetailReader(root: root.path)
        try put(root, command: "x\0", read: 1000, written: 0)
        #expect(try await detail(reader, root, at: 1)?.traffic == nil)
        try put(root, command: "x\0", read: 5000, written: 600)
        #expect(try await detail(reader, root, at: 3)?.traffic == ProcessTraffic(read: 2000, written: 300))
        try put(root, command: "x\0", read: 4000, written: 700)
        #expect(try await detail(reader, root, at: 4)?.traffic == nil)
        try root.remove("proc/10/io")
        #expect(try await detail(reader, root, at: 5)?.traffic == nil)
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
        #expect(early.known.count <= 1)
        let later = await reader.details(
            of: subjects, readsTraffic: false, at: now + .seconds(40), patience: .seconds(20))
        #expect(later.known[scan.entries[0].identity]?.command == Array("x\0".utf8))
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
        let found = all.known[scan.entries[0].identity]
        #expect(found?.command == nil && found?.traffic == nil && all.isComplete)
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
        func command(of pid: Int32, patience: Duration) async throws -> [UInt8]? {
            let root = try TestRoot()
            try root.write("proc/\(pid)/stat", ProcessStatTests.line(pid: pid))
            let scan = try scan(root, at: 1)
            let subject = ProcessDetailReader.Subject(scan.entries[0], in: scan)
            let now = Monotonic(nanoseconds: 1_000_000_000)
            let all = await reader.details(of: [subject], readsTraffic: false, at: now, patience: patience)
            #expect(all.isComplete == (all.known[scan.entries[0].identity]?.command != nil))
            return all.known[scan.entries[0].identity]?.command
        }
        #expect(try await command(of: 1, patience: .milliseconds(20)) == nil)
        #expect(try await command(of: 20, patience: .seconds(20)) == [UInt8(ascii: "x")], "another one is read")
        #expect(try await command(of: 2, patience: .milliseconds(20)) == nil)
        #expect(try await command(of: 3, patience: .milliseconds(20)) == nil)
        #expect(try await command(of: 21, patience: .seconds(20)) == nil, "three threads hang")
        for _ in 0..<3 { gate.signal() }
        let deadline = Date().addingTimeInterval(20)
        while try await command(of: 22, patience: .seconds(20)) == nil, Date() < deadline { await Task.yield() }
        #expect(try await command(of: 22, patience: .seconds(20)) != nil)
    }
}

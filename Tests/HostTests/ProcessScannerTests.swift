import Foundation
import Testing
import Vocabulary

@testable import Host

@Suite struct ProcessScannerTests {
    /// A scanner on a test root with clocks that only the test moves; the machine was started 1,000 s ago.
    private struct Bench: ~Copyable {
        let root: TestRoot
        var scanner: ProcessScanner
        var seconds = 1000.0

        init() throws {
            let root = try TestRoot()
            try root.write("proc/stat", "cpu 1\n")
            self.root = root
            scanner = ProcessScanner(root: root.path)
        }

        func put(_ pid: Int32, _ line: String) throws { try root.write("proc/\(pid)/stat", line) }

        mutating func scan(after pause: Double = 1, asleep: Double = 0) throws -> ProcessScan {
            seconds += pause
            let monotonic = Monotonic(nanoseconds: Int64(seconds * 1e9))
            seconds += asleep
            let scan = scanner.scan(monotonic: monotonic, boottime: Monotonic(nanoseconds: Int64(seconds * 1e9)))
            return try #require(scan)
        }
    }

    private func line(_ pid: Int32, ticks: UInt64, started: UInt64 = 500, name: String = "worker") -> String {
        ProcessStatTests.line(pid: pid, name: name, user: ticks, system: 0, started: started)
    }

    @Test func `a share of a core is what passed between two scans`() throws {
        var bench = try Bench()
        try bench.put(10, line(10, ticks: 1000))
        try bench.put(9, line(9, ticks: 5))
        let first = try bench.scan()
        #expect(first.entries.map(\.identity.pid) == [9, 10], "in the order of their numbers, 9 before 10")
        #expect(first.entries.allSatisfy { $0.cpu == nil } && !first.hasShares)
        try bench.put(10, line(10, ticks: 1150))
        let second = try bench.scan(after: 2)
        #expect(second.entries.map(\.cpu) == [0, 75])
        #expect(second.hasShares)
    }

    @Test func `time that runs backwards is no time`() throws {
        var bench = try Bench()
        try bench.put(10, line(10, ticks: 1000))
        _ = try bench.scan()
        try bench.put(10, line(10, ticks: 990))
        let scan1 = try bench.scan()
        #expect(scan1.entries.map(\.cpu) == [0])
    }

    @Test func `another process with the same number begins anew`() throws {
        var bench = try Bench()
        try bench.put(10, line(10, ticks: 1000))
        _ = try bench.scan()
        try bench.put(10, line(10, ticks: 2000, started: 600))
        let scan2 = try bench.scan()
        #expect(scan2.entries.map(\.cpu) == [nil], "it was started before the last scan")
        try bench.put(10, line(10, ticks: 40, started: 100_250))
        let scan3 = try bench.scan()
        #expect(scan3.entries.map(\.cpu) == [40], "it was started since the last scan")
    }

    @Test func `processes that end are gone, and those that come are there`() throws {
        var bench = try Bench()
        for pid in [Int32(10), 11, 12] { try bench.put(pid, line(pid, ticks: 1)) }
        _ = try bench.scan()
        try bench.root.remove("proc/11")
        try bench.put(13, line(13, ticks: 50, started: 100_150))
        let scan = try bench.scan()
        #expect(scan.entries.map(\.identity.pid) == [10, 12, 13])
        #expect(scan.entry(of: 13)?.cpu == 50 && scan.entry(of: 11) == nil)
    }

    @Test func `after a sleep nobody knows the shares`() throws {
        var bench = try Bench()
        try bench.put(10, line(10, ticks: 1))
        _ = try bench.scan()
        let scan = try bench.scan(asleep: 60)
        #expect(scan.entries.map(\.cpu) == [nil] && !scan.hasShares)
    }

    @Test func `ages are counted from the start of the machine`() throws {
        var bench = try Bench()
        try bench.put(10, line(10, ticks: 1, started: 50_000))
        let scan = try bench.scan()
        #expect(scan.age(of: scan.entries[0]) == .seconds(501))
        let child = try #require(scan.entries.first)
        #expect(child.memory == ByteCount(2560 * UInt64(sysconf(Int32(_SC_PAGESIZE)))))
    }

    @Test func `what is no process, and files that cannot be understood, are left out`() throws {
        var bench = try Bench()
        try bench.put(10, line(10, ticks: 1))
        try bench.put(11, "nonsense")
        try bench.root.write("proc/self/stat", line(12, ticks: 1))
        try bench.root.write("proc/12x/stat", line(12, ticks: 1))
        try bench.root.write("proc/99999999999/stat", line(12, ticks: 1))
        try bench.root.write("proc/-5/stat", line(12, ticks: 1))
        let scan4 = try bench.scan()
        #expect(scan4.entries.map(\.identity.pid) == [10])
    }

    @Test func `without proc there is no scan, and with it again there is`() throws {
        let root = try TestRoot()
        var scanner = ProcessScanner(root: root.path)
        let now = Monotonic(nanoseconds: 1_000_000_000)
        let without = scanner.scan(monotonic: now, boottime: now)
        #expect(without?.entries == nil)
        try root.write("proc/7/stat", line(7, ticks: 1))
        let later = now + .seconds(1)
        let with = scanner.scan(monotonic: later, boottime: later)
        #expect(with?.entries.count == 1)
    }

    @Test func `names are kept as they are`() throws {
        var bench = try Bench()
        try bench.put(10, line(10, ticks: 1, name: ") ("))
        try bench.put(11, line(11, ticks: 1, name: "\u{1B}]0;x\u{7}"))
        let scan = try bench.scan()
        #expect(scan.entries.map { String(decoding: scan.name(of: $0), as: UTF8.self) } == [") (", "\u{1B}]0;x\u{7}"])
    }

    @Test func `this machine's own processes make sense`() throws {
        var scanner = ProcessScanner()
        let read = scanner.scan(monotonic: now(CLOCK_MONOTONIC), boottime: now(CLOCK_BOOTTIME))
        let scan = try #require(read)
        let own = try #require(scan.entry(of: getpid()))
        #expect(own.memory > ByteCount(1 << 20) && own.threads >= 1 && own.parent == getppid())
        #expect(scan.age(of: own) < .seconds(86_400))
        let users = ProcessOwners()
        #expect(users.owner(of: own, in: scan) == getuid())
    }

    @Test func `a process that ends is gone from the next scan, and nothing of it stays open`() throws {
        func openFiles(of pid: Int32) throws -> [String] {
            let folder = "/proc/self/fd"
            let links = try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
                // Some are closed while they are looked at.
                try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + name)
            }
            return links.filter { $0.hasPrefix("/proc/\(pid)/") }
        }
        var scanner = ProcessScanner()
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/bin/cat")
        child.standardInput = Pipe()
        try child.run()
        let pid = child.processIdentifier
        for _ in 0..<2 {
            let scan = scanner.scan(monotonic: now(CLOCK_MONOTONIC), boottime: now(CLOCK_BOOTTIME))
            #expect(scan?.entry(of: pid) != nil)
        }
        #expect(try openFiles(of: pid) == ["/proc/\(pid)/stat"])
        kill(pid, SIGKILL)
        child.waitUntilExit()
        let scan = scanner.scan(monotonic: now(CLOCK_MONOTONIC), boottime: now(CLOCK_BOOTTIME))
        #expect(scan?.entry(of: pid) == nil)
        #expect(try openFiles(of: pid) == [])
    }

    private func now(_ clock: clockid_t) -> Monotonic {
        var time = timespec()
        clock_gettime(clock, &time)
        return Monotonic(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

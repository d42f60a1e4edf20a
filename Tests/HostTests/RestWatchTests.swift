import Foundation
import Testing
import Vocabulary

@testable import Host

@Suite(.serialized, .enabled(if: Turns.areCounted, "this kernel does not count turns of processes"))
struct RestWatchTests {
    /// A scanner of this machine on clocks that only the test moves, a second for each scan.
    private struct Bench: ~Copyable {
        var scanner = ProcessScanner()
        var now = RestWatchTests.now(CLOCK_MONOTONIC)
        var boottime = RestWatchTests.now(CLOCK_BOOTTIME)

        mutating func scan() throws -> ProcessScan {
            now = now + .seconds(1)
            boottime = boottime + .seconds(1)
            let scan = scanner.scan(monotonic: now, boottime: boottime)
            return try #require(scan)
        }

        /// Scans until these processes are known to rest.
        mutating func scan(untilResting pids: [Int32]) throws {
            for _ in 0..<1000 {
                let scan = try scan()
                if pids.allSatisfy({ scan.entry(of: $0)?.restsSince.map { $0 < now } ?? false }) { return }
            }
            Issue.record("\(pids) never rest")
        }

        /// A process as the newest scan has it.
        mutating func entry(of pid: Int32) throws -> ProcessEntry? { try scan().entry(of: pid) }
    }

    /// A shell that works a little for each line that it is given.
    private final class Child {
        let process = Process()
        private let input = Pipe()

        var pid: Int32 { process.processIdentifier }

        init(_ script: String = "while read n; do i=0; while [ $i -lt $n ]; do i=$((i+1)); done; done") throws {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", script]
            process.standardInput = input
            try process.run()
        }

        func work(_ rounds: Int) {
            signal(SIGPIPE, SIG_IGN)
            // One that was killed takes no work.
            try? input.fileHandleForWriting.write(contentsOf: Data("\(rounds)\n".utf8))
        }

        deinit {
            kill(pid, SIGKILL)
            process.waitUntilExit()
        }
    }

    /// What is compared: all but what others may change of a process that rests.
    private struct Facts: Equatable {
        let state: UInt8
        let parent: Int32
        let ticks: UInt64
        let name: [UInt8]

        init?(_ pid: Int32, in scan: ProcessScan) {
            guard let entry = scan.entry(of: pid) else { return nil }
            (state, parent, ticks) = (entry.state, entry.parent, entry.ticks)
            name = Array(scan.name(of: entry))
        }
    }

    /// What is read without remembering anything, once it stands still.
    private func settled(_ pids: [Int32]) throws -> [Facts?] {
        var last: [Facts?] = []
        while true {
            var scanner = ProcessScanner()
            let read = scanner.scan(
                monotonic: RestWatchTests.now(CLOCK_MONOTONIC), boottime: RestWatchTests.now(CLOCK_BOOTTIME))
            let scan = try #require(read)
            let facts = pids.map { Facts($0, in: scan) }
            let isBusy = facts.contains { $0?.state == UInt8(ascii: "R") }
            if !isBusy, facts == last { return facts }
            last = facts
        }
    }

    @Test func `whoever is run after a rest is read at once, with all the time it used`() throws {
        let child = try Child()
        var bench = Bench()
        try bench.scan(untilResting: [child.pid])
        let resting = try #require(try bench.entry(of: child.pid))
        #expect(resting.cpu == 0 && resting.restsSince != nil && resting.state == UInt8(ascii: "S"))
        child.work(200_000)
        let ticks = try #require(try settledTicks(of: child.pid, beyond: resting.ticks))
        let worked = try #require(try bench.entry(of: child.pid))
        #expect(worked.ticks == ticks && worked.restsSince == nil)
        let perSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
        #expect(worked.cpu == Double(ticks - resting.ticks) / perSecond * 100)
    }

    private func settledTicks(of pid: Int32, beyond before: UInt64) throws -> UInt64? {
        while true {
            guard let facts = try settled([pid])[0] else { return nil }
            if facts.ticks > before { return facts.ticks }
        }
    }

    @Test func `whoever is stopped, goes on or ends shows it at once`() throws {
        let child = try Child()
        let pid = child.pid
        var bench = Bench()
        for (signal, state) in [(SIGSTOP, UInt8(ascii: "T")), (SIGCONT, UInt8(ascii: "S"))] {
            try bench.scan(untilResting: [pid])
            kill(pid, signal)
            _ = try settled([pid])
            #expect(try bench.entry(of: pid)?.state == state)
        }
        try bench.scan(untilResting: [pid])
        kill(pid, SIGKILL)
        child.process.waitUntilExit()
        #expect(try bench.entry(of: pid) == nil)
    }

    @Test func `whoever's parent ends has another one at once`() throws {
        let child = try Child("sleep 1000 & echo $! > \"$0\"; read x".replacingOccurrences(of: "$0", with: file.path))
        defer { try? FileManager.default.removeItem(at: file) }
        var orphan: Int32?
        while orphan == nil { orphan = (try? String(contentsOf: file, encoding: .utf8)).flatMap(number) }
        let pid = try #require(orphan)
        var bench = Bench()
        try bench.scan(untilResting: [pid, child.pid])
        // It was read in full just now: only its parent's end is a reason to read it again in the next scans.
        while try bench.entry(of: pid)?.rest?.lookedAt != bench.now {}
        #expect(try bench.entry(of: pid)?.parent == child.pid)
        kill(child.pid, SIGKILL)
        while try settled([pid])[0]?.parent == child.pid {}
        // The one that went is missed on the way, before or behind its child.
        _ = try bench.scan()
        let parent = try #require(try bench.entry(of: pid)?.parent)
        #expect(parent != child.pid)
        // Whoever waits for a child waits for those that it left, too.
        kill(pid, SIGKILL)
        withExtendedLifetime(child) {}
    }

    private let file = FileManager.default.temporaryDirectory.appendingPathComponent("rest-\(UUID()).pid")

    private func number(_ text: String) -> Int32? {
        text.hasSuffix("\n") ? Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) : nil
    }

    @Test func `what others change of one that rests is seen after five seconds`() throws {
        let child = try Child()
        var bench = Bench()
        try bench.scan(untilResting: [child.pid])
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(child.pid), 7)
        for _ in 0..<5 { _ = try bench.scan() }
        #expect(try bench.entry(of: child.pid)?.nice == 7)
    }

    @Test func `whoever comes is there in the next scan, and its number starts anew`() throws {
        var bench = Bench()
        for _ in 0..<20 {
            _ = try bench.scan()
            let child = try Child()
            #expect(try bench.entry(of: child.pid) != nil)
        }
    }

    @Test(arguments: [1 as UInt64, 2, 3])
    func `at random, what is remembered is what is there`(seed: UInt64) throws {
        var random = Seeded(seed)
        var children: [Child] = []
        var bench = Bench()
        for _ in 0..<40 {
            if children.count < 3 || Int.random(in: 0..<8, using: &random) == 0 { children.append(try Child()) }
            let one = children[Int.random(in: 0..<children.count, using: &random)]
            switch Int.random(in: 0..<8, using: &random) {
            case 0: one.work(Int.random(in: 1..<30_000, using: &random))
            case 1: kill(one.pid, SIGSTOP)
            case 2: kill(one.pid, SIGCONT)
            case 3: kill(one.pid, SIGKILL)
            default: break
            }
            let pids = children.map(\.pid)
            let facts = try settled(pids)
            let scan = try bench.scan()
            #expect(pids.map { Facts($0, in: scan) } == facts)
        }
    }

    @Test func `a kernel that does not count says so with zeros`() {
        func parse(_ text: String) -> RunCounts? { RunCounts.parse(Array(text.utf8).span) }
        #expect(parse("5711 54291 2\n") == RunCounts(time: 5711, turns: 2))
        #expect(parse("0 0 0\n") == nil && parse("") == nil && parse("12 3\n") == nil)
    }

    @Test func `counters of one that was not run since they were read are not read again`() {
        let seconds = { (count: Int64) in Monotonic(nanoseconds: count * 1_000_000_000) }
        var known = KnownDetail()
        known.take(ProcessIO(read: 1, written: 1), ticks: 9, at: seconds(10))
        #expect(
            known.traffic(ticks: 9, restsSince: seconds(5), at: seconds(11)) == .now, "the first rate is waited for")
        known.take(ProcessIO(read: 1, written: 1), ticks: 9, at: seconds(11))
        #expect(known.traffic(ticks: 9, restsSince: seconds(5), at: seconds(500)) == .none)
        #expect(known.traffic(ticks: 9, restsSince: nil, at: seconds(504)) == .none, "as if read at 500")
        #expect(known.traffic(ticks: 9, restsSince: seconds(503), at: seconds(505)) == .due, "it ran between")
        #expect(
            known.traffic(ticks: 10, restsSince: nil, at: seconds(504)) == .due, "it wakes, and nobody waits for it")
        #expect(known.traffic(ticks: 10, restsSince: nil, at: seconds(507)) == .now, "too long ago for any rate")
        known.take(ProcessIO(read: 500, written: 1), ticks: 10, at: seconds(508))
        #expect(known.detail.traffic?.read == 499.0 / 8)
        #expect(known.traffic(ticks: 10, restsSince: seconds(5), at: seconds(509)) == .due, "a rate has to end")
    }

    private static func now(_ clock: clockid_t) -> Monotonic {
        var time = timespec()
        clock_gettime(clock, &time)
        return Monotonic(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

private enum Turns {
    static var areCounted: Bool {
        // Without the file nothing is counted.
        let counts = (try? Data(contentsOf: URL(fileURLWithPath: "/proc/self/schedstat"))).map { Array($0) } ?? []
        return RunCounts.parse(counts.span) != nil
    }
}

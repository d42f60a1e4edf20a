import DeskAPI
import Foundation
import Glibc
import Host
import Storage
import Testing
import Vocabulary

@testable import Monitoring

/// The processes of a test tree, listed as a caller sees them.
@Suite struct ProcessesTests {
    /// A tree of processes, the service over it, and clocks that only the test moves.
    private final class Bench {
        let root: String
        let folder: HistoryFolder
        let history: MetricHistory
        let audit: Database
        let processes: Processes
        private var seconds: Int64 = 2000

        init(in parent: String = NSTemporaryDirectory()) throws {
            root = parent + "/processes-" + UUID().uuidString
            folder = try HistoryFolder()
            history = try folder.open()
            audit = try Database.open(
                at: folder.path + "/desk.sqlite", durability: .full, migrations: AuditTrail.migrations,
                now: moment(HistoryFolder.start))
            processes = Processes(history: history, audit: audit, root: root)
        }

        deinit {
            history.close()
            audit.close()
            do { try FileManager.default.removeItem(atPath: root) } catch { print("left behind: \(root)") }
        }

        func put(
            _ pid: Int, _ name: String, parent: Int = 1, ticks: Int = 0, started: Int = 100, pages: Int = 256,
            command: String = ""
        ) throws {
            let folder = "\(root)/proc/\(pid)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let line =
                "\(pid) (\(name)) S \(parent) 1 1 0 -1 4194560 1 1 1 1 \(ticks) 0 0 0 20 0 1 0 \(started) 1 \(pages) 1\n"
            try Data(line.utf8).write(to: URL(filePath: folder + "/stat"))
            try Data(command.utf8).write(to: URL(filePath: folder + "/cmdline"))
        }

        /// A great many processes, made as quickly as files can be.
        func putMany(_ count: Int) throws {
            for pid in 1...count {
                let folder = "\(root)/proc/\(pid)"
                if pid == 1 { try put(1, "worker-1", command: "worker\0--number\0") }
                mkdir(folder, 0o755)
                let line = "\(pid) (worker-\(pid % 7)) S 1 1 1 0 -1 0 1 1 1 1 0 0 0 0 20 0 1 0 100 1 256 1\n"
                try write(line, to: folder + "/stat")
                try write("worker\0--number\0\(pid)\0", to: folder + "/cmdline")
            }
        }

        private func write(_ text: String, to path: String) throws {
            let file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o644)
            try #require(file >= 0)
            defer { close(file) }
            let bytes = Array(text.utf8)
            try #require(Glibc.write(file, bytes, bytes.count) == bytes.count)
        }

        /// Looks twice, a second apart, with `change` between.
        func scan(costing cost: Duration = .microseconds(640), _ change: () throws -> Void = {}) throws {
            var scanner = ProcessScanner(root: root)
            _ = scanner.scan(monotonic: now, boottime: now)
            try change()
            seconds += 1
            let read = scanner.scan(monotonic: now, boottime: now)
            let scan = try #require(read)
            processes.take(
                scan, of: "desk-1", at: moment(HistoryFolder.start + seconds - 2000), interval: .seconds(1),
                cost: cost)
        }

        var now: Monotonic { Monotonic(nanoseconds: seconds * 1_000_000_000) }

        func list(_ change: (inout ListProcesses) -> Void = { _ in }) async throws -> ProcessList {
            var request = ListProcesses()
            change(&request)
            return try await processes.list(request, at: now)
        }
    }

    private func busy() throws -> Bench {
        let bench = try Bench()
        try bench.put(10, "init", parent: 0, command: "/sbin/init\0splash\0")
        try bench.put(20, "postgres", parent: 10, pages: 5000, command: "postgres\0-D\0/data\0")
        try bench.put(30, "a) (\u{1B}[31m", parent: 10, started: 50, pages: 10, command: "\u{1B}]0;x\u{7}\0y\0")
        try bench.scan { try bench.put(20, "postgres", parent: 10, ticks: 33, pages: 5000) }
        return bench
    }

    @Test func `processes are listed by what they use, and text from outside is harmless`() async throws {
        let bench = try busy()
        let list = try await bench.list()
        #expect(list.host == "desk-1" && list.total == 3 && list.matching == 3 && !list.isPast)
        #expect(list.scanCost == 0.6 && list.interval == 1)
        #expect(list.items.map(\.pid) == [20, 10, 30], "by CPU, then memory")
        #expect(list.items[0].cpu == 33 && list.items[1].cpu == 0)
        #expect(list.items[1].command == "/sbin/init splash")
        #expect(list.items[2].name == "a) (␛[31m" && list.items[2].command == "␛]0;x␇ y")
        #expect(list.items[0].read == nil, "what may not be read is not 0")
        #expect(list.items.allSatisfy { $0.user == list.items[0].user && $0.user != "n/a" })
    }

    @Test(
        arguments: [
            (ProcessOrder.cpu, [20, 10, 30]), (.memory, [20, 10, 30]), (.age, [30, 10, 20]), (.pid, [10, 20, 30]),
            (.name, [30, 10, 20]), (.io, [10, 20, 30]),
        ])
    func `every order is there, and its reverse`(_ order: ProcessOrder, _ pids: [Int64]) async throws {
        let bench = try busy()
        #expect(try await bench.list { $0.sort = order }.items.map(\.pid) == pids)
        let reversed = try await bench.list {
            $0.sort = order
            $0.isReversed = true
        }
        // Equals stay in the order of their numbers.
        #expect(reversed.items.map(\.pid) == (order == .io ? pids : order == .age ? [10, 20, 30] : pids.reversed()))
    }

    @Test func `the filter looks at everything, the limit cuts, and the one that must be there is there`() async throws
    {
        let bench = try busy()
        #expect(try await bench.list { $0.filter = "splash" }.items.map(\.pid) == [10])
        #expect(try await bench.list { $0.filter = "mem>1MiB and not pid=20" }.items.isEmpty)
        let short = try await bench.list {
            $0.limit = 1
            $0.including = 30
        }
        #expect(short.items.map(\.pid) == [20, 30] && short.matching == 3)
        await #expect(throws: Problem.self) { try await bench.list { $0.filter = "cpu>" } }
    }

    @Test func `another host's processes are not read here`() async throws {
        let bench = try busy()
        #expect(try await bench.list { $0.host = "desk-1" }.total == 3)
        do {
            _ = try await bench.list { $0.host = "web-2" }
            Issue.record("it answered")
        } catch let problem as Problem {
            #expect(problem.code == .notFound && problem.detail.contains("`desk-1`"))
        }
    }

    @Test func `before the first scan it is said that there is none`() async throws {
        let bench = try Bench()
        try bench.put(10, "init")
        await #expect(throws: Problem.self) { try await bench.list() }
        bench.processes.lose()
        await #expect(throws: Problem.self) { try await bench.list() }
    }

    @Test func `who asks while a scan is under way has that scan`() async throws {
        let bench = try busy()
        let (processes, now) = (bench.processes, bench.now)
        let before = try await processes.list(ListProcesses(), at: now).total
        processes.beginScan()
        // Whether it asked by now or not, it cannot be answered with the scan before.
        async let asked = processes.list(ListProcesses(), at: now)
        await Task.yield()
        try bench.scan { try bench.put(40, "new", parent: 10) }
        #expect(try await asked.total == before + 1)
        processes.beginScan()
        let lost = Task { try await processes.list(ListProcesses(), at: now) }
        await Task.yield()
        processes.lose()
        await #expect(throws: Problem.self) { try await lost.value }
    }

    @Test func `a scan that takes long is not waited for`() async throws {
        let bench = try busy()
        try bench.scan(costing: .milliseconds(400)) {}
        bench.processes.beginScan()
        #expect(try await bench.list().total == 3)
    }

    @Test func `who used most is kept, and found again at its second`() async throws {
        let bench = try busy()
        try await bench.history.record(snapshot(HistoryFolder.start, [1, 2]))
        try bench.scan { try bench.put(30, "burner", parent: 10, ticks: 90, started: 50) }
        try await bench.history.record(snapshot(HistoryFolder.start + 2, [1, 2]))
        let past = try await bench.list { $0.at = moment(HistoryFolder.start + 9) }
        #expect(past.isPast && past.total == 3)
        #expect(past.at == moment(HistoryFolder.start + 2), "it says which second it is of")
        #expect(past.items.first?.name == "burner" && past.items.first?.cpu == 90)
        #expect(past.items.first?.command == nil && past.items.first?.nice == nil)
        let filtered = try await bench.list {
            $0.at = moment(HistoryFolder.start + 9)
            $0.filter = "name=postgres"
        }
        #expect(filtered.items.map(\.pid) == [20])
        do {
            _ = try await bench.list { $0.at = moment(HistoryFolder.start) }
            Issue.record("it answered")
        } catch let problem as Problem {
            #expect(problem.code == .notFound && problem.detail.contains("the oldest kept second is"))
        }
    }

    @Test func `of more than twenty, those that used most are kept`() async throws {
        let bench = try Bench()
        for pid in 100..<160 { try bench.put(pid, "worker", pages: pid) }
        try await bench.history.record(snapshot(HistoryFolder.start, [1, 2]))
        try bench.scan { for pid in 120..<125 { try bench.put(pid, "worker", ticks: pid - 110, pages: pid) } }
        try await bench.history.record(snapshot(HistoryFolder.start + 1, [1, 2]))
        let past = try await bench.list { $0.at = moment(HistoryFolder.start + 9) }
        #expect(past.items.map(\.pid) == [124, 123, 122, 121, 120] + (145..<160).reversed())
        #expect(past.total == 60)
    }

    @Test func `a signal elsewhere is refused before anything is written down`() async throws {
        let bench = try busy()
        do {
            _ = try await bench.processes.signal(
                SignalProcess(.terminate, pid: 20, started: 100), by: .local(name: "ana"),
                at: moment(HistoryFolder.start), monotonic: bench.now)
            Issue.record("it was sent")
        } catch let problem as Problem {
            #expect(problem.code == .forbidden)
        }
        let count: Int64? = try await bench.audit.read { snapshot in
            let count: Int64? = try snapshot.value("SELECT count(*) FROM audit")
            return count
        }
        #expect(count == 0)
    }

    /// `WATCHDESK_MANY_PROCESSES=50000` measures what a very large machine costs; `docs/sre-guide.md` has the figures.
    @Test func `many processes are scanned and listed in bounded time`() async throws {
        let count = ProcessInfo.processInfo.environment["WATCHDESK_MANY_PROCESSES"].flatMap(Int.init) ?? 1400
        let memory = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let bench = try Bench(in: memory)
        try bench.putMany(count)
        let clock = ContinuousClock()
        let scans = try clock.measure { try bench.scan() }
        let start = clock.now
        let list = try await bench.list()
        let plain = clock.now - start
        #expect(list.total == count && list.items.count == 100 && !list.isPartial)
        let filtered = try await bench.list { $0.filter = "cmd~number and name~worker-3" }
        let whole = clock.now - start - plain
        #expect(filtered.isPartial || filtered.matching == (count + 4) / 7)
        print("cost: two scans \(scans), a list \(plain), a list by command line \(whole) of \(count) processes")
        #expect(scans < .seconds(30) && plain < .seconds(10) && whole < .seconds(20))
    }
}

internal import DeskAPI
internal import Host
internal import Vocabulary

/// One of the processes that used most at a moment, as it is kept.
struct TopProcess: Equatable, Sendable {
    var pid: Int64
    var started: Int64
    var parent: Int64
    /// The number of the user; `nil` when the process went before it was asked for.
    var user: Int64?
    var state: UInt8
    var threads: Int64
    /// Tenths of a percent of one core; `nil` when unknown.
    var cpu: Int64?
    /// In KiB.
    var memory: Int64
    /// In seconds.
    var age: Int64
    var isKernel: Bool
    /// As the kernel keeps it: it becomes harmless when it is shown.
    var name: [UInt8]
}

/// The processes that used most at a moment, and how many there were.
struct TopProcesses: Equatable, Sendable {
    /// How many are kept of each moment.
    static let count = 20

    var total: Int64
    /// Seconds between two scans at that time.
    var interval: Int64
    var items: [TopProcess]
}

extension TopProcesses {
    /// Picks the processes that used most CPU, and of equals those with most memory.
    init(of scan: ProcessScan, interval: Int64, owner: (ProcessEntry) -> UInt32?) {
        var best: [ProcessEntry] = []
        for entry in scan.entries {
            if best.count == TopProcesses.count, let last = best.last, !entry.usesMore(than: last) { continue }
            let place = best.firstIndex { entry.usesMore(than: $0) } ?? best.count
            best.insert(entry, at: place)
            if best.count > TopProcesses.count { best.removeLast() }
        }
        self.init(
            total: Int64(scan.entries.count), interval: interval,
            items: best.map { TopProcess($0, in: scan, owner: owner($0)) })
    }
}

extension TopProcess {
    fileprivate init(_ entry: ProcessEntry, in scan: ProcessScan, owner: UInt32?) {
        self.init(
            pid: Int64(entry.identity.pid), started: Int64(clamping: entry.identity.started),
            parent: Int64(entry.parent), user: owner.map(Int64.init), state: entry.state,
            threads: Int64(entry.threads), cpu: entry.cpu.map { Int64(($0 * 10).rounded()) },
            memory: Int64(clamping: entry.memory.bytes / 1024), age: scan.age(of: entry).components.seconds,
            isKernel: entry.isKernelThread, name: Array(scan.name(of: entry)))
    }

    /// The process as a record.
    func record(userName: (Int64) -> String) -> RunningProcess {
        var record = RunningProcess()
        record.pid = pid
        record.started = started
        record.parent = parent
        record.name = SafeText(untrustedBytes: name, limit: 64).oneLine.text
        record.user = user.map(userName) ?? "n/a"
        record.state = ProcessState(letter: state)
        record.threads = threads
        record.cpu = cpu.map { Double($0) / 10 }
        record.memory = memory * 1024
        record.age = age
        record.isKernel = isKernel
        return record
    }
}

extension ProcessEntry {
    /// Whether the process used more than another: CPU first, then memory, then the smaller number.
    func usesMore(than other: ProcessEntry) -> Bool {
        let (mine, others) = (cpu ?? 0, other.cpu ?? 0)
        if mine != others { return mine > others }
        if memory != other.memory { return memory > other.memory }
        return identity.pid < other.identity.pid
    }
}

internal import Glibc
public import Vocabulary

/// Reads what all processes of a host do; one thread owns it.
///
/// A scan reads `/proc/PID/stat` of each process and nothing else: no file that can block, and no text is made. Of a
/// process that was not run since the scan before, nothing is read but that it was not (``RestWatch``).
public struct ProcessScanner: ~Copyable {
    private let root: String
    private let pageSize: UInt64
    private let ticksPerSecond: Double
    private var folder: ProcessFolder?
    private var files: ProcessFiles?
    private var newcomers: NewcomerSign?
    private var rests: RestWatch?
    private var clock = SampleClock()
    private var pids: [Int32] = []
    private var line = [UInt8](repeating: 0, count: 2048)
    private var last: ProcessScan?

    /// Prepares to read the processes under `root`; nothing is opened yet.
    public init(root: String = "/") {
        self.root = root.hasSuffix("/") ? String(root.dropLast()) : root
        pageSize = UInt64(max(1, sysconf(Int32(_SC_PAGESIZE))))
        ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    }

    /// Reads all processes now; `nil` when `/proc` cannot be listed.
    ///
    /// - Parameters:
    ///   - monotonic: `CLOCK_MONOTONIC`; shares of CPU are made by it.
    ///   - boottime: `CLOCK_BOOTTIME`; ages are made by it, and it tells when the machine slept.
    /// - Returns: the processes; those that end meanwhile are left out. Shares of CPU are unknown in the first scan,
    ///   after a gap, and for a process that was started before the last scan and was not in it.
    public mutating func scan(monotonic: Monotonic, boottime: Monotonic) -> ProcessScan? {
        let step = clock.advance(monotonic: monotonic, boottime: boottime)
        if folder == nil { open() }
        guard let folder, let files, list(folder, at: monotonic) else {
            close()
            return nil
        }
        var scan = ProcessScan(monotonic: monotonic, boottime: boottime, ticksPerSecond: ticksPerSecond)
        scan.entries.reserveCapacity(pids.count)
        scan.names.reserveCapacity(pids.count * 16)
        let before = step.seconds.flatMap { seconds in last.map { Comparison(scan: $0, seconds: seconds) } }
        scan.hasShares = before != nil
        read(files, before, into: &scan)
        files.endRound()
        rests?.endRound()
        last = scan
        return scan
    }

    private mutating func open() {
        folder = ProcessFolder(root: root)
        files = folder.map { ProcessFiles("stat", in: $0, patience: RestWatch.rounds) }
        rests = folder.flatMap { $0.isProcessTable ? RestWatch($0) : nil }
        newcomers = folder.flatMap { NewcomerSign(root: root, folder: $0) }
    }

    private mutating func close() {
        (folder, files, rests, newcomers) = (nil, nil, nil, nil)
        last = nil
        pids = []
    }

    /// Lists the processes, unless nobody came since; whoever went is left out when reading.
    private mutating func list(_ folder: ProcessFolder, at now: Monotonic) -> Bool {
        if let newcomers, !newcomers.mayBeThere(at: now) { return true }
        let known = pids
        guard folder.list(into: &pids) else { return false }
        var next = 0
        for pid in known {
            while next < pids.count, pids[next] < pid { next += 1 }
            if next == pids.count || pids[next] != pid { lose(pid) }
        }
        return true
    }

    private func lose(_ pid: Int32) {
        files?.close(pid)
        rests?.lose(pid)
    }

    private mutating func read(_ files: ProcessFiles, _ before: Comparison?, into scan: inout ProcessScan) {
        var before = before
        for pid in pids {
            let known = before?.entry(of: pid)
            let look = rests?.look(at: known, pid: pid, at: scan.monotonic)
            if let known, let rest = look?.unchanged {
                before?.append(known, resting: rest, to: &scan)
                continue
            }
            guard let count = files.read(of: pid, into: &line) else {
                lose(pid)
                newcomers?.expectAny()
                continue
            }
            let bytes = line.span.extracting(0..<count)
            guard let stat = ProcessStat.parse(bytes) else { continue }
            if stat.isDead { rests?.lose(pid) }
            let start = UInt32(scan.names.count)
            for index in stat.name { scan.names.append(bytes[index]) }
            let identity = ProcessIdentity(pid: pid, started: stat.started)
            let share = before?.share(of: identity, ticks: stat.ticks, known) ?? .nan
            scan.entries.append(
                ProcessEntry(
                    identity: identity, parent: stat.parent, state: stat.state, nice: stat.nice,
                    threads: stat.threads, isKernelThread: stat.isKernelThread,
                    memory: ByteCount(stat.residentPages &* pageSize), share: share, ticks: stat.ticks,
                    name: start..<UInt32(scan.names.count), rest: look?.rest))
        }
    }
}

/// Walks along the scan before, which is in the same order, and tells what passed since.
private struct Comparison {
    let scan: ProcessScan
    let seconds: Double
    private var next = 0

    init(scan: ProcessScan, seconds: Double) {
        self.scan = scan
        self.seconds = seconds
    }

    /// The process that had this number; numbers must come in order.
    mutating func entry(of pid: Int32) -> ProcessEntry? {
        while next < scan.entries.count, scan.entries[next].identity.pid < pid { next += 1 }
        guard next < scan.entries.count, scan.entries[next].identity.pid == pid else { return nil }
        return scan.entries[next]
    }

    /// Adds a process that was not run since.
    func append(_ entry: ProcessEntry, resting rest: ProcessRest, to new: inout ProcessScan) {
        let start = UInt32(new.names.count)
        new.names.append(contentsOf: scan.name(of: entry))
        new.entries.append(entry.atRest(rest, name: start..<UInt32(new.names.count)))
    }

    /// The share of one core in percent; not a number when nobody knows it.
    func share(of identity: ProcessIdentity, ticks: UInt64, _ known: ProcessEntry?) -> Double {
        if let known, known.identity == identity {
            // The kernel scales user and system time anew each time: their sum may step back, and nothing ran then.
            return percent(ticks > known.ticks ? ticks - known.ticks : 0)
        }
        // One that was started since the last scan has spent all its time since then.
        let wasStartedSince =
            Double(identity.started) / scan.ticksPerSecond >= Double(scan.boottime.nanoseconds) / 1e9 - 0.02
        return wasStartedSince ? percent(ticks) : .nan
    }

    private func percent(_ ticks: UInt64) -> Double { Double(ticks) / scan.ticksPerSecond / seconds * 100 }
}

internal import Vocabulary

/// What is known of how often a process was run.
struct ProcessRest: Equatable, Sendable {
    /// How long and how often, when somebody looked; `nil` for one that does not rest.
    var runs: RunCounts?
    /// When that was looked at, or when it was found not to rest.
    var lookedAt: Monotonic
    /// Since when it was not run; `nil` when that is not known.
    var since: Monotonic?
}

/// How long and how often the kernel ran the first thread of a process (`/proc/PID/schedstat`).
struct RunCounts: Equatable, Sendable {
    /// In nanoseconds.
    let time: UInt64
    /// How often it was given a processor.
    let turns: UInt64

    /// Reads the file; `nil` where the kernel does not count, which it says with three zeros.
    static func parse(_ bytes: Span<UInt8>) -> RunCounts? {
        var cursor = ByteCursor()
        guard let time = cursor.number(in: bytes), cursor.number(in: bytes) != nil,
            let turns = cursor.number(in: bytes), turns > 0
        else { return nil }
        return RunCounts(time: time, turns: turns)
    }
}

/// Tells which processes were not run since the scan before, so that nothing of them has to be read.
///
/// A process with one thread that was not given a processor did nothing: it has the state, the name, the times and the
/// children it had. Asking for that costs a third of reading `stat`, and most processes of most hosts rest. What others
/// may change of it is its resident set, how much it gives way, and its parent: it is read anew every five seconds, and
/// at once when its parent went.
final class RestWatch {
    /// Whoever rests is read in full this often, and whoever did not rest is looked at again.
    static let lifetime = Duration.seconds(5)
    /// How many scans pass between two such readings at most, with some more.
    static let rounds: UInt64 = 8

    /// What a look at a process came to.
    struct Look {
        /// What is to be kept with the process.
        let rest: ProcessRest
        /// Whether it was not run since it was read.
        let isUnchanged: Bool

        /// What is to be kept, of a process that needs no reading.
        var unchanged: ProcessRest? { isUnchanged ? rest : nil }
    }

    private let files: ProcessFiles
    private var line = [UInt8](repeating: 0, count: 128)
    /// Whoever went in the scan before or in this one: their children have other parents.
    private var lost: (before: Set<Int32>, now: Set<Int32>) = ([], [])

    init(_ folder: ProcessFolder) {
        files = ProcessFiles("schedstat", in: folder, patience: 1)
    }

    /// Looks at a process as the scan before had it; before it is read, so that nothing is missed between the two.
    func look(at known: ProcessEntry?, pid: Int32, at now: Monotonic) -> Look {
        guard let known, let rest = known.rest else {
            // Not all at once in five seconds.
            return Look(
                rest: ProcessRest(lookedAt: now + .seconds(-(Int64(pid) % RestWatch.lifetime.components.seconds))),
                isUnchanged: false)
        }
        let isDue = now - rest.lookedAt >= RestWatch.lifetime
        guard isDue || rest.runs != nil else { return Look(rest: rest, isUnchanged: false) }
        guard known.threads == 1, known.state != UInt8(ascii: "R"), let runs = runs(of: pid) else {
            return Look(rest: ProcessRest(lookedAt: now), isUnchanged: false)
        }
        let wasRun = rest.runs.map { $0 != runs } ?? false
        if isDue {
            let since = wasRun ? now : rest.since ?? now
            return Look(rest: ProcessRest(runs: runs, lookedAt: now, since: since), isUnchanged: false)
        }
        if wasRun { return Look(rest: ProcessRest(lookedAt: now), isUnchanged: false) }
        return Look(rest: rest, isUnchanged: !isOrphan(known))
    }

    /// Says that a process has ended.
    func lose(_ pid: Int32) {
        lost.now.insert(pid)
        files.close(pid)
    }

    /// Ends a scan.
    func endRound() {
        files.endRound()
        lost = (lost.now, [])
    }

    private func isOrphan(_ process: ProcessEntry) -> Bool {
        lost.before.contains(process.parent) || lost.now.contains(process.parent)
    }

    private func runs(of pid: Int32) -> RunCounts? {
        // To open and close a file takes longer than to read what may not be needed.
        guard files.keeps(pid), let count = files.read(of: pid, into: &line) else { return nil }
        let bytes = line
        return RunCounts.parse(bytes.span.extracting(0..<count))
    }
}

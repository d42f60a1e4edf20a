internal import DeskAPI
internal import Vocabulary

/// What the history knows between two commits: the samples that came, the steps under way, and what is not in the
/// database yet.
///
/// Nothing here is lost with the process but what was never confirmed: the steps are made anew from the samples of the
/// last hour.
struct HistoryLedger: Sendable {
    /// How much may wait while the disk is full; older samples are given up, which leaves a gap.
    static let waitingLimit = 3000

    private(set) var names = HistoryNames()
    private var inbox: [HostSnapshot] = []
    private var tracks: [Int64: HostTrack] = [:]
    private var waiting: [HistoryEntry] = []

    /// Takes a sample to be written with the next commit.
    mutating func receive(_ snapshot: HostSnapshot) {
        if inbox.count >= HistoryLedger.waitingLimit { inbox.removeFirst() }
        inbox.append(snapshot)
    }

    /// Takes who used most, to be written with the next commit.
    mutating func receive(_ row: KeptProcesses) {
        guard waiting.count < HistoryLedger.waitingLimit else { return }
        waiting.append(.processes(row))
    }

    /// The hosts whose samples came and whose steps under way are not known here yet.
    var hostsToRestore: [Int64] {
        Set(inbox.map(\.host)).compactMap { names.hosts[$0] }.filter { tracks[$0] == nil }
    }

    /// Takes the steps under way of a host.
    mutating func adopt(_ track: HostTrack, of host: Int64) {
        tracks[host] = track
        waiting += track.closed(of: host, &names)
        tracks[host]?.forgetClosed()
    }

    /// Everything that is to be written now.
    mutating func drain() -> [HistoryEntry] {
        for snapshot in inbox { enter(snapshot) }
        inbox.removeAll(keepingCapacity: true)
        defer { waiting.removeAll(keepingCapacity: true) }
        return waiting
    }

    /// Takes back what could not be written, to be written with the next commit.
    mutating func putBack(_ entries: [HistoryEntry]) {
        waiting = entries + waiting
        var surplus = waiting.count - HistoryLedger.waitingLimit
        guard surplus > 0 else { return }
        // Rows can be lost; what the others are understood by cannot.
        waiting.removeAll { entry in
            guard surplus > 0, entry.isRow else { return false }
            surplus -= 1
            return true
        }
    }

    /// Whether what is older than a row may be forgotten.
    func mayTrim(after key: HistoryKey) -> Bool { tracks[key.host]?.mayTrim(after: key.second) ?? false }

    /// Takes a number that is already in the database.
    mutating func learn(_ entry: HistoryEntry) {
        names.learn(entry)
    }

    /// A step that came in two parts, as one; names that are new in it are told by entries.
    mutating func merge(_ before: HistoryRow, with row: HistoryRow, _ entries: inout [HistoryEntry]) -> HistoryRow {
        guard let old = names.layouts[before.layout], let new = names.layouts[row.layout] else { return row }
        var metrics = old
        var cells = old.indices.map { RollUp.Cell(at: $0, of: before, count: old.count) }
        for (place, metric) in new.enumerated() {
            let cell = RollUp.Cell(at: place, of: row, count: new.count)
            if let known = place < old.count && old[place] == metric ? place : metrics.firstIndex(of: metric) {
                cells[known].take(cell)
            } else {
                metrics.append(metric)
                cells.append(cell)
            }
        }
        return HistoryRow(
            key: row.key, layout: names.number(ofLayout: metrics, &entries), samples: before.samples + row.samples,
            data: PackedSteps.pack(cells))
    }

    /// The number of a layout; a new one is told by an entry.
    mutating func number(ofLayout metrics: [Int64], _ entries: inout [HistoryEntry]) -> Int64 {
        names.number(ofLayout: metrics, &entries)
    }

    /// Samples are taken every full second and come a little late; the nearest second is the one they stand for.
    static func second(of moment: Timestamp) -> Int64 { (moment + .milliseconds(500)).wholeSeconds }

    private mutating func enter(_ snapshot: HostSnapshot) {
        let host = names.number(ofHost: snapshot.host, &waiting)
        var track = tracks[host] ?? HostTrack()
        track.adopt(snapshot.layout, &names, &waiting)
        let second = HistoryLedger.second(of: snapshot.at)
        let row = HistoryRow(
            key: HistoryKey(host: host, second: second), layout: track.layoutNumber, samples: 1,
            data: PackedValues.pack(snapshot.values))
        waiting.append(.row(.second, row))
        track.take(snapshot.values, of: track.metrics, at: second)
        waiting += track.closed(of: host, &names)
        track.forgetClosed()
        tracks[host] = track
    }
}

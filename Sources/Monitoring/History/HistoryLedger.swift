internal import DeskAPI
internal import Vocabulary

/// What the history knows between two commits: the steps under way, and what is not in the database yet.
///
/// Nothing here is lost with the process: the steps are made anew from the samples of the last hour.
struct HistoryLedger: Sendable {
    /// What is to be written, and up to where that will be.
    struct Batch: Equatable, Sendable {
        let entries: [HistoryEntry]
        let end: Int
        /// The host and time of the sample.
        let newest: HistoryKey
    }

    /// How many rows may wait while the disk is full; older ones are given up, which leaves a gap.
    static let waitingLimit = 3000

    private(set) var names = HistoryNames()
    private var tracks: [Int64: HostTrack] = [:]
    private var waiting: [HistoryEntry] = []
    /// How many entries were ever confirmed or given up.
    private var start = 0

    /// What follows one host.
    private struct HostTrack {
        var layout: MetricLayout?
        var metrics: [Int64] = []
        var layoutNumber: Int64 = 0
        var rollUps = HistoryTier.rolled.map(RollUp.init(tier:))
    }

    /// Takes a sample; gives everything that is not in the database yet.
    mutating func take(_ snapshot: HostSnapshot) -> Batch {
        let host = names.number(ofHost: snapshot.host, &waiting)
        adopt(snapshot.layout, for: host)
        let second = HistoryLedger.second(of: snapshot.at)
        let key = HistoryKey(host: host, second: second)
        let track = tracks[host] ?? HostTrack()
        let row = HistoryRow(
            key: key, layout: track.layoutNumber, samples: 1, data: PackedValues.pack(snapshot.values))
        waiting.append(.row(.second, row))
        rollUp(snapshot.values, of: track.metrics, host: host, second: second)
        giveUpOldest()
        return Batch(entries: waiting, end: start + waiting.count, newest: key)
    }

    /// Notes that everything up to the end of a batch is in the database.
    mutating func confirm(_ batch: Batch) {
        let count = batch.end - start
        guard count > 0 else { return }
        waiting.removeFirst(min(count, waiting.count))
        start = batch.end
    }

    /// Takes a number that is already in the database.
    mutating func learn(_ entry: HistoryEntry) {
        names.learn(entry)
    }

    /// Takes a sample that is already in the database into the steps it is not yet part of.
    ///
    /// - Parameter ends: for each tier up to which second it is complete.
    mutating func replay(_ row: HistoryRow, host: Int64, ends: [HistoryTier: Int64]) {
        guard let metrics = names.layouts[row.layout] else { return }
        let values = metrics.indices.map { PackedValues.value(at: $0, of: row.data) ?? .nan }
        rollUp(values, of: metrics, host: host, second: row.key.second, ends: ends)
    }

    /// Samples are taken every full second and come a little late; the nearest second is the one they stand for.
    static func second(of moment: Timestamp) -> Int64 { (moment + .milliseconds(500)).wholeSeconds }

    private mutating func adopt(_ layout: MetricLayout, for host: Int64) {
        var track = tracks[host] ?? HostTrack()
        guard track.layout !== layout else { return }
        track.layout = layout
        track.metrics = names.numbers(of: layout, &waiting)
        track.layoutNumber = names.number(ofLayout: track.metrics, &waiting)
        tracks[host] = track
    }

    private mutating func rollUp(
        _ values: [Double], of metrics: [Int64], host: Int64, second: Int64, ends: [HistoryTier: Int64] = [:]
    ) {
        var track = tracks[host] ?? HostTrack()
        for index in track.rollUps.indices {
            let tier = track.rollUps[index].tier
            guard second >= ends[tier] ?? 0 else { continue }
            if let closed = track.rollUps[index].take(values, of: metrics, at: second) {
                let row = HistoryRow(
                    key: HistoryKey(host: host, second: closed.slot),
                    layout: names.number(ofLayout: closed.metrics, &waiting), samples: closed.samples,
                    data: PackedValues.pack(closed.cells))
                waiting.append(.row(tier, row))
            }
        }
        tracks[host] = track
    }

    private mutating func giveUpOldest() {
        guard waiting.count > HistoryLedger.waitingLimit else { return }
        var surplus = waiting.count - HistoryLedger.waitingLimit
        let count = waiting.count
        waiting.removeAll { entry in
            guard surplus > 0, entry.isRow else { return false }
            surplus -= 1
            return true
        }
        start += count - waiting.count
    }
}

internal import DeskAPI
internal import Vocabulary

/// The last ten minutes of a host, second by second, and what was read of the time before.
struct HostHistory: Equatable, Sendable {
    /// The samples that are kept for certain.
    static let capacity = 600

    /// The samples as they came, the newest last; between one and two times the capacity.
    private(set) var snapshots: [HostSnapshot] = []
    /// The second of each sample: every chart asks for it at every draw.
    private var seconds: [Int64] = []
    /// What was read from the desk's history, by metric: second and value, the oldest first.
    private var earlier: [String: [Reading]] = [:]

    struct Reading: Equatable, Sendable {
        var second: Int64
        var value: Double
    }

    var newest: HostSnapshot? { snapshots.last }

    /// Takes a sample; one that is not newer than the last is left out.
    mutating func take(_ snapshot: HostSnapshot) {
        if let last = snapshots.last, snapshot.at <= last.at { return }
        snapshots.append(snapshot)
        seconds.append(HostHistory.second(snapshot.at))
        // Halving seldom is cheaper than shifting every second.
        guard snapshots.count >= 2 * HostHistory.capacity else { return }
        snapshots.removeFirst(HostHistory.capacity)
        seconds.removeFirst(HostHistory.capacity)
    }

    /// Takes what the desk remembers of a metric.
    mutating func take(_ series: MetricSeries) {
        earlier[series.name] = series.points.suffix(HostHistory.capacity).compactMap { point in
            point.mean.map { Reading(second: HostHistory.second(point.at), value: $0) }
        }
    }

    /// Takes the whole course of a metric; a coarse step stands for each of its seconds.
    mutating func takeWhole(_ series: MetricSeries) {
        var readings: [Reading] = []
        for point in series.points {
            guard let value = point.mean else { continue }
            let start = HostHistory.second(point.at)
            for second in start..<(start + max(1, series.step)) {
                readings.append(Reading(second: second, value: value))
            }
        }
        earlier[series.name] = readings
    }

    /// The second that a moment is nearest to: samples come once a second, but not on the second.
    static func second(_ moment: Timestamp) -> Int64 {
        (moment + .milliseconds(500)).wholeSeconds
    }

    /// One value for each of the last `count` seconds until `edge`, the oldest first; `nil` where there is none.
    func samples(of metric: String, last count: Int, until edge: Int64) -> [Double?] {
        var slots = [Double?](repeating: nil, count: max(0, count))
        fill(&slots, with: metric, until: edge)
        for reading in (earlier[metric] ?? []).reversed() {
            let slot = count - 1 - Int(clamping: edge - reading.second)
            if slot < 0 { break }
            if slot < count, slots[slot] == nil { slots[slot] = reading.value }
        }
        return slots
    }

    private func fill(_ slots: inout [Double?], with metric: String, until edge: Int64) {
        var layout: MetricLayout?
        var place: Int?
        var next: (slot: Int, at: Timestamp)?
        for index in snapshots.indices.reversed() {
            let slot = slots.count - 1 - Int(clamping: edge - seconds[index])
            if slot < 0 { break }
            let snapshot = snapshots[index]
            if snapshot.layout !== layout {
                layout = snapshot.layout
                place = snapshot.layout.place(of: metric)
            }
            defer { next = (slot, snapshot.at) }
            guard slot < slots.count, let place else { continue }
            let value = snapshot.values[place]
            guard !value.isNaN else { continue }
            if slots[slot] == nil { slots[slot] = value }
            // Two samples less than two seconds apart can round to seconds with one between them: no gap.
            if let next, next.slot == slot + 2, next.at - snapshot.at < .milliseconds(1900) { slots[slot + 1] = value }
        }
    }
}

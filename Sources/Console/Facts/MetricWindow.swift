internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What was read of one metric around a moment, such as the beginning of an alert.
struct MetricWindow: Equatable, Sendable {
    let host: String
    let metric: String
    let unit: MetricUnit
    /// Seconds between points, 1 or more.
    let step: Int64
    private let points: [MetricSeries.Point]
    /// What it usually is, by the first second of the hour.
    private let usual: [Int64: UsualHour]

    init(_ series: MetricSeries) {
        host = series.host
        metric = series.name
        unit = series.unit
        step = max(1, series.step)
        points = series.points
        usual = Dictionary(series.usual.map { (HostHistory.second($0.at), $0) }, uniquingKeysWith: { $1 })
    }

    /// A window in which nothing was read yet.
    init(host: String, metric: String, unit: MetricUnit) {
        (self.host, self.metric, self.unit) = (host, metric, unit)
        step = 1
        points = []
        usual = [:]
    }

    /// Between which values it usually is at the steps until `edge`, the oldest first; `nil` where nobody knows.
    ///
    /// Three times the usual distance to both sides.
    func usualRange(last count: Int, until edge: Int64) -> [ClosedRange<Double>?] {
        guard !usual.isEmpty else { return [] }
        return (0..<max(0, count)).map { slot in
            let second = (edge / step - Int64(count - 1 - slot)) * step
            guard let hour = usual[second - second % 3600] else { return nil }
            let distance = 3 * abs(hour.spread)
            let range = hour.middle - distance...hour.middle + distance
            return hour.middle >= 0 ? max(0, range.lowerBound)...range.upperBound : range
        }
    }

    /// Which of several values in one step counts.
    enum Choice {
        case highest
        case lowest
        case mean
    }

    /// Evenly spaced values until `edge` (a second), the oldest first, each for `wanted` seconds or the window's own step.
    ///
    /// Where the desk's points end, the host's own samples go on.
    func samples(
        last count: Int, until edge: Int64, step wanted: Int64 = 1, _ choice: Choice, then history: HostHistory?
    ) -> [Double?] {
        let step = max(step, wanted)
        var slots = [Slot?](repeating: nil, count: max(0, count))
        func put(_ value: Double?, at second: Int64) {
            let slot = count - 1 - Int(clamping: edge / step - second / step)
            guard let value, !value.isNaN, slots.indices.contains(slot) else { return }
            slots[slot] = slots[slot].map { $0.taking(value, choice) } ?? Slot(value: value)
        }
        for point in points {
            let value = choice == .highest ? point.maximum : choice == .lowest ? point.minimum : point.mean
            put(value, at: HostHistory.second(point.at))
        }
        let end = points.last.map { HostHistory.second($0.at) + self.step } ?? .min
        for snapshot in history?.snapshots ?? [] where choice != .mean || HostHistory.second(snapshot.at) >= end {
            put(snapshot[metric], at: HostHistory.second(snapshot.at))
        }
        return slots.map { $0?.value }
    }

    /// The value of a step, and how many went into it.
    private struct Slot {
        var value: Double
        var count = 1.0

        func taking(_ other: Double, _ choice: Choice) -> Slot {
            switch choice {
            case .highest: Slot(value: max(value, other))
            case .lowest: Slot(value: min(value, other))
            case .mean: Slot(value: value + (other - value) / (count + 1), count: count + 1)
            }
        }
    }
}

extension Quantity {
    /// A value of a metric in the unit in which it is measured.
    init(_ value: Double?, of unit: MetricUnit) {
        switch unit {
        case .milliseconds: self.init(value.map { $0 / 1000 }, .seconds)
        case .count where value.map { $0 < 1000 && $0 != $0.rounded() } ?? false: self.init(value, .plain)
        default: self.init(value, Quantity.Unit(unit))
        }
    }
}

extension Quantity.Unit {
    /// How values of a metric are written; milliseconds count as seconds and must be divided by 1000 first.
    init(_ unit: MetricUnit) {
        self =
            switch unit {
            case .percent: .percent
            case .bytes: .bytes
            case .bytesPerSecond: .bytesPerSecond
            case .perSecond: .perSecond
            case .seconds, .milliseconds: .seconds
            case .count: .count
            case .celsius: .celsius
            case .hertz: .hertz
            }
    }
}

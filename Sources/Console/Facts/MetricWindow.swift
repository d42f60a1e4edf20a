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

    init(_ series: MetricSeries) {
        host = series.host
        metric = series.name
        unit = series.unit
        step = max(1, series.step)
        points = series.points
    }

    /// Evenly spaced values until `edge` (a second), the oldest first.
    ///
    /// Where the desk's points end, the host's own samples go on. Of several values in one step the one farthest in the direction of the alert counts.
    func samples(last count: Int, until edge: Int64, highest: Bool, then history: HostHistory?) -> [Double?] {
        var slots = [Double?](repeating: nil, count: max(0, count))
        func put(_ value: Double?, at second: Int64) {
            let slot = count - 1 - Int(clamping: edge / step - second / step)
            guard let value, slots.indices.contains(slot) else { return }
            slots[slot] = slots[slot].map { highest ? max($0, value) : min($0, value) } ?? value
        }
        for point in points {
            put(highest ? point.maximum : point.minimum, at: HostHistory.second(point.at))
        }
        for snapshot in history?.snapshots ?? [] {
            put(snapshot[metric], at: HostHistory.second(snapshot.at))
        }
        return slots
    }
}

extension Quantity {
    /// A value of a metric in the unit in which it is measured.
    init(_ value: Double?, of unit: MetricUnit) {
        switch unit {
        case .milliseconds: self.init(value.map { $0 / 1000 }, .seconds)
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

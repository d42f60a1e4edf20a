internal import DeskAPI
internal import Vocabulary

/// The axes of a drawn series: round numbers up the side, round times along the bottom.
struct SeriesScale {
    /// Seconds since 1970.
    let start: Double
    let end: Double
    let bottom: Double
    let top: Double
    let valueTicks: [Double]

    /// `nil` for a series without any value.
    init?(_ series: MetricSeries) {
        let values = series.points.flatMap { [$0.minimum, $0.maximum].compactMap(\.self) }
        guard let smallest = values.min(), let largest = values.max(), let first = series.points.first,
            let last = series.points.last
        else { return nil }
        start = first.at.seconds
        end = last.at.seconds + Double(series.step)
        // A share is seen against the whole, and what cannot be negative against nothing.
        let low = min(0, smallest)
        let high = series.unit == .percent ? max(100, largest) : max(largest, low + 1e-9)
        let step = SeriesScale.roundStep(for: (high - low) / 4, binary: series.unit.isBinary)
        bottom = (low / step).rounded(.down) * step
        top = max((high / step).rounded(.up) * step, bottom + step)
        valueTicks = (0...min(12, Int(((top - bottom) / step).rounded()))).map { [bottom] in bottom + Double($0) * step
        }
    }

    struct TimeTick: Equatable {
        let seconds: Double
        let text: String
    }

    /// Round times of the person's own clock, about eight.
    func timeTicks(utcOffset: Duration) -> [TimeTick] {
        let offset = utcOffset.inSeconds
        let step = SeriesScale.timeSteps.first { (end - start) / $0 <= 9 } ?? (end - start) / 8
        var ticks: [TimeTick] = []
        var local = ((start + offset) / step).rounded(.up) * step
        while local - offset <= end, ticks.count < 20 {
            ticks.append(TimeTick(seconds: local - offset, text: SeriesScale.clock(local, step)))
            local += step
        }
        return ticks
    }

    private static let timeSteps: [Double] = [
        1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000,
        7_776_000, 31_536_000,
    ]

    /// A local time as it reads best at this distance from the next.
    private static func clock(_ local: Double, _ step: Double) -> String {
        let civil = Timestamp(seconds: local).civil
        if step >= 86_400 { return "\(civil.year)-\(two(civil.month))-\(two(civil.day))" }
        let clock = "\(two(civil.hour)):\(two(civil.minute))"
        return step < 60 ? "\(clock):\(two(civil.second))" : clock
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The smallest of 1, 2 and 5 times a power of ten (of 1024 with its doubles for bytes) that is not below.
    static func roundStep(for wanted: Double, binary: Bool) -> Double {
        guard wanted > 0, wanted.isFinite else { return 1 }
        var step = 1.0
        if binary {
            while step < wanted { step *= 2 }
            return step
        }
        while step > wanted { step /= 10 }
        while step * 10 < wanted { step *= 10 }
        return [1, 2, 5, 10].map { $0 * step }.first { $0 >= wanted * 0.999 } ?? step * 10
    }

    /// A number with its unit, such as `4 MiB/s` or `250 ms`.
    static func text(_ value: Double, _ unit: MetricUnit) -> String {
        switch unit {
        case .percent: "\(digits(value)) %"
        case .bytes: binary(value)
        case .bytesPerSecond: binary(value) + "/s"
        case .perSecond: "\(digits(value))/s"
        case .count: digits(value)
        case .seconds: "\(digits(value)) s"
        case .milliseconds: "\(digits(value)) ms"
        case .celsius: "\(digits(value)) °C"
        case .hertz: value.magnitude >= 1e9 ? "\(digits(value / 1e9)) GHz" : "\(digits(value / 1e6)) MHz"
        }
    }

    private static func binary(_ value: Double) -> String {
        var value = value
        var units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"][...]
        while value.magnitude >= 1024, units.count > 1 {
            value /= 1024
            units.removeFirst()
        }
        return "\(digits(value)) \(units.first ?? "B")"
    }

    /// At most four significant digits, and no zeros behind the point.
    private static func digits(_ value: Double) -> String {
        guard value.magnitude < 1e15 else { return "\(value)" }
        var scale = 1.0
        while (value * scale).magnitude < 1000, scale < 1e6 { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() ? "\(Int64(rounded))" : "\(rounded)"
    }
}

extension MetricUnit {
    fileprivate var isBinary: Bool { self == .bytes || self == .bytesPerSecond }
}

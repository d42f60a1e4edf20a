/// Counts times by magnitude: eight steps to each doubling of a microsecond, so a percentile is right to 9 %.
struct LatencyHistogram: Sendable {
    private var counts = [UInt32](repeating: 0, count: LatencyHistogram.size)
    private(set) var total: UInt32 = 0

    /// 1 µs to 2^27 µs, about two minutes.
    private static let size = 27 * 8

    mutating func record(nanoseconds: Int64) {
        counts[LatencyHistogram.place(of: nanoseconds)] += 1
        total += 1
    }

    mutating func clear() {
        guard total > 0 else { return }
        for place in counts.indices { counts[place] = 0 }
        total = 0
    }

    mutating func add(_ other: LatencyHistogram) {
        guard other.total > 0 else { return }
        for place in counts.indices { counts[place] += other.counts[place] }
        total += other.total
    }

    /// The time that this share (0 to 1) of all did not exceed; `nil` when nothing was recorded.
    func percentile(_ share: Double) -> Duration? {
        guard total > 0 else { return nil }
        let wanted = UInt32((Double(total) * share).rounded(.up))
        var seen: UInt32 = 0
        for (place, count) in counts.enumerated() {
            seen += count
            if seen >= wanted { return LatencyHistogram.upperBound(of: place) }
        }
        return LatencyHistogram.upperBound(of: counts.count - 1)
    }

    private static func place(of nanoseconds: Int64) -> Int {
        let micros = UInt64(max(1, nanoseconds / 1000))
        let octave = 63 - micros.leadingZeroBitCount
        let step = octave >= 3 ? Int(micros >> UInt64(octave - 3)) & 7 : Int(micros << UInt64(3 - octave)) & 7
        return min(octave * 8 + step, size - 1)
    }

    private static func upperBound(of place: Int) -> Duration {
        let start = Double(UInt64(1) << UInt64(place / 8))
        return .nanoseconds(Int64(start * (1 + Double(place % 8 + 1) / 8) * 1000))
    }
}

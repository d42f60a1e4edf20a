/// The highest of the values of the last seconds, without looking at all of them again each second.
///
/// Only values that no later one has reached are kept: each is added once and removed once (Lemire, "Streaming
/// maximum-minimum filter", 2006).
public struct SlidingMaximum: Equatable, Sendable {
    /// How many seconds count, the newest among them.
    public let span: Int64

    /// Falling from the oldest to the newest; those before `first` are no longer counted.
    private var kept: [Entry] = []
    private var first = 0

    private struct Entry: Equatable {
        var second: Int64
        var value: Double
    }

    /// The maximum of so many seconds, at least one.
    public init(span: Int64) {
        self.span = max(1, span)
    }

    /// The maximum of values that stand a second apart, the newest last.
    public init(span: Int64, _ values: [Double?], until newest: Int64) {
        self.init(span: span)
        for (index, value) in values.enumerated() { take(value, at: newest - Int64(values.count - 1 - index)) }
    }

    /// The highest value; `nil` when nothing was measured in the time that counts.
    public var highest: Double? { first < kept.count ? kept[first].value : nil }

    /// Takes the value of a second, which is not before the last; `nil` only lets time pass.
    public mutating func take(_ value: Double?, at second: Int64) {
        while first < kept.count, kept[first].second <= second - span { first += 1 }
        if let value, value.isFinite {
            while kept.count > first, let last = kept.last, last.value <= value { kept.removeLast() }
            kept.append(Entry(second: second, value: value))
        }
        guard first > 64, first * 2 > kept.count else { return }
        kept.removeFirst(first)
        first = 0
    }

    /// Two are equal when the same values count.
    public static func == (left: SlidingMaximum, right: SlidingMaximum) -> Bool {
        left.span == right.span && left.kept[left.first...] == right.kept[right.first...]
    }
}

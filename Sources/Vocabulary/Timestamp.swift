/// A moment of wall time in whole milliseconds since 1970-01-01T00:00:00Z; for people and for records.
///
/// Rates and timeouts never use it: they use `Monotonic`, which does not jump when the clock is set.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since the Unix epoch; negative before 1970.
    public let milliseconds: Int64

    /// A moment by its milliseconds since the Unix epoch.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// A moment by its seconds since the Unix epoch, rounded to the nearest millisecond and clamped to years 1...9999.
    public init(seconds: Double) {
        let clamped = min(max(seconds.isNaN ? 0 : seconds, -62_135_596_800), 253_402_300_799)
        self.init(milliseconds: Int64((clamped * 1000).rounded()))
    }

    /// Seconds since the Unix epoch, with the milliseconds as a fraction.
    public var seconds: Double { Double(milliseconds) / 1000 }

    /// Whole seconds since the Unix epoch, rounded towards the past.
    public var wholeSeconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    }

    /// Orders from past to future.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment this long after; negative durations go back.
    public static func + (left: Self, right: Duration) -> Self {
        Timestamp(milliseconds: left.milliseconds &+ right.wholeMilliseconds)
    }

    /// The moment this long before.
    public static func - (left: Self, right: Duration) -> Self {
        Timestamp(milliseconds: left.milliseconds &- right.wholeMilliseconds)
    }

    /// The time from `right` to `left`; negative when `left` is earlier.
    public static func - (left: Self, right: Self) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }
}

extension Duration {
    /// The duration in whole milliseconds, rounded towards zero and saturating.
    public var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        return scaled + attoseconds / 1_000_000_000_000_000
    }

    /// The duration in seconds as a floating-point number.
    public var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}

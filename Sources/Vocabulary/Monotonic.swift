/// A reading of a clock that never jumps, in nanoseconds since an arbitrary start; for rates, ages and timeouts.
///
/// Only differences mean something, and only within one process.
public struct Monotonic: Hashable, Comparable, Sendable {
    /// Nanoseconds since the clock's arbitrary start.
    public let nanoseconds: Int64

    /// A reading by its nanoseconds; tests make their own.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Orders from past to future.
    public static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The time from `right` to `left`; negative when `left` is earlier.
    public static func - (left: Self, right: Self) -> Duration { .nanoseconds(left.nanoseconds - right.nanoseconds) }

    /// The reading this long after.
    public static func + (left: Self, right: Duration) -> Self {
        let (seconds, attoseconds) = right.components
        return Monotonic(nanoseconds: left.nanoseconds &+ seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000)
    }
}

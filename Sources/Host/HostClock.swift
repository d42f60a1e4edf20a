internal import CLinux
public import Vocabulary

/// The clocks of this host; tests give their own.
public struct HostClock: Sendable {
    /// Wall time, for records and people.
    public let now: @Sendable () -> Timestamp
    /// A clock that never jumps and stops during suspend, for rates.
    public let monotonic: @Sendable () -> Monotonic
    /// A clock that never jumps and goes on during suspend, to notice one.
    public let boottime: @Sendable () -> Monotonic

    /// Clocks of one's own.
    public init(
        now: @escaping @Sendable () -> Timestamp, monotonic: @escaping @Sendable () -> Monotonic,
        boottime: @escaping @Sendable () -> Monotonic
    ) {
        self.now = now
        self.monotonic = monotonic
        self.boottime = boottime
    }

    /// The system's clocks.
    public static let system = HostClock(
        now: { Timestamp(milliseconds: wd_wall_milliseconds()) },
        monotonic: { Monotonic(nanoseconds: wd_monotonic_nanoseconds()) },
        boottime: { Monotonic(nanoseconds: wd_boottime_nanoseconds()) })
}

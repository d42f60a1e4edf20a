internal import CLinux
internal import Vocabulary

extension Timestamp {
    /// The wall clock's time.
    static var now: Timestamp { Timestamp(milliseconds: wd_wall_milliseconds()) }
}

extension Monotonic {
    /// The reading of CLOCK_MONOTONIC.
    static var now: Monotonic { Monotonic(nanoseconds: wd_monotonic_nanoseconds()) }
}

extension Monotonic {
    /// The reading of CLOCK_BOOTTIME, which goes on while the machine sleeps.
    static var sinceBoot: Monotonic { Monotonic(nanoseconds: wd_boottime_nanoseconds()) }
}

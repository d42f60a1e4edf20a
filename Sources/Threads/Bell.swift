internal import CLinux

/// Wakes a thread that waits for work; a ring is kept until somebody takes it.
///
/// Waits end by a clock that never jumps: `ConditionLock` waits by the wall clock, and one that is set back by an hour
/// would make a wait of a moment last that long.
public final class Bell: Sendable {
    private let handle: UInt64

    /// A bell that nobody has rung.
    public init() {
        handle = wd_bell_make()
        precondition(handle != 0, "there is no memory left")
    }

    deinit {
        wd_bell_free(handle)
    }

    /// Wakes one of the threads that wait, or the next that comes.
    public func ring() {
        wd_bell_ring(handle)
    }

    /// Waits for a ring and takes it.
    public func wait() {
        _ = wd_bell_wait(handle, -1)
    }

    /// Waits for a ring and takes it; `false` when this long passed first.
    public func wait(atMost patience: Duration) -> Bool {
        let (seconds, attoseconds) = patience.components
        let nanoseconds = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let whole = nanoseconds.overflow ? .max : nanoseconds.partialValue &+ attoseconds / 1_000_000_000
        return wd_bell_wait(handle, max(0, whole)) == 1
    }
}

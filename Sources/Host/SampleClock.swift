internal import Vocabulary

/// Decides whether two readings belong together.
struct SampleClock {
    /// Beyond it a rate says nothing about any second of it.
    static let longest = Duration.seconds(30)
    /// How far the two clocks may part by themselves; more is a suspended machine.
    static let drift = Duration.milliseconds(500)

    struct Step: Equatable {
        /// Seconds since the last reading; `nil` when there was none or the readings do not belong together.
        let seconds: Double?
        /// Whether time was lost since the last reading: the machine slept, or this process was stopped.
        let isAfterGap: Bool
    }

    private var last: (monotonic: Monotonic, boottime: Monotonic)?

    /// Takes the clocks of a reading; the monotonic one stands still while the machine sleeps, the other goes on.
    mutating func advance(monotonic: Monotonic, boottime: Monotonic) -> Step {
        defer { last = (monotonic, boottime) }
        guard let last else { return Step(seconds: nil, isAfterGap: false) }
        let awake = monotonic - last.monotonic
        let slept = (boottime - last.boottime) - awake
        let isAfterGap = awake > SampleClock.longest || slept > SampleClock.drift
        guard !isAfterGap, awake > .zero else { return Step(seconds: nil, isAfterGap: isAfterGap) }
        return Step(seconds: awake.inSeconds, isAfterGap: false)
    }
}

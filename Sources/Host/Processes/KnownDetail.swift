internal import Vocabulary

/// What is known of one process beyond its scan, and when that has to be read anew.
struct KnownDetail {
    /// Servers write what they do into their command line, so it is read anew when it is this old.
    static let commandLifetime = Duration.seconds(30)
    /// Who asks again within this time beyond what is due gets what is known, and the next answer has the new reading.
    static let grace = Duration.seconds(1)

    var detail = ProcessDetail()
    var askedAt = Monotonic(nanoseconds: 0)
    var commandReadAt: Monotonic?
    /// The name that the process had when its command line was read.
    var name: [UInt8] = []
    private var io: ProcessIO?
    private var ioReadAt: Monotonic?
    /// The processor time that it had used when its counters were read.
    private var ticks: UInt64 = 0

    /// How urgently something has to be read.
    enum Urgency: Comparable {
        /// It is fresh.
        case none
        /// It may be read while the answer is on its way.
        case due
        /// It is unknown, or too old to be told.
        case now
    }

    /// How urgently the command line must be read (again).
    func command(named name: ArraySlice<UInt8>, at now: Monotonic) -> Urgency {
        guard let commandReadAt, self.name[...] == name else { return .now }
        return KnownDetail.urgency(now - commandReadAt, lifetime: KnownDetail.commandLifetime)
    }

    /// How urgently the counters must be read (again).
    ///
    /// A rate over less than half a second says little. What uses no processor time reads and writes nothing either,
    /// so of a process at rest they are read every five seconds, for the little that is less than a tick of the clock.
    /// Of one that was not run since they were read they are what they were, as if they had been read now. Whoever
    /// begins to work has the rate of its rest for one answer more, so that nobody waits for each that wakes.
    mutating func traffic(ticks: UInt64, restsSince: Monotonic?, at now: Monotonic) -> Urgency {
        guard let ioReadAt else { return .now }
        let isFirst = io != nil && detail.traffic == nil
        let isAtRest = ticks == self.ticks && !isFirst && !(detail.traffic?.isAny ?? false)
        if isAtRest, let restsSince, restsSince < ioReadAt {
            self.ioReadAt = now
            return .none
        }
        let wasAtRest = detail.traffic.map { !$0.isAny } ?? false
        return KnownDetail.urgency(
            now - ioReadAt, lifetime: isAtRest ? KnownDetail.restLifetime : .milliseconds(500),
            // The second reading makes the first rate, which is waited for.
            grace: isFirst ? .zero : wasAtRest ? KnownDetail.restLifetime + KnownDetail.grace : KnownDetail.grace)
    }

    /// Counters of a process at rest are read anew when they are this old.
    private static let restLifetime = Duration.seconds(5)

    private static func urgency(_ age: Duration, lifetime: Duration, grace: Duration = KnownDetail.grace) -> Urgency {
        age < lifetime ? .none : age < lifetime + grace ? .due : .now
    }

    /// Takes counters and makes rates of them; a reading that failed, ran backwards or is long ago leaves none.
    mutating func take(_ new: ProcessIO?, ticks: UInt64, at now: Monotonic) {
        let seconds = ioReadAt.map { (now - $0).inSeconds } ?? 0
        detail.traffic = nil
        if let io, let new, seconds > 0, seconds <= SampleClock.longest.inSeconds,
            let (read, written) = zip(rate(io.read, new.read, seconds), rate(io.written, new.written, seconds))
        {
            detail.traffic = ProcessTraffic(read: read, written: written)
        }
        io = new
        ioReadAt = now
        self.ticks = ticks
    }
}

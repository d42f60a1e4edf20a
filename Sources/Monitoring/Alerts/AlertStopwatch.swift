internal import Vocabulary

/// Counts how long values have agreed, from one to the next; a long time without any value counts for nothing.
struct AlertStopwatch: Equatable, Sendable {
    /// Without any value for longer than this, what was counted is forgotten.
    static let outageTolerance = Duration.seconds(20)

    /// What was counted up to the last value.
    private(set) var elapsed = Duration.zero
    private var isInterrupted = false
    private var last: Monotonic?

    /// Nothing counted yet.
    init() {}

    /// Goes on with what another process counted, and the outage between the two if it was short.
    init(resuming elapsed: Duration, after outage: Duration) {
        isInterrupted = outage > AlertStopwatch.outageTolerance
        self.elapsed = isInterrupted ? .zero : elapsed + outage
    }

    /// Counts the time since the last value; whether that was too long to count.
    @discardableResult
    mutating func see(at monotonic: Monotonic) -> Bool {
        let since = last.map { max(.zero, monotonic - $0) } ?? .zero
        let isAfterGap = isInterrupted || since > AlertStopwatch.outageTolerance
        elapsed = isAfterGap ? .zero : elapsed + since
        isInterrupted = false
        last = monotonic
        return isAfterGap
    }

    /// Counts from the last value on.
    mutating func restart() {
        elapsed = .zero
    }

    /// Lets the next value find a gap.
    mutating func interrupt() {
        isInterrupted = true
    }

    /// Lets time pass that is neither counted nor a gap, since there were values, but nobody judged them.
    mutating func skip(to monotonic: Monotonic) {
        last = max(monotonic, last ?? monotonic)
    }

    /// The same, up to the last value that another has seen.
    mutating func skip(to other: AlertStopwatch) {
        if let last = other.last { skip(to: last) }
    }
}

internal import Vocabulary

/// What a machine counts besides `for` and `keep_firing_for`, with the clock that nobody can set.
struct AlertTimers: Equatable, Sendable {
    /// The span in which flaps are counted.
    static let flapSpan = Duration.seconds(15 * 60)
    /// So many flaps in that span are too many.
    static let flapLimit = 5

    /// How soon after an episode another one belongs to it, for what people are told.
    static let reopenSpan = Duration.seconds(5 * 60)

    /// How long ago each flap was.
    private(set) var flaps: [Duration] = []
    /// Since the last episode was over.
    var sinceEnd: Duration?
    /// Since people were told that it flaps.
    var sinceFlapCall: Duration?
    /// Since people were called and nobody acknowledged it.
    var sinceCall: Duration?
    /// How grave the last episode was.
    var lastSeverity: Severity?

    /// Lets time pass.
    mutating func pass(_ time: Duration) {
        if let value = sinceEnd { sinceEnd = value + time }
        if let value = sinceFlapCall { sinceFlapCall = value + time }
        if let value = sinceCall { sinceCall = value + time }
        guard !flaps.isEmpty else { return }
        flaps = flaps.map { $0 + time }.filter { $0 <= AlertTimers.flapSpan }
    }

    /// Counts one flap.
    mutating func flap() {
        flaps.append(.zero)
    }
}

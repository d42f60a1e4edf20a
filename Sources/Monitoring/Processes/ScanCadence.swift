internal import Vocabulary

/// How often all processes are looked at: every second, unless that costs too much.
///
/// A scan may take 5 ms of CPU time a second. Where it takes more it is done every five seconds, and more rarely still
/// so that it never takes more than a twentieth of a core; while somebody looks, a twentieth is the only limit.
public struct ScanCadence: Equatable, Sendable {
    /// What a scan may cost to be done every second for nobody.
    public static let cheap = Duration.milliseconds(5)
    private static let rare: Int64 = 5
    private static let share: Int64 = 20

    /// The CPU time of the last scans.
    private var costs: [Duration] = []

    /// A cadence that knows no scan yet.
    public init() {}

    /// Takes what a scan cost.
    public mutating func take(_ cost: Duration) {
        costs.append(cost)
        if costs.count > 3 { costs.removeFirst() }
    }

    /// What a scan costs: the middle one of the last three, so that one on a busy moment changes nothing.
    public var cost: Duration { costs.isEmpty ? .zero : costs.sorted()[costs.count / 2] }

    /// What is judged by: the first scans open everything and say little.
    private var settledCost: Duration { costs.count == 3 ? cost : .zero }

    /// Seconds from one scan to the next.
    public func interval(isWatched: Bool) -> Duration {
        let least: Int64 = isWatched || settledCost <= ScanCadence.cheap ? 1 : ScanCadence.rare
        let fair = (settledCost.wholeMilliseconds * ScanCadence.share + 999) / 1000
        return .seconds(max(least, fair))
    }
}

internal import Vocabulary

/// How often all processes are looked at: every second, unless that costs too much.
///
/// For nobody, scans may take a thousandth of a core: one that takes 3 ms of CPU time is done every three seconds. From
/// 5 ms on it is every five seconds, and more rarely still so that it never takes more than a twentieth of a core; while
/// somebody looks, a twentieth is the only limit.
public struct ScanCadence: Equatable, Sendable {
    /// What scans may cost in a second for nobody.
    public static let allowance = Duration.milliseconds(1)
    private static let rarest: Int64 = 5
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

    /// Whether scans are so dear that whoever runs the desk should know.
    public var isDear: Bool { settledCost >= .milliseconds(50) }

    /// Seconds from one scan to the next.
    public func interval(isWatched: Bool) -> Duration {
        let affordable = Int64((settledCost / ScanCadence.allowance).rounded(.up))
        let least = isWatched ? 1 : min(max(1, affordable), ScanCadence.rarest)
        let fair = (settledCost.wholeMilliseconds * ScanCadence.share + 999) / 1000
        return .seconds(max(least, fair))
    }
}

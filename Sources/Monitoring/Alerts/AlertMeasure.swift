internal import DeskAPI
internal import Vocabulary

/// What of a metric a rule judges.
public enum AlertMeasure: Equatable, Sendable {
    /// Which way a value may be unusual.
    public enum Direction: String, CaseIterable, Sendable {
        /// More or less than usual.
        case both
        /// More than usual.
        case above
        /// Less than usual.
        case below
    }

    /// The newest value.
    case value
    /// How fast the value changes, per second, over the last of this length.
    case rate(over: Duration)
    /// In how many seconds nothing is left, if it goes on as it did in the last of this length.
    case timeLeft(over: Duration)
    /// For how many seconds there has been no value.
    case absence
    /// How many times faster than allowed an error budget is used up, over this length and over its last twelfth;
    /// `budget` is the share that may fail, `least` the tries below which nothing is said.
    case burn(budget: Double, over: Duration, least: Double)
    /// How many times the usual spread the mean of the last of this length is away from what is usual at this hour of
    /// this weekday.
    case anomaly(Direction, over: Duration)

    /// What was watched for longer than this is as good as never going to be empty: ten years in seconds.
    static let never = 315_360_000.0

    /// Whether the newest value is all that counts.
    var isPlain: Bool { self == .value }

    /// What the judged value counts, of a metric in this unit.
    func unit(of metric: MetricUnit) -> MetricUnit {
        switch self {
        case .value: metric
        case .rate: metric == .bytes ? .bytesPerSecond : .perSecond
        case .timeLeft, .absence: .seconds
        case .burn, .anomaly: .count
        }
    }

    /// The value to be judged; `nil` while too little was seen.
    func judged(_ value: Double, _ trend: ValueTrend, usual: AlertBaseline?) -> Double? {
        switch self {
        case .value, .absence, .burn: return value
        case .rate: return trend.slope()
        case .timeLeft:
            // What filled up for a while and has stopped is not going to be full: the last third must agree.
            guard let whole = trend.slope(), let latest = trend.slope(lastThird: true) else { return nil }
            let fastest = max(whole, latest)
            return fastest < 0 ? min(AlertMeasure.never, max(0, value) / -fastest) : AlertMeasure.never
        case .anomaly(let direction, _):
            guard let usual, let mean = trend.mean else { return nil }
            let deviation = usual.deviation(of: mean)
            switch direction {
            case .both: return abs(deviation)
            case .above: return deviation
            case .below: return -deviation
            }
        }
    }
}

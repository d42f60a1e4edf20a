internal import DeskAPI
internal import Vocabulary

/// What of a metric a rule judges.
public enum AlertMeasure: Equatable, Sendable {
    /// The newest value.
    case value
    /// How fast the value changes, per second, over the last of this length.
    case rate(over: Duration)
    /// In how many seconds nothing is left, if it goes on as it did in the last of this length.
    case timeLeft(over: Duration)

    /// What was watched for longer than this is as good as never going to be empty: ten years in seconds.
    static let never = 315_360_000.0

    /// The length of time that it looks back.
    var span: Duration? {
        switch self {
        case .value: nil
        case .rate(let span), .timeLeft(let span): span
        }
    }

    /// What the judged value counts, of a metric in this unit.
    func unit(of metric: MetricUnit) -> MetricUnit {
        switch self {
        case .value: metric
        case .rate: metric == .bytes ? .bytesPerSecond : .perSecond
        case .timeLeft: .seconds
        }
    }

    /// The value to be judged; `nil` while too little was seen.
    func judged(_ value: Double, _ trend: ValueTrend?) -> Double? {
        switch self {
        case .value: return value
        case .rate: return trend?.slope()
        case .timeLeft:
            // What filled up for a while and has stopped is not going to be full: the last third must agree.
            guard let whole = trend?.slope(), let latest = trend?.slope(lastThird: true) else { return nil }
            let fastest = max(whole, latest)
            return fastest < 0 ? min(AlertMeasure.never, max(0, value) / -fastest) : AlertMeasure.never
        }
    }
}

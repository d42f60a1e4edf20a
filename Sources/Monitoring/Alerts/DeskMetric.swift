public import DeskAPI

/// What the desk measures of itself; it stands in the snapshot of the gateway's own host.
public enum DeskMetric: String, CaseIterable, Sendable {
    /// How long the customer who waits longest for a person has waited.
    case oldestWait = "desk.oldest_wait"
    /// The 95th percentile of the gateway's answers.
    case responseTime = "gateway.p95"
    /// Requests that failed with a status of 500 or more.
    case failures = "gateway.failures"
    /// The share of requests to the language model that failed.
    case assistantErrors = "assistant.error_percent"

    /// What it counts.
    public var unit: MetricUnit {
        switch self {
        case .oldestWait: .seconds
        case .responseTime: .milliseconds
        case .failures: .perSecond
        case .assistantErrors: .percent
        }
    }
}

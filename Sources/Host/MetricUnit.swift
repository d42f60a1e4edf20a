/// What the number of a metric counts.
public enum MetricUnit: String, Sendable, CaseIterable {
    /// 0 to 100 of the whole that the metric's title names.
    case percent
    /// Bytes.
    case bytes
    /// Bytes per second.
    case bytesPerSecond
    /// Events per second.
    case perSecond
    /// A number of things.
    case count
    /// Milliseconds.
    case milliseconds
    /// Seconds.
    case seconds
    /// 0 for no, 1 for yes.
    case flag
}

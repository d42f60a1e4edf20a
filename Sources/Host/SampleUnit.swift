/// What the number of a metric counts; the raw text is the one that records and rules use.
public enum SampleUnit: String, Sendable, CaseIterable {
    /// 0 to 100 of the whole that the metric's title names.
    case percent
    /// Bytes.
    case bytes
    /// Bytes per second.
    case bytesPerSecond = "bytes_per_second"
    /// Events per second.
    case perSecond = "per_second"
    /// A number of things.
    case count
    /// Milliseconds.
    case milliseconds
    /// Seconds.
    case seconds
    /// Degrees Celsius.
    case celsius
    /// Cycles per second.
    case hertz
    /// 0 for no, 1 for yes.
    case flag
}

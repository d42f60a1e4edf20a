public import Vocabulary

/// What a metric counts.
public enum MetricUnit: String, FieldChoice, Sendable {
    /// A share of a whole, 0 to 100.
    case percent
    /// A size in bytes.
    case bytes
    /// Bytes per second.
    case bytesPerSecond = "bytes_per_second"
    /// Events per second.
    case perSecond = "per_second"
    /// A number of things.
    case count
    /// A time in seconds.
    case seconds
    /// A time in milliseconds.
    case milliseconds
    /// Degrees Celsius.
    case celsius
    /// Cycles per second.
    case hertz
}

/// A machine that is watched, with the newest value of each metric.
public struct Host: Record {
    /// The host's name.
    public var name = ""
    /// The newest sample's time.
    public var sampledAt: Timestamp?
    /// The newest value of each metric.
    public var metrics: [MetricValue] = []

    /// A blank host.
    public init() {}

    /// `Host`.
    public static let recordName = "Host"
    /// For the API reference.
    public static let summary = "A machine that is watched."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "The host's name.")
        visitor.field("sampled_at", &sampledAt, "The newest sample's time.")
        visitor.field("metrics", &metrics, "The newest value of each metric.", .length(0...10_000))
    }

    /// A host with two metrics.
    public static var example: Host {
        var value = Host()
        value.name = "desk-1"
        value.sampledAt = Timestamp(milliseconds: 1_795_371_601_000)
        value.metrics = [.example]
        return value
    }
}

/// One metric's newest value.
public struct MetricValue: Record {
    /// The metric's name, such as `cpu.busy`.
    public var name = ""
    /// What it counts.
    public var unit = MetricUnit.count
    /// The value; absent when its source is missing.
    public var value: Double?

    /// A blank value.
    public init() {}

    /// A value of a metric.
    public init(name: String, unit: MetricUnit, value: Double?) {
        self.name = name
        self.unit = unit
        self.value = value
    }

    /// `MetricValue`.
    public static let recordName = "MetricValue"
    /// For the API reference.
    public static let summary = "One metric's newest value."
    /// A CPU share.
    public static let example = MetricValue(name: "cpu.busy", unit: .percent, value: 23.4)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "The metric's name.", .length(1...1024))
        visitor.field("unit", &unit, "What it counts.")
        visitor.field("value", &value, "The value; absent when its source is missing.")
    }
}

/// Asks for the history of a metric.
public struct QueryMetric: Record {
    /// The host; absent means the gateway's own.
    public var host: String?
    /// The metric.
    public var name = ""
    /// From when; absent means five minutes before `to`.
    public var from: Timestamp?
    /// Until when; absent means now.
    public var to: Timestamp?
    /// Seconds between points; absent chooses the finest that gives at most 600 points.
    public var step: Int64?
    /// Also what is usual at these hours of these weekdays.
    public var usual = false

    /// A blank request.
    public init() {}

    /// `QueryMetric`.
    public static let recordName = "QueryMetric"
    /// For the API reference.
    public static let summary = "Asks for the history of a metric."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("host", &host, "The host; absent means the gateway's own.")
        visitor.field("name", &name, "The metric.", .length(1...1024))
        visitor.field("from", &from, "From when; absent means five minutes before to.")
        visitor.field("to", &to, "Until when; absent means now.")
        visitor.field("step", &step, "Seconds between points; absent chooses.", .range(1...86_400))
        visitor.field("usual", &usual, "Also what is usual at these hours of these weekdays.", .natural, .defaulted)
    }

    /// The last five minutes of the CPU.
    public static var example: QueryMetric {
        var value = QueryMetric()
        value.name = "cpu.busy"
        return value
    }
}

/// The history of a metric; a gap is a point without values.
public struct MetricSeries: Record {
    /// The host.
    public var host = ""
    /// The metric.
    public var name = ""
    /// What it counts.
    public var unit = MetricUnit.count
    /// Seconds between points.
    public var step: Int64 = 1
    /// The points from old to new, one for each step.
    public var points: [Point] = []
    /// What is usual, one for each hour that is known, if that was asked for.
    public var usual: [UsualHour] = []

    /// A blank series.
    public init() {}

    /// `MetricSeries`.
    public static let recordName = "MetricSeries"
    /// For the API reference.
    public static let summary = "The history of a metric."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("host", &host, "The host.")
        visitor.field("name", &name, "The metric.", .length(0...1024))
        visitor.field("unit", &unit, "What it counts.")
        visitor.field("step", &step, "Seconds between points.")
        visitor.field("points", &points, "The points from old to new.", .length(0...100_000))
        visitor.field("usual", &usual, "What is usual, one for each hour.", .length(0...100_000), .defaulted)
    }

    /// Two points.
    public static var example: MetricSeries {
        var value = MetricSeries()
        value.host = "desk-1"
        value.name = "cpu.busy"
        value.unit = .percent
        value.points = [.example]
        return value
    }

    /// What a metric was during one step.
    public struct Point: Record {
        /// The start of the step.
        public var at = Timestamp(milliseconds: 0)
        /// The smallest value; absent in a gap.
        public var minimum: Double?
        /// The mean; absent in a gap.
        public var mean: Double?
        /// The largest value; absent in a gap.
        public var maximum: Double?

        /// A blank point.
        public init() {}

        /// A point.
        public init(at: Timestamp, minimum: Double?, mean: Double?, maximum: Double?) {
            self.at = at
            self.minimum = minimum
            self.mean = mean
            self.maximum = maximum
        }

        /// `MetricPoint`.
        public static let recordName = "MetricPoint"
        /// For the API reference.
        public static let summary = "What a metric was during one step."
        /// One second.
        public static let example = Point(
            at: Timestamp(milliseconds: 1_795_371_601_000), minimum: 23.4, mean: 23.4, maximum: 23.4)

        /// Declares the fields.
        public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
            visitor.field("at", &at, "The start of the step.")
            visitor.field("min", &minimum, "The smallest value; absent in a gap.")
            visitor.field("mean", &mean, "The mean; absent in a gap.")
            visitor.field("max", &maximum, "The largest value; absent in a gap.")
        }
    }
}

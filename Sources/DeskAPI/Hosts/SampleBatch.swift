public import Vocabulary

/// Samples that a host sends of itself: what the values are, once, and the values of each moment.
public struct SendSamples: Record {
    /// The host's name.
    public var host = ""
    /// The metrics' names, in the order of the values.
    public var names: [String] = []
    /// What each metric counts, in the same order.
    public var units: [MetricUnit] = []
    /// The moments, oldest first.
    public var rows: [SampleRow] = []

    /// A blank batch.
    public init() {}

    /// Samples of a host that share one layout.
    public init(host: String, layout: MetricLayout, rows: [SampleRow]) {
        self.host = host
        names = layout.names
        units = layout.units
        self.rows = rows
    }

    /// The most rows of a batch.
    public static let mostRows = 300
    /// The most metrics of a host.
    public static let mostMetrics = 10_000

    /// `SendSamples`.
    public static let recordName = "SendSamples"
    /// For the API reference.
    public static let summary = "Samples that a host sends of itself."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("host", &host, "The host's name.", .length(1...253))
        visitor.field("names", &names, "The metrics' names.", .length(1...SendSamples.mostMetrics))
        visitor.field("units", &units, "What each counts.", .length(1...SendSamples.mostMetrics))
        visitor.field("rows", &rows, "The moments, oldest first.", .length(1...SendSamples.mostRows))
    }

    /// One second of two metrics.
    public static var example: SendSamples {
        SendSamples(
            host: "web-1", layout: MetricLayout(names: ["cpu.busy", "load.1"], units: [.percent, .count]),
            rows: [.example])
    }
}

/// The values of a host at one moment.
public struct SampleRow: Record {
    /// When they were taken.
    public var at = Timestamp(milliseconds: 0)
    /// The values; `null` where a source is missing.
    public var values: [Double?] = []

    /// A blank row.
    public init() {}

    /// The values of a moment; not a number where a source is missing.
    public init(at: Timestamp, values: [Double]) {
        self.at = at
        self.values = values.map { $0.isFinite ? $0 : nil }
    }

    /// `SampleRow`.
    public static let recordName = "SampleRow"
    /// For the API reference.
    public static let summary = "The values of a host at one moment."
    /// A busy second.
    public static let example = SampleRow(at: Timestamp(milliseconds: 1_795_371_601_000), values: [23.4, 0.71])

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("at", &at, "When they were taken.")
        visitor.field(
            "values", &values, "The values; null where a source is missing.", .length(1...SendSamples.mostMetrics))
    }
}

/// Which seconds of a host are kept; answered only after they are committed.
public struct SamplesKept: Record {
    /// The host.
    public var host = ""
    /// The seconds since 1970 of the rows that were sent, each kept now or before.
    public var kept: [Int64] = []

    /// A blank answer.
    public init() {}

    /// The answer to a batch.
    public init(host: String, kept: [Int64]) {
        self.host = host
        self.kept = kept
    }

    /// `SamplesKept`.
    public static let recordName = "SamplesKept"
    /// For the API reference.
    public static let summary = "Which seconds of a host are kept."
    /// One second.
    public static let example = SamplesKept(host: "web-1", kept: [1_795_371_601])

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("host", &host, "The host.")
        visitor.field("kept", &kept, "Seconds since 1970, each kept now or before.", .length(0...SendSamples.mostRows))
    }
}

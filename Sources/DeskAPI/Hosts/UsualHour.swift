public import Vocabulary

/// What a metric usually is at an hour of a weekday, by the same hours of the eight weeks before.
public struct UsualHour: Record {
    /// The beginning of the hour.
    public var at = Timestamp(milliseconds: 0)
    /// The median of the earlier hours' means.
    public var middle = 0.0
    /// The usual distance from it: the median absolute deviation as a standard deviation, at least a twentieth of it.
    public var spread = 0.0

    /// A blank hour.
    public init() {}

    /// An hour.
    public init(at: Timestamp, middle: Double, spread: Double) {
        self.at = at
        self.middle = middle
        self.spread = spread
    }

    /// `UsualHour`.
    public static let recordName = "UsualHour"
    /// For the API reference.
    public static let summary = "What a metric usually is at an hour of a weekday."
    /// A busy hour.
    public static let example = UsualHour(at: Timestamp(milliseconds: 1_795_370_400_000), middle: 41, spread: 3.5)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("at", &at, "The beginning of the hour.")
        visitor.field("middle", &middle, "The median of the earlier hours' means.")
        visitor.field("spread", &spread, "The usual distance from it.")
    }
}

public import Vocabulary

/// Says that the caller takes waiting conversations as they come, or takes no more.
public struct SetAvailability: Record {
    /// How many open conversations the caller wants to have at most; 0 takes no more.
    public var capacity: Int64 = 0
    /// For how many minutes, unless it is said again.
    public var minutes: Int64 = 480

    /// Takes no more.
    public init() {}

    /// Takes so many at a time.
    public init(capacity: Int64, minutes: Int64 = 480) {
        self.capacity = capacity
        self.minutes = minutes
    }

    /// `SetAvailability`.
    public static let recordName = "SetAvailability"
    /// For the API reference.
    public static let summary = "Says that the caller takes waiting conversations as they come, or takes no more."
    /// Four at a time until the end of the shift.
    public static let example = SetAvailability(capacity: 4)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field(
            "capacity", &capacity, "How many open conversations one wants to have at most; 0 takes no more.",
            .range(0...100))
        visitor.field(
            "minutes", &minutes, "For how many minutes, unless it is said again.", .range(1...1440), .defaulted)
    }
}

/// Who takes waiting conversations as they come.
public struct Availability: Record {
    /// Who.
    public var actor = ""
    /// Their name.
    public var name = ""
    /// How many open conversations they want to have at most; 0 takes no more.
    public var capacity: Int64 = 0
    /// How many they have.
    public var open: Int64 = 0
    /// Until when.
    public var until = Timestamp(milliseconds: 0)

    /// Nobody.
    public init() {}

    /// `Availability`.
    public static let recordName = "Availability"
    /// For the API reference.
    public static let summary = "Who takes waiting conversations as they come."
    /// Ana has three of four.
    public static var example: Availability {
        var value = Availability()
        (value.actor, value.name, value.capacity, value.open) = ("u:3", "ana", 4, 3)
        value.until = Timestamp(milliseconds: 1_790_000_000_000)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("actor", &actor, "Who.", .length(0...100))
        visitor.field("name", &name, "Their name.", .length(0...100))
        visitor.field(
            "capacity", &capacity, "How many open conversations they want to have at most; 0 takes no more.",
            .range(0...100))
        visitor.field("open", &open, "How many they have.", .range(0...Int64.max))
        visitor.field("until", &until, "Until when.")
    }
}

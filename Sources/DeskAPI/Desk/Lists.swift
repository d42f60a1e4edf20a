/// A request without any field.
public struct Nothing: Record {
    /// A request without any field.
    public init() {}
    /// `Nothing`.
    public static let recordName = "Nothing"
    /// For the API reference.
    public static let summary = "No fields."
    /// No fields.
    public static let example = Nothing()
    /// Declares no fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {}
}

/// Several records of one kind.
public struct List<Item: Record>: Record {
    /// The records in the order the operation promises.
    public var items: [Item] = []

    /// An empty list.
    public init() {}

    /// A list of these.
    public init(_ items: [Item]) {
        self.items = items
    }

    /// The item's name and `List`.
    public static var recordName: String { "\(Item.recordName)List" }
    /// For the API reference.
    public static var summary: String { "Several of: \(Item.summary)" }
    /// One example item.
    public static var example: List { List([Item.example]) }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("items", &items, "The records in order.", .length(0...100_000))
    }
}

/// A part of the inbox that the desk looks at often, by a name.
public struct SavedView: Record {
    /// What it is called.
    public var name = ""
    /// What a line of the inbox must hold, as it is written behind `/`.
    public var filter = ""

    /// A blank view.
    public init() {}

    /// A view.
    public init(name: String, filter: String) {
        (self.name, self.filter) = (name, filter)
    }

    /// `SavedView`.
    public static let recordName = "SavedView"
    /// For the API reference.
    public static let summary = "A part of the inbox that the desk looks at often, by a name."
    /// Refunds.
    public static let example = SavedView(name: "refunds", filter: "#refund")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "What it is called.", .length(1...40))
        visitor.field("filter", &filter, "What a line must hold, as it is written behind /.", .length(1...80))
    }
}

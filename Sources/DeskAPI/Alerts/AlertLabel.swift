/// Something that is said about an alert by name, such as `team: storage`.
public struct AlertLabel: Record, Hashable {
    /// Letters, digits and `_`, not beginning with a digit.
    public var name = ""
    /// What it says.
    public var value = ""

    /// A blank label.
    public init() {}

    /// A label.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// `AlertLabel`.
    public static let recordName = "AlertLabel"
    /// For the API reference.
    public static let summary = "Something that is said about an alert by name."
    /// A team.
    public static let example = AlertLabel("team", "storage")

    /// Whether a text can be a label's name, as in Prometheus.
    public static func isName(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 64, !(48...57).contains(first) else { return false }
        return bytes.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
        }
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "Letters, digits and _, not beginning with a digit.", .length(1...64))
        visitor.field("value", &value, "What it says.", .length(0...500))
    }
}

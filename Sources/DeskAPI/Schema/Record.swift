public import JSON

/// A value that crosses a boundary: it declares its fields once, and encoding, validation, schema and forms follow.
///
/// ```swift
/// public mutating func visit(_ visitor: inout some FieldVisitor) {
///     visitor.field("note", &note, "Why it is acknowledged.", .length(0...500))
/// }
/// ```
public protocol Record: FieldValue {
    /// The name in the API reference, such as `Conversation`.
    static var recordName: String { get }
    /// One sentence for the API reference.
    static var summary: String { get }
    /// A realistic value for the API reference; it must pass its own validation.
    static var example: Self { get }
    /// A blank value: what fields hold before they are read, and what optional ones keep.
    init()
    /// Shows every field to the visitor, always in the same order.
    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor)
}

/// Looks at, or fills in, the fields of a record one after the other.
public protocol FieldVisitor {
    /// One field: its name in JSON, where it lives, what it means, what is allowed, and whether it may be left out.
    mutating func field<Value: FieldValue>(
        _ name: String, _ value: inout Value, _ meaning: String, _ limit: FieldLimit, _ presence: FieldPresence)
}

extension FieldVisitor {
    /// A required field with the type's own limits.
    public mutating func field<Value: FieldValue>(_ name: String, _ value: inout Value, _ meaning: String) {
        field(name, &value, meaning, .natural, .required)
    }

    /// A required field with limits.
    public mutating func field<Value: FieldValue>(
        _ name: String, _ value: inout Value, _ meaning: String, _ limit: FieldLimit
    ) {
        field(name, &value, meaning, limit, .required)
    }
}

/// Whether a field may be left out of the input.
public enum FieldPresence: Sendable {
    /// It must be there (unless its type is optional).
    case required
    /// When it is missing, the blank record's value stands.
    case defaulted
}

/// What is allowed in a field beyond its type.
public enum FieldLimit: Equatable, Sendable {
    /// The type's own limits: text up to 256 characters, lists up to 1,000 elements.
    case natural
    /// The number of characters of a text, or of elements of a list.
    case length(ClosedRange<Int>)
    /// The value of a number.
    case range(ClosedRange<Int64>)
}

/// A type that can stand in a field.
public protocol FieldValue: Equatable, Sendable {
    /// The JSON Schema of the type under these limits.
    static func schema(_ limit: FieldLimit) -> JSONValue
    /// Whether the field may be absent.
    static var isOptional: Bool { get }
    /// Writes the value.
    func write(to writer: inout JSONWriter)
    /// Reads the value from JSON.
    ///
    /// - Throws: ``FieldFault`` that says what would be accepted.
    static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> Self
    /// Reads the value from an address (a path segment or a query item).
    ///
    /// - Throws: ``FieldFault`` that says what would be accepted.
    static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> Self
    /// The value when the field is absent; `nil` for types that must be there.
    static var absent: Self? { get }
    /// Whether the value is the absent one and is left out when writing.
    var isAbsent: Bool { get }
    /// The record this type is, or holds; `nil` for plain values.
    static var nestedRecord: RecordDescription? { get }
}

extension FieldValue {
    /// Most types must be there.
    public static var isOptional: Bool { false }
    /// Most types have no absent value.
    public static var absent: Self? { nil }
    /// Most values are always written.
    public var isAbsent: Bool { false }
    /// Most values are plain.
    public static var nestedRecord: RecordDescription? { nil }
}

/// What is wrong with one or several fields.
public struct FieldFault: Error, Equatable, Sendable {
    /// Each fault with the path of its field (`items/3/text`; empty for the value itself).
    public var items: [Item]

    /// One fault.
    public struct Item: Equatable, Sendable {
        /// Where, as names and positions divided by `/`.
        public var path: String
        /// What would be accepted.
        public var message: String
    }

    /// A fault of the value itself.
    public init(_ message: String) {
        items = [Item(path: "", message: message)]
    }

    /// Several faults of one value.
    public init(items: [Item]) {
        self.items = items
    }

    /// The same faults seen from the field that holds the value.
    public func within(_ name: String) -> FieldFault {
        FieldFault(
            items: items.map { Item(path: $0.path.isEmpty ? name : "\(name)/\($0.path)", message: $0.message) })
    }
}

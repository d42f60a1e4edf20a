/// Any JSON document (RFC 8259) as a value; objects keep the order of their members.
public enum JSONValue: Equatable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction or exponent that fits 64 bits; `590.0` is read as this too.
    case integer(Int64)
    /// Any other number; always finite.
    case number(Double)
    /// Text; valid Unicode without lone surrogates.
    case string(String)
    /// An ordered list.
    case array([JSONValue])
    /// Members in the order they were written; the parser refuses the same name twice.
    case object([Member])

    /// One name and value of an object.
    public struct Member: Equatable, Sendable {
        /// The name, any text.
        public var name: String
        /// What stands behind the name.
        public var value: JSONValue

        /// A name and its value.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The member with this name, or `nil` when there is none or this is no object.
    public subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The element at this place, or `nil` when there is none or this is no array.
    public subscript(_ index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The text, or `nil` when this is none.
    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The whole number, or `nil` when this is none.
    public var wholeNumber: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    /// The number as floating point, or `nil` when this is none.
    public var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    /// The truth value, or `nil` when this is none.
    public var boolean: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements, or `nil` when this is no array.
    public var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members in order, or `nil` when this is no object.
    public var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// What kind of value this is, in the words of JSON Schema.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// The document as compact JSON text.
    public var encoded: String {
        var writer = JSONWriter()
        writer.value(self)
        return writer.text
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// Text as written.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number as written.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A number as written.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// `true` or `false` as written.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A list as written.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object as written, in order.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
    /// `null`.
    public init(nilLiteral: ()) { self = .null }
}

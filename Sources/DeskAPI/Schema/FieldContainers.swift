public import JSON

extension Optional: FieldValue where Wrapped: FieldValue {
    /// The schema of what may be there.
    public static func schema(_ limit: FieldLimit) -> JSONValue { Wrapped.schema(limit) }
    /// Always.
    public static var isOptional: Bool { true }
    /// Nothing.
    public static var absent: Wrapped?? { .some(nil) }
    /// The record that may be there.
    public static var nestedRecord: RecordDescription? { Wrapped.nestedRecord }
    /// Whether nothing is there.
    public var isAbsent: Bool { self == nil }

    /// Writes the value, or `null`.
    public func write(to writer: inout JSONWriter) {
        if let self { self.write(to: &writer) } else { writer.null() }
    }

    /// Reads the value; `null` is nothing.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> Wrapped? {
        guard json != .null else { return nil }
        return try Wrapped.read(json, limit)
    }

    /// Reads the value.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> Wrapped? {
        try Wrapped.read(text: text, limit)
    }
}

extension Array: FieldValue where Element: FieldValue {
    /// A list with its length limits.
    public static func schema(_ limit: FieldLimit) -> JSONValue {
        let range = lengths(limit)
        return [
            "type": "array", "items": Element.schema(.natural), "minItems": .integer(Int64(range.lowerBound)),
            "maxItems": .integer(Int64(range.upperBound)),
        ]
    }

    /// The record of the elements.
    public static var nestedRecord: RecordDescription? { Element.nestedRecord }

    /// Writes the elements in order.
    public func write(to writer: inout JSONWriter) {
        writer.array { writer in for element in self { element.write(to: &writer) } }
    }

    /// Reads a list; every faulty element is named.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> [Element] {
        guard case .array(let elements) = json else { throw FieldFault("must be an array, not \(json.kind)") }
        let range = lengths(limit)
        guard range.contains(elements.count) else {
            throw FieldFault("must have \(range.lowerBound) to \(range.upperBound) elements, not \(elements.count)")
        }
        var values: [Element] = []
        var faults: [FieldFault.Item] = []
        for (position, element) in elements.enumerated() {
            do {
                values.append(try Element.read(element, .natural))
            } catch {
                faults += error.within(String(position)).items
            }
        }
        guard faults.isEmpty else { throw FieldFault(items: faults) }
        return values
    }

    /// Reads elements divided by commas.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> [Element] {
        var values: [Element] = []
        for part in text.split(separator: ",") { values.append(try Element.read(text: String(part), .natural)) }
        return values
    }

    private static func lengths(_ limit: FieldLimit) -> ClosedRange<Int> {
        guard case .length(let range) = limit else { return 0...1000 }
        return range
    }
}

/// An enumeration whose raw texts stand in JSON.
public protocol FieldChoice: FieldValue, RawRepresentable<String>, CaseIterable {}

extension FieldChoice {
    /// One of the texts.
    public static func schema(_ limit: FieldLimit) -> JSONValue {
        ["type": "string", "enum": .array(allCases.map { .string($0.rawValue) })]
    }

    /// Writes the text of the case.
    public func write(to writer: inout JSONWriter) { writer.string(rawValue) }

    /// Reads one of the texts.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> Self {
        guard case .string(let text) = json else { throw FieldFault("must be a string, not \(json.kind)") }
        return try read(text: text, limit)
    }

    /// Reads one of the texts.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> Self {
        guard let value = Self(rawValue: text) else {
            throw FieldFault("must be one of \(allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }
}

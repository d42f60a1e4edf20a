public import JSON
public import Vocabulary

extension String: FieldValue {
    /// Text with its length limits.
    public static func schema(_ limit: FieldLimit) -> JSONValue {
        let range = String.lengths(limit)
        return [
            "type": "string", "minLength": .integer(Int64(range.lowerBound)),
            "maxLength": .integer(Int64(range.upperBound)),
        ]
    }

    /// Writes the text.
    public func write(to writer: inout JSONWriter) { writer.string(self) }

    /// Reads text of the allowed length, counted in Unicode scalars as JSON Schema does.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> String {
        guard case .string(let text) = json else { throw FieldFault("must be a string, not \(json.kind)") }
        return try read(text: text, limit)
    }

    /// Reads text of the allowed length.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> String {
        let range = lengths(limit)
        let count = text.unicodeScalars.count
        guard range.contains(count) else {
            throw FieldFault("must have \(range.lowerBound) to \(range.upperBound) characters, not \(count)")
        }
        return text
    }

    private static func lengths(_ limit: FieldLimit) -> ClosedRange<Int> {
        guard case .length(let range) = limit else { return 0...256 }
        return range
    }
}

extension Bool: FieldValue {
    /// A truth value.
    public static func schema(_ limit: FieldLimit) -> JSONValue { ["type": "boolean"] }

    /// Writes `true` or `false`.
    public func write(to writer: inout JSONWriter) { writer.bool(self) }

    /// Reads `true` or `false`.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> Bool {
        guard case .bool(let value) = json else { throw FieldFault("must be true or false, not \(json.kind)") }
        return value
    }

    /// Reads `true` or `false`.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> Bool {
        guard let value = Bool(text) else { throw FieldFault("must be true or false") }
        return value
    }
}

extension Int64: FieldValue {
    /// A whole number with its range.
    public static func schema(_ limit: FieldLimit) -> JSONValue {
        let range = range(limit)
        return ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
    }

    /// Writes the number.
    public func write(to writer: inout JSONWriter) { writer.integer(self) }

    /// Reads a whole number in range.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> Int64 {
        guard case .integer(let value) = json else { throw FieldFault("must be a whole number, not \(json.kind)") }
        return try checked(value, limit)
    }

    /// Reads decimal digits in range.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> Int64 {
        guard let value = Int64(text) else { throw FieldFault("must be a whole number") }
        return try checked(value, limit)
    }

    private static func checked(_ value: Int64, _ limit: FieldLimit) throws(FieldFault) -> Int64 {
        let range = range(limit)
        guard range.contains(value) else {
            throw FieldFault("must be \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
        return value
    }

    private static func range(_ limit: FieldLimit) -> ClosedRange<Int64> {
        guard case .range(let range) = limit else { return -9_007_199_254_740_991...9_007_199_254_740_991 }
        return range
    }
}

extension Double: FieldValue {
    /// A number.
    public static func schema(_ limit: FieldLimit) -> JSONValue { ["type": "number"] }

    /// Writes the number.
    public func write(to writer: inout JSONWriter) { writer.number(self) }

    /// Reads a number.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> Double {
        guard let value = json.double else { throw FieldFault("must be a number, not \(json.kind)") }
        return value
    }

    /// Reads a finite number.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> Double {
        guard let value = Double(text), value.isFinite else { throw FieldFault("must be a number") }
        return value
    }
}

extension ID: FieldValue {
    /// A positive whole number.
    public static func schema(_ limit: FieldLimit) -> JSONValue {
        ["type": "integer", "minimum": 1, "maximum": 9_007_199_254_740_991]
    }

    /// Writes the number.
    public func write(to writer: inout JSONWriter) { writer.integer(number) }

    /// Reads a positive whole number.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> ID {
        ID(try Int64.read(json, .range(1...9_007_199_254_740_991)))
    }

    /// Reads a positive whole number.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> ID {
        ID(try Int64.read(text: text, .range(1...9_007_199_254_740_991)))
    }
}

extension Timestamp: FieldValue {
    /// RFC 3339 in UTC.
    public static func schema(_ limit: FieldLimit) -> JSONValue { ["type": "string", "format": "date-time"] }

    /// Writes RFC 3339 in UTC with milliseconds.
    public func write(to writer: inout JSONWriter) { writer.string(rfc3339) }

    /// Reads RFC 3339, or Unix seconds as text.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> Timestamp {
        guard case .string(let text) = json else { throw FieldFault("must be a date-time string, not \(json.kind)") }
        return try read(text: text, limit)
    }

    /// Reads RFC 3339, or Unix seconds.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> Timestamp {
        guard let moment = Timestamp(rfc3339: text) else {
            throw FieldFault("must be a date and time such as 2026-11-22T18:20:01Z, or Unix seconds")
        }
        return moment
    }
}

extension ULID: FieldValue {
    /// 26 characters of Crockford base 32.
    public static func schema(_ limit: FieldLimit) -> JSONValue {
        ["type": "string", "minLength": 26, "maxLength": 26, "pattern": "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$"]
    }

    /// Writes the 26 characters.
    public func write(to writer: inout JSONWriter) { writer.string(description) }

    /// Reads a ULID.
    public static func read(_ json: JSONValue, _ limit: FieldLimit) throws(FieldFault) -> ULID {
        guard case .string(let text) = json else { throw FieldFault("must be a ULID string, not \(json.kind)") }
        return try read(text: text, limit)
    }

    /// Reads a ULID.
    public static func read(text: String, _ limit: FieldLimit) throws(FieldFault) -> ULID {
        guard let value = ULID(text) else {
            throw FieldFault("must be a ULID: 26 characters of Crockford base 32, such as 01JD8X5T6E9QK3ZC7M2V4B0N1P")
        }
        return value
    }
}

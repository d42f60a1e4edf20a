/// Reads JSON strictly (RFC 8259): valid UTF-8, one value, no duplicate names, no lone surrogates, bounded depth.
public struct JSONParser {
    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var index = 0
    private var depth = 0

    /// Reads one whole document.
    ///
    /// - Parameters:
    ///   - bytes: the document as UTF-8.
    ///   - maximumDepth: how deeply arrays and objects may nest, 1 or more.
    /// - Throws: ``JSONFailure`` with the line and column of the first fault.
    public static func parse(_ bytes: some Sequence<UInt8>, maximumDepth: Int = 32) throws(JSONFailure) -> JSONValue {
        let parser = JSONParser(bytes: Array(bytes), maximumDepth: maximumDepth)
        if let bad = parser.firstInvalidByte() { throw parser.failure(.invalidUTF8, at: bad) }
        return try parser.document()
    }

    private consuming func document() throws(JSONFailure) -> JSONValue {
        var parser = self
        parser.skipSpace()
        let value = try parser.value()
        parser.skipSpace()
        guard parser.index == parser.bytes.count else { throw parser.failure(.trailingData) }
        return value
    }

    /// Reads one whole document from text.
    ///
    /// - Throws: ``JSONFailure`` with the line and column of the first fault.
    public static func parse(_ text: String, maximumDepth: Int = 32) throws(JSONFailure) -> JSONValue {
        // What is text is valid already.
        try JSONParser(bytes: Array(text.utf8), maximumDepth: maximumDepth).document()
    }

    private init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func firstInvalidByte() -> Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    private func failure(_ reason: JSONFailure.Reason, at position: Int? = nil) -> JSONFailure {
        let end = min(position ?? index, bytes.count)
        let before = bytes[..<end]
        let line = before.reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
        let column = end - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0) + 1
        return JSONFailure(reason: reason, line: line, column: column)
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func value() throws(JSONFailure) -> JSONValue {
        switch current {
        case UInt8(ascii: "{"): return try nested { (parser) throws(JSONFailure) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser) throws(JSONFailure) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || (48...57).contains(byte): return try number()
        case nil: throw failure(.unexpectedEnd)
        default: throw failure(.unexpectedByte)
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONFailure) -> JSONValue
    ) throws(JSONFailure) -> JSONValue {
        depth += 1
        defer { depth -= 1 }
        guard depth <= maximumDepth else { throw failure(.tooDeep(limit: maximumDepth)) }
        index += 1
        return try body(&self)
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONFailure) -> JSONValue {
        for expected in text.description.utf8 {
            guard let byte = current else { throw failure(.unexpectedEnd) }
            guard byte == expected else { throw failure(.unexpectedByte) }
            index += 1
        }
        return value
    }

    private mutating func array() throws(JSONFailure) -> JSONValue {
        var elements: [JSONValue] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            index += 1
            return .array(elements)
        }
        while true {
            skipSpace()
            elements.append(try value())
            if try closes(with: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    private mutating func object() throws(JSONFailure) -> JSONValue {
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipSpace()
        if current == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            skipSpace()
            let start = index
            guard current == UInt8(ascii: "\"") else {
                throw failure(current == nil ? .unexpectedEnd : .unexpectedByte)
            }
            let name = try string()
            let isDuplicate =
                members.count < 8 ? members.contains { $0.name == name } : !names.insert(name).inserted
            guard !isDuplicate else { throw failure(.duplicateName(name), at: start) }
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw failure(current == nil ? .unexpectedEnd : .unexpectedByte) }
            index += 1
            skipSpace()
            members.append(.init(name, try value()))
            if members.count == 8 { names = Set(members.map(\.name)) }
            if try closes(with: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    /// Steps over a comma (false) or the closing bracket (true).
    private mutating func closes(with bracket: UInt8) throws(JSONFailure) -> Bool {
        skipSpace()
        guard let byte = current else { throw failure(.unexpectedEnd) }
        guard byte == bracket || byte == UInt8(ascii: ",") else { throw failure(.unexpectedByte) }
        index += 1
        return byte == bracket
    }
}

extension JSONParser {
    private mutating func number() throws(JSONFailure) -> JSONValue {
        let start = index
        var isWhole = true
        if current == UInt8(ascii: "-") { index += 1 }
        if current == UInt8(ascii: "0") {
            index += 1
        } else {
            try digits()
        }
        if current == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isWhole = false
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let double = Double(text), double.isFinite else { throw failure(.numberTooLarge, at: start) }
        if double == double.rounded(), abs(double) < 9_007_199_254_740_992 { return .integer(Int64(double)) }
        return .number(double)
    }

    private mutating func digits() throws(JSONFailure) {
        let start = index
        while let byte = current, (48...57).contains(byte) { index += 1 }
        guard index > start else { throw failure(current == nil ? .unexpectedEnd : .unexpectedByte) }
    }

    private mutating func string() throws(JSONFailure) -> String {
        index += 1
        let start = index
        while let byte = current, byte != 0x22, byte != 0x5C, byte >= 0x20 { index += 1 }
        if current == 0x22 {
            defer { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        var decoded = Array(bytes[start..<index])
        while let byte = current {
            guard byte >= 0x20 else { throw failure(.controlCharacter) }
            index += 1
            if byte == 0x22 { return String(decoding: decoded, as: UTF8.self) }
            if byte == 0x5C {
                try escape(into: &decoded)
            } else {
                decoded.append(byte)
            }
        }
        throw failure(.unexpectedEnd)
    }

    private mutating func escape(into decoded: inout [UInt8]) throws(JSONFailure) {
        guard let byte = current else { throw failure(.unexpectedEnd) }
        index += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: decoded.append(byte)
        case UInt8(ascii: "b"): decoded.append(8)
        case UInt8(ascii: "f"): decoded.append(12)
        case UInt8(ascii: "n"): decoded.append(10)
        case UInt8(ascii: "r"): decoded.append(13)
        case UInt8(ascii: "t"): decoded.append(9)
        case UInt8(ascii: "u"): decoded.append(contentsOf: String(try unicodeEscape()).utf8)
        default: throw failure(.badEscape, at: index - 2)
        }
    }

    private mutating func unicodeEscape() throws(JSONFailure) -> Unicode.Scalar {
        let start = index - 2
        let high = try hexadecimal()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard (0xD800..<0xDC00).contains(high), current == 0x5C, index + 1 < bytes.count,
            bytes[index + 1] == UInt8(ascii: "u")
        else { throw failure(.loneSurrogate, at: start) }
        index += 2
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw failure(.loneSurrogate, at: start) }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONFailure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current else { throw failure(.unexpectedEnd) }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw failure(.badEscape)
            }
            value = value << 4 + UInt32(digit)
            index += 1
        }
        return value
    }
}

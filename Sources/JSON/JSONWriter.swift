/// Writes compact JSON straight into bytes: no intermediate values, names in the order they are written.
///
/// The caller keeps the structure right: ``object(_:)`` and ``array(_:)`` put the brackets and commas.
public struct JSONWriter: Sendable {
    /// What was written so far, as UTF-8.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// An empty document with room for `capacity` bytes.
    public init(capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// What was written so far, as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes `{…}`; the body writes members with ``name(_:)`` and a value.
    public mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "{"))
        try body(&self)
        close(UInt8(ascii: "}"))
    }

    /// Writes `[…]`; the body writes the elements.
    public mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "["))
        try body(&self)
        close(UInt8(ascii: "]"))
    }

    /// Writes the name of the next member and its colon.
    public mutating func name(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes `null`.
    public mutating func null() { literal("null") }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    /// Writes a whole number.
    public mutating func integer(_ value: some BinaryInteger) {
        separate()
        var magnitude = UInt64(value.magnitude)
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        repeat {
            bytes.append(UInt8(48 + magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        bytes[start...].reverse()
        needsComma = true
    }

    /// Writes a number in the shortest form that reads back the same; `null` when it is not finite (JSON has no such).
    public mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        if value == value.rounded(), abs(value) < 9_007_199_254_740_992 {
            integer(Int64(value))
        } else {
            literal(value.description)
        }
    }

    /// Writes text, escaping what JSON, a terminal and an HTML page could misread (C0, DEL, C1, `<`, U+2028, U+2029).
    public mutating func string(_ value: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var text = value
        text.withUTF8 { utf8 in
            var index = 0
            var start = 0
            while index < utf8.count {
                let byte = unsafe utf8[index]
                let length = unsafe JSONWriter.escapedLength(utf8, index)
                guard length > 0 else {
                    index += 1
                    continue
                }
                unsafe bytes.append(contentsOf: utf8[start..<index])
                unsafe escape(byte, utf8, index, length)
                index += length
                start = index
            }
            unsafe bytes.append(contentsOf: utf8[start..<utf8.count])
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes any value.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let truth): bool(truth)
        case .integer(let number): integer(number)
        case .number(let number): self.number(number)
        case .string(let text): string(text)
        case .array(let elements): array { for element in elements { $0.value(element) } }
        case .object(let members):
            object {
                for member in members {
                    $0.name(member.name)
                    $0.value(member.value)
                }
            }
        }
    }

    /// Writes JSON that was encoded before, unchanged; the caller vouches that it is one whole value.
    public mutating func raw(_ encoded: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: encoded)
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    /// How many bytes at `index` must be escaped together: 0 when the byte stands for itself.
    private static func escapedLength(_ utf8: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let byte = unsafe utf8[index]
        if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x3C || byte == 0x7F { return 1 }
        guard byte >= 0xC2, index + 1 < utf8.count else { return 0 }
        if byte == 0xC2, unsafe utf8[index + 1] < 0xA0 { return 2 }
        guard byte == 0xE2, index + 2 < utf8.count else { return 0 }
        let isSeparator = unsafe utf8[index + 1] == 0x80 && (utf8[index + 2] == 0xA8 || utf8[index + 2] == 0xA9)
        return isSeparator ? 3 : 0
    }

    private mutating func escape(_ byte: UInt8, _ utf8: UnsafeBufferPointer<UInt8>, _ index: Int, _ length: Int) {
        switch (byte, length) {
        case (0x22, _), (0x5C, _): bytes.append(contentsOf: [0x5C, byte])
        case (0x0A, _): bytes.append(contentsOf: [0x5C, UInt8(ascii: "n")])
        case (0x0D, _): bytes.append(contentsOf: [0x5C, UInt8(ascii: "r")])
        case (0x09, _): bytes.append(contentsOf: [0x5C, UInt8(ascii: "t")])
        case (_, 2): unsafe unicodeEscape(UInt16(utf8[index + 1]))
        case (_, 3): unsafe unicodeEscape(0x2000 + UInt16(utf8[index + 2]) - 0x80)
        default: unicodeEscape(UInt16(byte))
        }
    }

    private mutating func unicodeEscape(_ code: UInt16) {
        bytes.append(contentsOf: [0x5C, UInt8(ascii: "u")])
        for shift in [12, 8, 4, 0] {
            let digit = UInt8(code >> UInt16(shift) & 15)
            bytes.append(digit < 10 ? 48 + digit : 87 + digit)
        }
    }
}

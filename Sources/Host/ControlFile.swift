/// Reads the small files of a control group.
enum ControlFile {
    /// A file with one number; `nil` for `max`, `-1` and anything else.
    static func number(_ bytes: Span<UInt8>) -> UInt64? {
        var cursor = ByteCursor()
        return cursor.number(in: bytes)
    }

    /// `cpu.max`: the number of processors the group may use; `nil` for `max`.
    static func processors(_ bytes: Span<UInt8>) -> Double? {
        var cursor = ByteCursor()
        guard let quota = cursor.number(in: bytes), let period = cursor.number(in: bytes), period > 0 else {
            return nil
        }
        return Double(quota) / Double(period)
    }

    /// A file of lines with a name and a number; `name` ends in a blank.
    static func value(of name: StaticString, in bytes: Span<UInt8>) -> UInt64? {
        var cursor = ByteCursor()
        while !cursor.isAtEnd(of: bytes) {
            if cursor.skip(name, in: bytes) { return cursor.number(in: bytes) }
            cursor.nextLine(in: bytes)
        }
        return nil
    }

    /// A file with one number, opened for this once.
    static func number(at path: String, _ buffer: inout ReadBuffer) -> UInt64? {
        guard KeptFile(path).read(into: &buffer) else { return nil }
        return number(buffer.bytes.span.extracting(0..<buffer.count))
    }
}

/// Splits comma-separated values into records (RFC 4180): quotes, doubled quotes and line ends within quotes.
struct CSVRecords {
    /// One record with the line where it begins, from 1.
    struct Record: Equatable {
        var line: Int
        var fields: [[UInt8]]
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var place: Int
    private var line = 1

    /// Reads from the beginning; a byte-order mark is left out.
    init(_ bytes: [UInt8], separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
        place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next record, or `nil` at the end; empty lines are passed over.
    ///
    /// - Throws: ``DataFault`` for a quote that does not end.
    mutating func next() throws(QuoteWithoutEnd) -> Record? {
        while place < bytes.count, bytes[place] == 10 || bytes[place] == 13 { passLineEnd() }
        guard place < bytes.count else { return nil }
        var record = Record(line: line, fields: [])
        while true {
            record.fields.append(try field())
            guard place < bytes.count, bytes[place] == separator else { break }
            place += 1
        }
        if place < bytes.count { passLineEnd() }
        return record
    }

    /// A quote that does not end.
    struct QuoteWithoutEnd: Error {
        let line: Int
    }

    private mutating func passLineEnd() {
        if bytes[place] == 13, place + 1 < bytes.count, bytes[place + 1] == 10 { place += 1 }
        place += 1
        line += 1
    }

    private mutating func field() throws(QuoteWithoutEnd) -> [UInt8] {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return plain() }
        let start = line
        var field: [UInt8] = []
        place += 1
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "\"") {
                guard place < bytes.count, bytes[place] == byte else { return field + plain() }
                place += 1
            } else if byte == 10 {
                line += 1
            }
            field.append(byte)
        }
        throw QuoteWithoutEnd(line: start)
    }

    private mutating func plain() -> [UInt8] {
        let start = place
        while place < bytes.count, bytes[place] != separator, bytes[place] != 10, bytes[place] != 13 { place += 1 }
        return Array(bytes[start..<place])
    }
}

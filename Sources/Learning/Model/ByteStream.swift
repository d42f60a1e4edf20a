/// Writes numbers and texts as bytes, the low byte first.
struct ByteSink {
    private(set) var bytes: [UInt8] = []

    mutating func put<Number: FixedWidthInteger>(_ number: Number) {
        for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> Number(shift)))
        }
    }

    mutating func put(_ number: Double) { put(number.bitPattern) }

    mutating func put(_ number: Int) { put(UInt32(clamping: number)) }

    mutating func put(_ text: String) {
        put(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    /// Whole numbers of 32 bits.
    mutating func put(_ numbers: [UInt32]) {
        put(numbers.count)
        bytes.reserveCapacity(bytes.count + numbers.count * 4)
        for number in numbers { put(number) }
    }

    /// Numbers of 32 bits.
    mutating func put(_ numbers: [Float]) { put(numbers.map(\.bitPattern)) }

    /// A table in full.
    mutating func putWhole(_ table: BlockTable) {
        put(table.blocks.count)
        bytes.reserveCapacity(bytes.count + table.blocks.count * 64)
        for block in table.blocks {
            for lane in 0..<16 { put(block[lane].bitPattern) }
        }
    }

    /// The first columns of a table, each in half precision.
    mutating func putHalf(_ table: BlockTable, columns: Int) {
        put(table.blocks.count / max(1, table.width))
        put(columns)
        bytes.reserveCapacity(bytes.count + table.blocks.count * 32)
        for start in stride(from: 0, to: table.blocks.count, by: table.width) {
            for column in 0..<columns { put(Float16(table.blocks[start + column / 16][column % 16]).bitPattern) }
        }
    }
}

/// Reads what a ``ByteSink`` wrote.
struct ByteSource {
    /// The bytes end too early, or a count makes no sense.
    struct Cut: Error {}

    private let bytes: [UInt8]
    private var place: Int

    init(_ bytes: [UInt8], from place: Int = 0) {
        self.bytes = bytes
        self.place = place
    }

    /// Whether everything was read.
    var isAtEnd: Bool { place == bytes.count }

    mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(Cut) -> Number {
        let size = Number.bitWidth / 8
        guard place + size <= bytes.count else { throw Cut() }
        var number: Number = 0
        for byte in 0..<size { number |= Number(truncatingIfNeeded: bytes[place + byte]) << Number(byte * 8) }
        place += size
        return number
    }

    mutating func double() throws(Cut) -> Double {
        let number = Double(bitPattern: try number(UInt64.self))
        guard number.isFinite else { throw Cut() }
        return number
    }

    /// A count of things that take at least so many bytes each.
    mutating func count(of size: Int) throws(Cut) -> Int {
        let count = Int(try number(UInt32.self))
        guard count <= (bytes.count - place) / max(1, size) else { throw Cut() }
        return count
    }

    mutating func text() throws(Cut) -> String {
        let count = try count(of: 1)
        guard let text = String(validating: bytes[place..<(place + count)], as: UTF8.self) else { throw Cut() }
        place += count
        return text
    }

    mutating func numbers() throws(Cut) -> [UInt32] {
        let count = try count(of: 4)
        var numbers: [UInt32] = []
        numbers.reserveCapacity(count)
        for _ in 0..<count { numbers.append(try number()) }
        return numbers
    }

    mutating func whole(_ table: inout BlockTable) throws(Cut) {
        guard try count(of: 64) == table.blocks.count else { throw Cut() }
        for place in table.blocks.indices {
            for lane in 0..<16 { table.blocks[place][lane] = Float(bitPattern: try number(UInt32.self)) }
        }
    }

    mutating func half(_ table: inout BlockTable, columns: Int) throws(Cut) {
        guard Int(try number(UInt32.self)) == table.blocks.count / max(1, table.width),
            Int(try number(UInt32.self)) == columns
        else { throw Cut() }
        for start in stride(from: 0, to: table.blocks.count, by: table.width) {
            for column in 0..<columns {
                let value = Float(Float16(bitPattern: try number(UInt16.self)))
                guard value.isFinite else { throw Cut() }
                table.blocks[start + column / 16][column % 16] = value
            }
        }
    }
}

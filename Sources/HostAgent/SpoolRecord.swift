internal import DeskAPI
internal import Digests
internal import Vocabulary

/// One record of a spool file: what the values are from here on, or the values of a moment.
///
/// On the disk it is its length and its CRC-32, four bytes each, then a byte for its kind and its content, all in
/// little-endian order. A record that was cut off, or changed, ends the file.
enum SpoolRecord: Equatable {
    case layout(MetricLayout)
    case sample(at: Timestamp, values: [Double])

    private static let layoutKind: UInt8 = 1
    private static let sampleKind: UInt8 = 2
    /// No host has so many metrics; a length beyond it is damage.
    private static let largest = 4 << 20

    /// The bytes of the record.
    var bytes: [UInt8] {
        var content: [UInt8] = []
        switch self {
        case .layout(let layout):
            content.append(SpoolRecord.layoutKind)
            content.append(little: UInt32(layout.names.count))
            for (name, unit) in zip(layout.names, layout.units) {
                content.append(text: name)
                content.append(text: unit.rawValue)
            }
        case .sample(let at, let values):
            content.reserveCapacity(9 + values.count * 8)
            content.append(SpoolRecord.sampleKind)
            content.append(little: UInt64(bitPattern: at.milliseconds))
            for value in values { content.append(little: value.bitPattern) }
        }
        var record: [UInt8] = []
        record.reserveCapacity(8 + content.count)
        record.append(little: UInt32(content.count))
        record.append(little: CRC32(of: content).value)
        return record + content
    }

    /// The records at the front of the bytes, up to the first that is damaged.
    static func read(_ bytes: [UInt8]) -> (records: [SpoolRecord], end: Int) {
        var records: [SpoolRecord] = []
        var reader = SpoolReader(bytes: bytes[...])
        var end = 0
        while let length = reader.number(4), let check = reader.number(4), length <= largest,
            let content = reader.take(Int(length)), CRC32(of: content).value == UInt32(check),
            let record = SpoolRecord(content)
        {
            records.append(record)
            end = reader.bytes.startIndex
        }
        return (records, end)
    }

    private init?(_ content: ArraySlice<UInt8>) {
        var reader = SpoolReader(bytes: content)
        switch reader.number(1) {
        case UInt64(SpoolRecord.layoutKind):
            guard let layout = reader.layout() else { return nil }
            self = .layout(layout)
        case UInt64(SpoolRecord.sampleKind):
            guard let at = reader.number(8) else { return nil }
            var values: [Double] = []
            while let bits = reader.number(8) { values.append(Double(bitPattern: bits)) }
            self = .sample(at: Timestamp(milliseconds: Int64(bitPattern: at)), values: values)
        default: return nil
        }
        guard reader.bytes.isEmpty else { return nil }
    }
}

/// Takes numbers and texts from the front of bytes; `nil` once they run out.
private struct SpoolReader {
    var bytes: ArraySlice<UInt8>

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= bytes.count else { return nil }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    mutating func number(_ width: Int) -> UInt64? {
        guard let digits = take(width) else { return nil }
        return digits.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func text() -> String? {
        guard let length = number(2), let bytes = take(Int(length)) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    mutating func layout() -> MetricLayout? {
        guard let count = number(4), count <= 100_000 else { return nil }
        var names: [String] = []
        var units: [MetricUnit] = []
        for _ in 0..<count {
            guard let name = text(), let unit = text().flatMap(MetricUnit.init) else { return nil }
            names.append(name)
            units.append(unit)
        }
        return MetricLayout(names: names, units: units)
    }
}

extension [UInt8] {
    fileprivate mutating func append(little number: some FixedWidthInteger) {
        for index in 0..<(number.bitWidth / 8) { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }

    fileprivate mutating func append(text: String) {
        let bytes = text.utf8.prefix(Int(UInt16.max))
        append(little: UInt16(bytes.count))
        append(contentsOf: bytes)
    }
}

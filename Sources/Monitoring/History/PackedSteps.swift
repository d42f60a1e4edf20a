/// The smallest, mean and largest value of each metric in a step, as bytes.
///
/// Two bits for each metric tell what follows of it: nothing for one that was not known or was 0 throughout, a 32-bit
/// float for one that did not change, and for all others the smallest and the largest value as the upper 24 bits of a
/// float, right to a sixty-thousandth, and where between the two the mean lies in 24 bits. A host's row is
/// less than half of three floats for each metric.
enum PackedSteps {
    private enum Kind: UInt8 {
        case unknown
        case zero
        case constant
        case varied

        var size: Int {
            switch self {
            case .unknown, .zero: 0
            case .constant: 4
            case .varied: 9
            }
        }
    }

    /// Parts of the distance from the smallest to the largest value; a power of two, so that halves are exact.
    private static let wholeDistance = 16_777_216.0

    /// Packs the values of all metrics of a row.
    static func pack(_ cells: [RollUp.Cell]) -> [UInt8] {
        var kinds = [UInt8](repeating: 0, count: (cells.count + 3) / 4)
        var values: [UInt8] = []
        values.reserveCapacity(cells.count * 8)
        for (index, cell) in cells.enumerated() {
            let kind = append(cell, to: &values)
            kinds[index / 4] |= kind.rawValue << UInt8(index % 4 * 2)
        }
        return kinds + values
    }

    /// The values of one of `count` metrics; `nil` where they are not known or the row is damaged.
    static func values(
        at place: Int, of bytes: [UInt8], count: Int
    ) -> (minimum: Double, mean: Double, maximum: Double)? {
        guard place >= 0, place < count, bytes.count >= (count + 3) / 4 else { return nil }
        // Rows of the first version hold three floats for each metric; no row of this one is so long.
        if bytes.count == count * 12 { return plainValues(at: place, of: bytes) }
        var offset = (count + 3) / 4
        for index in 0..<(place / 4) { offset += sizes[Int(bytes[index])] }
        for index in (place / 4 * 4)..<place { offset += kind(at: index, of: bytes).size }
        let kind = kind(at: place, of: bytes)
        guard offset + kind.size <= bytes.count else { return nil }
        switch kind {
        case .unknown: return nil
        case .zero: return (0, 0, 0)
        case .constant:
            let value = Double(Float(bitPattern: number(at: offset, 4, of: bytes)))
            return (value, value, value)
        case .varied:
            let low = Double(Float(bitPattern: number(at: offset, 3, of: bytes) << 8))
            let high = Double(Float(bitPattern: number(at: offset + 3, 3, of: bytes) << 8))
            let place = Double(number(at: offset + 6, 3, of: bytes)) / wholeDistance
            return (low, low + (high - low) * place, high)
        }
    }

    /// Bytes of the values whose four kinds stand in a byte.
    private static let sizes: [Int] = (0..<256).map { byte in
        (0..<4).reduce(0) { $0 + (Kind(rawValue: UInt8(byte >> ($1 * 2) & 3)) ?? .unknown).size }
    }

    private static func kind(at place: Int, of bytes: [UInt8]) -> Kind {
        Kind(rawValue: bytes[place / 4] >> UInt8(place % 4 * 2) & 3) ?? .unknown
    }

    private static func append(_ cell: RollUp.Cell, to bytes: inout [UInt8]) -> Kind {
        guard let smallest = cell.minimum, let middle = cell.mean, let largest = cell.maximum else { return .unknown }
        let mean = Float(middle)
        guard mean.isFinite else { return .unknown }
        if Float(smallest) == Float(largest) {
            guard mean != 0 else { return .zero }
            append(mean.bitPattern, 4, to: &bytes)
            return .constant
        }
        append(upper(smallest), 3, to: &bytes)
        append(upper(largest), 3, to: &bytes)
        let place = (middle - smallest) / (largest - smallest) * wholeDistance
        append(UInt32(max(0, min(place.rounded(), wholeDistance - 1))), 3, to: &bytes)
        return .varied
    }

    /// The upper 24 bits of a float, to the nearest; never infinite.
    private static func upper(_ value: Double) -> UInt32 {
        let bits = Float(max(-3e38, min(value, 3e38))).bitPattern
        return (bits + 0x80) >> 8
    }

    private static func plainValues(
        at place: Int, of bytes: [UInt8]
    ) -> (minimum: Double, mean: Double, maximum: Double)? {
        guard let minimum = PackedValues.value(at: 3 * place, of: bytes),
            let mean = PackedValues.value(at: 3 * place + 1, of: bytes),
            let maximum = PackedValues.value(at: 3 * place + 2, of: bytes)
        else { return nil }
        return (minimum, mean, maximum)
    }

    private static func number(at offset: Int, _ width: Int, of bytes: [UInt8]) -> UInt32 {
        (0..<width).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
    }

    private static func append(_ number: UInt32, _ width: Int, to bytes: inout [UInt8]) {
        for index in 0..<width { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(8 * index))) }
    }
}

/// The numbers of a row as bytes: 32-bit floats in little-endian order, not a number where a value is missing.
///
/// Seven digits are more than any chart shows, and half the size of what the sampler gives.
enum PackedValues {
    /// Packs the values of a sample.
    static func pack(_ values: [Double]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * 4)
        for value in values { append(value, to: &bytes) }
        return bytes
    }

    /// The number at a place, counted in numbers; `nil` where a value is missing or the row is shorter.
    static func value(at place: Int, of bytes: [UInt8]) -> Double? {
        let offset = place * 4
        guard offset >= 0, offset + 4 <= bytes.count else { return nil }
        var bits: UInt32 = 0
        for index in 0..<4 { bits |= UInt32(bytes[offset + index]) << UInt32(8 * index) }
        let value = Float(bitPattern: bits)
        return value.isFinite ? Double(value) : nil
    }

    private static func append(_ value: Double, to bytes: inout [UInt8]) {
        let bits = Float(value).bitPattern
        for index in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 * index))) }
    }
}

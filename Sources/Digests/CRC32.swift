/// The cyclic redundancy check of IEEE 802.3 (polynomial 0xEDB88320, reflected): finds typing errors, proves nothing.
public struct CRC32: Sendable {
    /// The check of all bytes taken.
    public let value: UInt32

    /// The check of these bytes.
    public init(of bytes: some Sequence<UInt8>) {
        var register: UInt32 = ~0
        for byte in bytes {
            register = CRC32.table[Int((register ^ UInt32(byte)) & 0xFF)] ^ (register >> 8)
        }
        value = ~register
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
}

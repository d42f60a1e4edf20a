/// A universally unique, lexicographically sortable identifier: 26 characters of Crockford base 32 (github.com/ulid/spec).
///
/// Senders make one for every write, so that the same write sent twice happens once.
public struct ULID: Hashable, Sendable, CustomStringConvertible {
    /// The 26 upper-case characters.
    public let description: String

    /// Accepts 26 characters of Crockford base 32 in either case, at most `7ZZZZZZZZZZZZZZZZZZZZZZZZZ`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 26, let first = bytes.first, (48...55).contains(first) else { return nil }
        var upper: [UInt8] = []
        upper.reserveCapacity(26)
        for byte in bytes {
            let letter = (97...122).contains(byte) ? byte - 32 : byte
            guard ULID.alphabet.contains(letter) else { return nil }
            upper.append(letter)
        }
        description = String(decoding: upper, as: UTF8.self)
    }

    /// Makes one from a moment (48 bits of milliseconds) and 80 random bits.
    public init(at moment: Timestamp, randomness: inout some RandomNumberGenerator) {
        var bytes = [UInt8](repeating: 48, count: 26)
        var time = UInt64(clamping: moment.milliseconds) & 0xFFFF_FFFF_FFFF
        for index in stride(from: 9, through: 0, by: -1) {
            bytes[index] = ULID.alphabet[Int(time & 31)]
            time >>= 5
        }
        for index in 10..<26 {
            bytes[index] = ULID.alphabet[Int(randomness.next(upperBound: UInt64(32)))]
        }
        description = String(decoding: bytes, as: UTF8.self)
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}

internal import CCrypto

/// Random numbers that cannot be guessed: libcrypto's generator, seeded by the kernel.
///
/// It traps when the system has no random source, because every key made without one would be worthless.
public struct SecureRandom: RandomNumberGenerator, Sendable {
    /// A generator; all of them share libcrypto's state, which is safe to use from any thread.
    public init() {}

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// This many random bytes.
    public func bytes(_ count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let status = unsafe wd_random_bytes(buffer.baseAddress, count)
            precondition(status == 0, "the system has no random source")
            filled = count
        }
    }

    /// This many letters and digits, each of the 62 equally likely (5.95 bits a character).
    public func base62(_ count: Int) -> String {
        var characters: [UInt8] = []
        characters.reserveCapacity(count)
        while characters.count < count {
            // 248 is the largest multiple of 62 in a byte: what is above would favour the first letters.
            for byte in bytes(count - characters.count + 8) where byte < 248 && characters.count < count {
                characters.append(Base62.alphabet[Int(byte % 62)])
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }
}

internal import CCrypto

/// The 32 bytes of a SHA-256 hash (FIPS 180-4), or of an HMAC made with it (RFC 2104).
public struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
    /// The number of bytes in every digest.
    public static let byteCount = 32

    /// The digest itself, always 32 bytes.
    public let bytes: [UInt8]

    /// Hashes a message.
    public init(of message: [UInt8]) {
        bytes = unsafe SHA256Digest.filled { digest in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe wd_sha256(message.baseAddress, message.count, digest.baseAddress)
            }
        }
    }

    /// Hashes the UTF-8 of a text.
    public init(of text: String) {
        self.init(of: Array(text.utf8))
    }

    /// Authenticates a message with a key: HMAC-SHA-256.
    public init(of message: [UInt8], authenticatedBy key: [UInt8]) {
        bytes = unsafe SHA256Digest.filled { digest in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe key.withUnsafeBufferPointer { key in
                    unsafe wd_hmac_sha256(
                        key.baseAddress, key.count, message.baseAddress, message.count, digest.baseAddress)
                }
            }
        }
    }

    /// Takes a digest made earlier; `nil` unless there are exactly 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == SHA256Digest.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Takes a digest made earlier from its 64 hexadecimal digits in either case.
    public init?(hexadecimal text: String) {
        guard let bytes = [UInt8](hexadecimal: text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The 64 lower-case hexadecimal digits.
    public var description: String { bytes.hexadecimal }

    /// Whether both are the same, found in a time that does not tell how much of them agrees.
    ///
    /// Use it, not `==`, wherever one side comes from outside and the other is a secret.
    public func isEqualInConstantTime(to other: SHA256Digest) -> Bool {
        unsafe bytes.withUnsafeBufferPointer { left in
            unsafe other.bytes.withUnsafeBufferPointer { right in
                guard let left = left.baseAddress, let right = right.baseAddress else { return false }
                return unsafe wd_equal_in_constant_time(left, right, SHA256Digest.byteCount) == 1
            }
        }
    }

    /// The 32 bytes that `fill` writes; libcrypto refuses only when the process has no memory left.
    private static func filled(_ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int32) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let status = unsafe fill(buffer)
            precondition(status == 0, "libcrypto could not hash: no memory")
            count = byteCount
        }
    }
}

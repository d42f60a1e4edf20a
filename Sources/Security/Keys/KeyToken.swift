internal import Digests
internal import Vocabulary

/// The text of an API key: `wd_live_`, the key's number, a secret of 190 bits, and a check that finds typing errors.
///
/// It is one word for a double click, and its prefix and check let a scanner find leaked keys in logs.
struct KeyToken: Equatable, Sendable {
    /// The key's number.
    let key: Int64
    /// The whole text.
    let text: String

    static let prefix = "wd_live_"
    private static let numberLength = 8
    private static let secretLength = 32
    private static let checkLength = 6

    /// A new token with a random secret.
    init(key: Int64, random: SecureRandom) {
        let body = KeyToken.visiblePart(of: key) + random.base62(KeyToken.secretLength)
        self.key = key
        text = body + KeyToken.check(of: body)
    }

    /// Reads a token; `nil` when its form or its check is wrong.
    init?(_ text: String) {
        let utf8 = Array(text.utf8)
        let length =
            KeyToken.prefix.utf8.count + KeyToken.numberLength + KeyToken.secretLength + KeyToken.checkLength
        guard utf8.count == length, text.hasPrefix(KeyToken.prefix) else { return nil }
        let rest = text.dropFirst(KeyToken.prefix.count)
        guard Base62.isValid(rest), let key = Int64(rest.prefix(KeyToken.numberLength)), key > 0,
            text.hasSuffix(KeyToken.check(of: String(text.dropLast(KeyToken.checkLength))))
        else { return nil }
        self.key = key
        self.text = text
    }

    /// What is kept of the token: enough to recognise it, useless to whoever reads the store.
    var digest: SHA256Digest { SHA256Digest(of: text) }

    /// The part that may be shown in lists.
    static func visiblePart(of key: Int64) -> String {
        let digits = String(key)
        return prefix + String(repeating: "0", count: max(0, numberLength - digits.count)) + digits
    }

    private static func check(of body: String) -> String {
        Base62.encode(UInt64(CRC32(of: body.utf8).value), width: checkLength)
    }
}

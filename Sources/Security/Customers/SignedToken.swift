internal import Digests
internal import Vocabulary

/// A number and an expiry, signed with the desk's own secret: what proves a customer, or lets a link rate.
///
/// Nothing is stored for it, so a million customers cost no memory and no look-up.
struct SignedToken: Equatable, Sendable {
    /// What the number is, and so what the token opens; it is signed with the rest.
    enum Kind: String, Sendable {
        /// A customer, with everything a customer may do.
        case customer = "cust"
        /// A conversation, to be rated and nothing else.
        case rating = "rate"
    }

    /// The number of a customer or a conversation.
    let number: Int64
    /// Until when it holds, to the minute.
    let expires: Timestamp
    /// The whole text.
    let text: String

    /// Signs a token.
    init(_ kind: Kind, _ number: Int64, expires: Timestamp, secret: [UInt8]) {
        let minutes = expires.wholeSeconds / 60
        let body = "wd_\(kind.rawValue)_\(number)_\(minutes)"
        self.number = number
        self.expires = Timestamp(milliseconds: minutes * 60_000)
        text = "\(body)_\(SignedToken.signature(of: body, secret: secret))"
    }

    /// Reads a token of a kind and checks its signature, not its expiry.
    init?(_ kind: Kind, in text: String, secret: [UInt8]) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard text.utf8.count <= 128, parts.count == 5, parts[0] == "wd", parts[1] == kind.rawValue,
            let number = Int64(parts[2]), number > 0, let minutes = Int64(parts[3]),
            (0..<4_000_000_000).contains(minutes)
        else { return nil }
        let expected = SignedToken(
            kind, number, expires: Timestamp(milliseconds: minutes * 60_000), secret: secret)
        // Both sides are hashed, so that the comparison's time tells nothing of the signature.
        guard SHA256Digest(of: expected.text).isEqualInConstantTime(to: SHA256Digest(of: text)) else { return nil }
        self = expected
    }

    private static func signature(of body: String, secret: [UInt8]) -> String {
        SHA256Digest(of: Array(body.utf8), authenticatedBy: secret).bytes.prefix(20).hexadecimal
    }
}

internal import Digests
internal import Vocabulary

/// The text in a link that lets whoever has it rate one conversation, and nothing else; signed, never stored.
struct RatingToken: Equatable, Sendable {
    /// The conversation's number.
    let conversation: Int64
    /// Until when it holds, to the minute.
    let expires: Timestamp
    /// The whole text.
    let text: String

    static let prefix = "wd_rate_"

    /// Signs a token.
    init(conversation: Int64, expires: Timestamp, secret: [UInt8]) {
        let minutes = expires.wholeSeconds / 60
        let body = "\(RatingToken.prefix)\(conversation)_\(minutes)"
        self.conversation = conversation
        self.expires = Timestamp(milliseconds: minutes * 60_000)
        let signature = SHA256Digest(of: Array(body.utf8), authenticatedBy: secret).bytes.prefix(20).hexadecimal
        text = "\(body)_\(signature)"
    }

    /// Reads a token and checks its signature, not its expiry.
    init?(_ text: String, secret: [UInt8]) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard text.utf8.count <= 128, parts.count == 5, parts[0] == "wd", parts[1] == "rate",
            let conversation = Int64(parts[2]), conversation > 0, let minutes = Int64(parts[3]),
            (0..<4_000_000_000).contains(minutes)
        else { return nil }
        let expected = RatingToken(
            conversation: conversation, expires: Timestamp(milliseconds: minutes * 60_000), secret: secret)
        guard SHA256Digest(of: expected.text).isEqualInConstantTime(to: SHA256Digest(of: text)) else { return nil }
        self = expected
    }
}

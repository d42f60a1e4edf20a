internal import Digests
internal import Vocabulary

/// The text that proves a customer: its number and an expiry, signed with the desk's own secret.
///
/// Nothing is stored for it, so a million customers cost no memory and no look-up.
struct CustomerToken: Equatable, Sendable {
    /// The customer's number.
    let customer: Int64
    /// Until when it holds, to the minute.
    let expires: Timestamp
    /// The whole text.
    let text: String

    static let prefix = "wd_cust_"

    /// Signs a token.
    init(customer: Int64, expires: Timestamp, secret: [UInt8]) {
        let minutes = expires.wholeSeconds / 60
        let body = "\(CustomerToken.prefix)\(customer)_\(minutes)"
        self.customer = customer
        self.expires = Timestamp(milliseconds: minutes * 60_000)
        text = "\(body)_\(CustomerToken.signature(of: body, secret: secret))"
    }

    /// Reads a token and checks its signature, not its expiry.
    init?(_ text: String, secret: [UInt8]) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard text.utf8.count <= 128, parts.count == 5, parts[0] == "wd", parts[1] == "cust",
            let customer = Int64(parts[2]), customer > 0, let minutes = Int64(parts[3]),
            (0..<4_000_000_000).contains(minutes)
        else { return nil }
        let expected = CustomerToken(
            customer: customer, expires: Timestamp(milliseconds: minutes * 60_000), secret: secret)
        // Both sides are hashed, so that the comparison's time tells nothing of the signature.
        guard SHA256Digest(of: expected.text).isEqualInConstantTime(to: SHA256Digest(of: text)) else { return nil }
        self = expected
    }

    private static func signature(of body: String, secret: [UInt8]) -> String {
        SHA256Digest(of: Array(body.utf8), authenticatedBy: secret).bytes.prefix(20).hexadecimal
    }
}

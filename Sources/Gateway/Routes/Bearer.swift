internal import DeskAPI

/// Reads `Authorization: Bearer TOKEN` (RFC 6750); the scheme's case does not matter.
enum Bearer {
    /// The token of a request, `nil` when it brings none.
    ///
    /// - Throws: a problem when the field stands there twice or has another scheme.
    static func token(of request: EdgeRequest) throws(EdgeProblem) -> String? {
        guard let value = try request.single("authorization") else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer", isToken(parts[1]) else {
            throw EdgeProblem(.unauthenticated, "the header must read Authorization: Bearer TOKEN")
        }
        return String(parts[1])
    }

    private static func isToken(_ text: Substring) -> Bool {
        text.utf8.count <= 512 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

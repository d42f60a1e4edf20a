internal import Digests

/// What the gateway's pages for customers have in common.
enum PageParts {
    /// A script or a style as a source of a `Content-Security-Policy`, by its hash.
    static func source(_ text: String) -> String {
        "'sha256-" + Base64.encode(SHA256Digest(of: Array(text.utf8)).bytes) + "'"
    }

    /// One to five, to be chosen from.
    static let ratings = [(1, "very bad"), (2, "bad"), (3, "so so"), (4, "good"), (5, "very good")].map {
        "<label><input type=\"radio\" name=\"rating\" value=\"\($0)\"><span>\($0)</span><small>\($1)</small></label>\n"
    }.joined()
}

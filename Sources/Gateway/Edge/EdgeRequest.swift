internal import DeskAPI
internal import NIOCore
internal import NIOHTTP1

/// A whole request as the router sees it, whether it came over a socket or from a test.
struct EdgeRequest: Sendable {
    /// The method as it was sent; names are case-sensitive.
    var method: String
    /// The address with its query, as it was sent.
    var target: String
    /// The header fields.
    var headers = HTTPHeaders()
    /// The body; empty without one.
    var body = ByteBuffer()

    /// The only value of a field, `nil` when it is absent.
    ///
    /// - Throws: a problem when the field stands there twice: two readers could take different ones.
    func single(_ name: String) throws(EdgeProblem) -> String? {
        let values = headers[name]
        guard values.count <= 1 else {
            throw EdgeProblem(.malformed, "the header \(name) may stand only once, not \(values.count) times")
        }
        return values.first
    }
}

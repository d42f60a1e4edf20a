internal import DeskAPI

/// Where a gateway is reached, taken apart.
struct GatewayAddress: Equatable, Sendable {
    /// The whole address without a slash at its end, for HTTP.
    let base: String
    /// The name or number of the host, for a socket.
    let host: String
    /// The port.
    let port: Int
    /// What stands in `Host:`.
    let authority: String
    /// What stands before the paths of the operations; usually empty.
    let path: String

    /// Takes an address such as `http://127.0.0.1:7180` apart.
    ///
    /// - Throws: ``Problem`` `.unreachable` that says what is accepted.
    init(_ url: String) throws(Problem) {
        guard !url.lowercased().hasPrefix("https://") else {
            throw Problem(
                .unreachable,
                "https is not spoken by this version: use an ssh tunnel (ssh -L 7180:127.0.0.1:7180 HOST) and http://127.0.0.1:7180"
            )
        }
        guard url.lowercased().hasPrefix("http://") else {
            throw Problem(.unreachable, "the gateway's address must begin with http://, such as http://127.0.0.1:7180")
        }
        let rest = url.dropFirst(7)
        let authority = String(rest.prefix { $0 != "/" })
        self.authority = authority
        var path = String(rest.dropFirst(authority.count))
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
        base = "http://" + authority + path
        let end = authority.lastIndex(of: "]") ?? authority.startIndex
        let colon = authority[end...].lastIndex(of: ":")
        let name = colon.map { authority[..<$0] } ?? authority[...]
        let number = colon.map { Int(authority[authority.index(after: $0)...]) } ?? 80
        guard let number, (1...65_535).contains(number), !name.isEmpty else {
            throw Problem(.unreachable, "the gateway's address needs a host and a port, such as http://127.0.0.1:7180")
        }
        host = name.hasPrefix("[") ? String(name.dropFirst().dropLast()) : String(name)
        port = number
    }
}

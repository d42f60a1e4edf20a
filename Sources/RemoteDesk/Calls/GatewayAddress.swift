internal import DeskAPI

/// Where a gateway is: `http://host:port` or `https://host:port`.
struct GatewayAddress: Equatable, Sendable {
    /// Whether TLS is spoken there.
    let isSecure: Bool
    /// Name or address, IPv6 without brackets.
    let host: String
    /// The port, 80 or 443 when none was given.
    let port: Int

    /// Reads an address; a path, a query or a user's name in it are refused.
    ///
    /// - Throws: a problem that says what would be accepted.
    init(_ text: String) throws(Problem) {
        let wrong = Problem(
            FieldFault("the gateway's address must be like http://127.0.0.1:7180, not \(text.prefix(200))"))
        var rest = text[...]
        if rest.lowercased().hasPrefix("http://") {
            isSecure = false
            rest = rest.dropFirst(7)
        } else if rest.lowercased().hasPrefix("https://") {
            isSecure = true
            rest = rest.dropFirst(8)
        } else {
            throw wrong
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        let (name, digits) = try GatewayAddress.divided(rest, wrong)
        guard !name.isEmpty, name.utf8.allSatisfy(GatewayAddress.isHostByte) else { throw wrong }
        let port = digits.map { Int($0) ?? 0 } ?? (isSecure ? 443 : 80)
        guard (1...65_535).contains(port) else { throw wrong }
        host = String(name)
        self.port = port
    }

    private static func divided(
        _ authority: Substring, _ wrong: Problem
    ) throws(Problem) -> (Substring, Substring?) {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw wrong }
            let name = authority[authority.index(after: authority.startIndex)..<end]
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw wrong }
            return (name, rest.isEmpty ? nil : rest.dropFirst())
        }
        guard let colon = authority.lastIndex(of: ":") else { return (authority, nil) }
        guard !authority[..<colon].contains(":") else { throw wrong }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...58, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Host and port as the `Host` header has them.
    var authority: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// The whole address of a path.
    func url(_ path: String) -> String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }
}

/// Where a gateway listens: a host name or address, and a port.
public struct ListenAddress: Equatable, Sendable, CustomStringConvertible {
    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    public let host: String
    /// The port; 0 lets the system pick a free one.
    public let port: Int

    /// An address by its parts.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = Int(port)
    }

    /// An address from `HOST:PORT`, or `nil` for anything else.
    ///
    /// An IPv6 address stands in brackets: `[::1]:7180`.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = UInt16(digits) else { return nil }
        guard let host = ListenAddress.host(text[..<colon]) else { return nil }
        self.init(host: host, port: port)
    }

    /// The form that ``init(_:)`` reads.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func host(_ text: Substring) -> String? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inner = text.dropFirst().dropLast()
            let isAddress = inner.contains(":") && inner.allSatisfy { $0.isHexDigit || ":.".contains($0) }
            return isAddress ? String(inner) : nil
        }
        let isName = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        return isName && !text.isEmpty ? String(text) : nil
    }
}

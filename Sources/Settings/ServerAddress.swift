internal import Vocabulary

/// The address of an HTTP server that settings name, checked and without a slash at its end.
public struct ServerAddress: Equatable, Sendable, CustomStringConvertible {
    /// The whole address: scheme, host, port and path, with no `/` at the end.
    public let text: String
    /// Whether it is `https`.
    public let isEncrypted: Bool

    /// An address from `http://…` or `https://…`; `nil` for anything else.
    ///
    /// Names and passwords inside the address are refused, since addresses are printed; so are queries and fragments.
    public init?(_ text: String) {
        let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
        guard let scheme, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" }
        guard !rest.contains(where: { "@?#\\".contains($0) }), ServerAddress.isAuthority(authority) else { return nil }
        let end = text.lastIndex { $0 != "/" } ?? text.startIndex
        self.text = scheme + text[...end].dropFirst(scheme.count)
        isEncrypted = scheme == "https://"
    }

    /// Host and port as they stand in the address, in lower case.
    public var authority: String {
        text.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }.lowercased()
    }

    /// The whole address.
    public var description: String { text }

    private static func isAuthority(_ text: Substring) -> Bool {
        let end = text.lastIndex(of: "]") ?? text.startIndex
        let hasPort = text[end...].contains(":")
        return ListenAddress(hasPort ? String(text) : "\(text):80") != nil
    }
}

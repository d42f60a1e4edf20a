/// Text from outside (customers, models, hosts, files) made harmless for a terminal, a log line and an export.
///
/// Nothing in it can move the cursor, colour, hide, reorder, or write the clipboard. What was dangerous is shown, not
/// dropped: an escape as `␛`, a bidirectional override as `\u{202e}`. Lines are kept (`\n`), tabs become spaces.
public struct SafeText: Hashable, Sendable, CustomStringConvertible {
    /// The harmless text: no control characters but `\n`.
    public let text: String

    /// The harmless text.
    public var description: String { text }

    /// Whether nothing is left to show.
    public var isEmpty: Bool { text.isEmpty }

    /// Text that the program itself wrote in its source, trusted as it stands.
    public init(_ literal: StaticString) {
        text = literal.description
    }

    /// Makes text from outside harmless; longer than `limit` scalars is cut and ends in `…`.
    public init(untrusted: some StringProtocol, limit: Int = 65_536) {
        self.init(untrusted: String(untrusted), limit: limit)
    }

    /// Makes text from outside harmless; longer than `limit` scalars is cut and ends in `…`.
    public init(untrusted: String, limit: Int = 65_536) {
        if let plain = SafeText.plainASCII(untrusted, limit: limit) {
            text = plain
        } else {
            var sanitizer = Sanitizer(limit: limit)
            text = sanitizer.sanitize(untrusted.unicodeScalars)
        }
    }

    /// Makes bytes from outside harmless; invalid UTF-8 becomes `U+FFFD`.
    public init(untrustedBytes bytes: some Collection<UInt8>, limit: Int = 65_536) {
        self.init(untrusted: String(decoding: bytes, as: UTF8.self), limit: limit)
    }

    /// The same text with every line break shown as a space, for places that have one line.
    public var oneLine: SafeText {
        guard text.utf8.contains(10) else { return self }
        return SafeText(alreadySafe: String(text.map { $0 == "\n" ? " " : $0 }))
    }

    init(alreadySafe text: String) {
        self.text = text
    }

    /// The common case, decided in one pass over the bytes: printable ASCII and line feeds need no change.
    private static func plainASCII(_ untrusted: String, limit: Int) -> String? {
        guard untrusted.utf8.count <= limit else { return nil }
        for byte in untrusted.utf8 {
            guard (0x20..<0x7F).contains(byte) || byte == 10 else { return nil }
        }
        return untrusted
    }
}

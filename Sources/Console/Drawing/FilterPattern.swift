internal import Vocabulary

/// What the rows of a filtered list must hold.
///
/// `text` is looked for in any case of letters; `~text` is a regular expression; `!` before either turns it round.
/// A text can begin with a backslash, so that `\!` and `\~` are looked for themselves.
struct FilterPattern {
    private enum Kind {
        case everything
        case text([UInt8])
        /// A text with letters beyond ASCII, whose cases only Unicode knows.
        case letters(String)
        case expression(Regex<AnyRegexOutput>)
    }

    private let kind: Kind
    private let isInverse: Bool
    /// Why the text is no regular expression; then it is looked for as it stands.
    let fault: SafeText?

    init(_ written: String) {
        var text = written[...]
        let isInverse = text.hasPrefix("!") && text.count > 1
        if isInverse { text = text.dropFirst() }
        if text.hasPrefix("~"), text.count > 1 {
            do {
                let expression = try Regex(String(text.dropFirst())).ignoresCase()
                (kind, fault) = (.expression(expression), nil)
            } catch {
                (kind, fault) = (FilterPattern.kind(of: text.dropFirst()), "not a whole regular expression yet")
            }
        } else {
            if text.hasPrefix("\\") { text = text.dropFirst() }
            (kind, fault) = (text == "~" ? .everything : FilterPattern.kind(of: text), nil)
        }
        self.isInverse = isInverse
    }

    private static func kind(of text: Substring) -> Kind {
        if text.isEmpty { return .everything }
        let lower = text.lowercased()
        return lower.utf8.allSatisfy { $0 < 0x80 } ? .text(Array(lower.utf8)) : .letters(lower)
    }

    /// Whether a row with these texts is shown.
    func accepts(_ texts: [String]) -> Bool {
        if case .everything = kind { return true }
        return texts.contains(where: holds) != isInverse
    }

    /// Whether a row with this text is shown.
    func accepts(_ text: String) -> Bool {
        if case .everything = kind { return true }
        return holds(text) != isInverse
    }

    private func holds(_ text: String) -> Bool {
        switch kind {
        case .everything: true
        case .text(let wanted): FilterPattern.holds(text, wanted)
        case .letters(let wanted): text.lowercased().contains(wanted)
        case .expression(let wanted): text.contains(wanted)
        }
    }

    /// Looks byte by byte: ten thousand rows are filtered between two keys.
    private static func holds(_ text: String, _ wanted: [UInt8]) -> Bool {
        let bytes = text.utf8.span
        guard bytes.count >= wanted.count else { return false }
        for start in 0...(bytes.count - wanted.count) {
            var matched = 0
            while matched < wanted.count, lower(bytes[start + matched]) == wanted[matched] { matched += 1 }
            if matched == wanted.count { return true }
        }
        return false
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte | 0x20 : byte }
}

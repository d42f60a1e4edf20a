internal import Vocabulary

/// What the rows of a filtered list must hold.
///
/// `text` is looked for in any case of letters; `~text` is a regular expression; `!` before either turns it round.
/// A text can begin with a backslash, so that `\!` and `\~` are looked for themselves.
struct FilterPattern {
    private enum Kind {
        case everything
        case text(String)
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
                (kind, fault) = (.text(text.dropFirst().lowercased()), "not a whole regular expression yet")
            }
        } else {
            if text.hasPrefix("\\") { text = text.dropFirst() }
            (kind, fault) = (text.isEmpty || text == "~" ? .everything : .text(text.lowercased()), nil)
        }
        self.isInverse = isInverse
    }

    /// Whether a row with these texts is shown.
    func accepts(_ texts: [String]) -> Bool {
        switch kind {
        case .everything: true
        case .text(let wanted): texts.contains { $0.lowercased().contains(wanted) } != isInverse
        case .expression(let wanted): texts.contains { $0.contains(wanted) } != isInverse
        }
    }
}

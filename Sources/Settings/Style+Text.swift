internal import Terminal

extension Theme.Style {
    /// What is accepted, to stand behind "expected".
    static let accepts = "a style in quotes, such as \"#ff6b63 bold\", \"red on 236\" or \"on #2a3850 underline\""

    /// A style from words: a colour for the glyphs, `on` and one for what is behind them, and attributes.
    ///
    /// A colour is `#rrggbb`, a number of the palette, a name, or `default` for the terminal's own.
    init?(text: String) {
        self.init()
        var words = text.split(separator: " ")[...]
        guard !words.isEmpty else { return nil }
        var hasInk = false
        var hasPaper = false
        while let word = words.popFirst() {
            if let attribute = Theme.Style.attributeNames[String(word)] {
                attributes.formUnion(attribute)
            } else if word == "on", !hasPaper, let paper = words.popFirst().flatMap(Paint.init) {
                background = paper.colour
                hasPaper = true
            } else if !hasInk, !hasPaper, let ink = Paint(word) {
                foreground = ink.colour
                hasInk = true
            } else {
                return nil
            }
        }
    }

    /// What a word paints with: a colour, or the terminal's own.
    private struct Paint {
        let colour: Colour?

        init?(_ word: Substring) {
            colour = Colour(text: word)
            guard colour != nil || word == "default" else { return nil }
        }
    }

    private static let attributeNames: [String: Attributes] = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
    ]
}

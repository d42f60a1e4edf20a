internal import Terminal

extension Key {
    /// The key that a text names as ``name`` does; letters of either case for names, but `a` and `A` are two keys.
    init?(name text: String) {
        if text.count == 1, let character = text.first, !character.isWhitespace {
            self = .character(character)
            return
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { $0.lowercased() }
        guard let last = parts.last, let modifiers = Key.modifiers(parts.dropLast()) else { return nil }
        guard let key = Key.named(last, modifiers) ?? Key.combined(String(text.suffix(1)), last, modifiers) else {
            return nil
        }
        self = key
    }

    private static func modifiers(_ words: ArraySlice<String>) -> Modifiers? {
        var modifiers: Modifiers = []
        for word in words {
            switch word {
            case "ctrl": modifiers.insert(.control)
            case "alt": modifiers.insert(.alt)
            case "shift": modifiers.insert(.shift)
            default: return nil
            }
        }
        return modifiers
    }

    private static func named(_ word: String, _ modifiers: Modifiers) -> Key? {
        if let direction = directions[word] { return .move(direction, modifiers) }
        if word == "tab", modifiers == .shift { return .backTab }
        if word == "enter", modifiers == .alt { return .alt("\n") }
        guard modifiers.isEmpty else { return nil }
        if word.first == "f", let number = Int(word.dropFirst()), (1...12).contains(number) { return .function(number) }
        return plain[word]
    }

    /// A letter with Ctrl or a character with Alt.
    private static func combined(_ written: String, _ word: String, _ modifiers: Modifiers) -> Key? {
        guard word.count == 1, let character = written.first else { return nil }
        if modifiers == .control, let letter = word.first, letter.isASCII, letter.isLetter { return .control(letter) }
        return modifiers == .alt ? .alt(character) : nil
    }

    private static let plain: [String: Key] = [
        "enter": .enter, "esc": .escape, "tab": .tab, "backspace": .backspace, "del": .delete, "ins": .insert,
        "space": .character(" "),
    ]
    private static let directions: [String: Direction] = [
        "up": .up, "down": .down, "left": .left, "right": .right, "home": .home, "end": .end, "pgup": .pageUp,
        "pgdn": .pageDown, "↑": .up, "↓": .down, "←": .left, "→": .right,
    ]
}

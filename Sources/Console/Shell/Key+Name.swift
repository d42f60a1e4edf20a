internal import Terminal
internal import Vocabulary

extension Key {
    /// The key as key lines and references call it, such as `a`, `Enter`, `Ctrl-L` or `PgUp`.
    var name: SafeText {
        switch self {
        case .character(" "): "Space"
        case .character(let character): "\(String(character))"
        case .control(let character): "Ctrl-\(String(character).uppercased())"
        case .alt("\n"): "Alt-Enter"
        case .alt(let character): "Alt-\(String(character))"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .insert: "Ins"
        case .move(let direction, let modifiers): modifiers.prefix + direction.name
        case .function(let number): "F\(number)"
        case .paste: "paste"
        case .mouse: "mouse"
        case .focusIn, .focusOut: "focus"
        }
    }
}

extension Key.Direction {
    fileprivate var name: SafeText {
        switch self {
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        }
    }
}

extension Key.Modifiers {
    fileprivate var prefix: SafeText {
        (contains(.control) ? "Ctrl-" : "") + (contains(.alt) ? "Alt-" : "") + (contains(.shift) ? "Shift-" : "")
    }
}

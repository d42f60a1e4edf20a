internal import Terminal
internal import Vocabulary

/// The list of themes while one is being chosen: the one under the cursor is on the screen already.
struct ThemePicker: Equatable, Sendable {
    let themes: [OfferedTheme]
    /// What the console wore before, to go back to.
    let before: Theme
    /// Where the choice can be written down.
    let configuration: SafeText
    /// The row under the cursor, counted from 0.
    private(set) var cursor: Int

    init(_ themes: [OfferedTheme], before: Theme, configuration: SafeText) {
        self.themes = themes
        self.before = before
        self.configuration = configuration
        cursor = themes.firstIndex { $0.theme == before } ?? 0
    }

    /// What a key led to.
    enum Outcome: Equatable {
        /// The list stays, and this is shown meanwhile.
        case previewing(Theme)
        /// It was decided for this one.
        case kept(OfferedTheme)
        /// All is as it was before.
        case left
    }

    var chosen: OfferedTheme? { themes.indices.contains(cursor) ? themes[cursor] : nil }

    /// Takes a key; a broken theme can be looked at and not kept, and what was shown last stays.
    mutating func take(_ key: Key, page: Int) -> Outcome? {
        switch key {
        case .escape, .character("q"): return .left
        case .enter: return chosen.flatMap { $0.theme == nil ? nil : .kept($0) }
        case .up, .character("k"): return move(to: cursor - 1)
        case .down, .character("j"), .tab: return move(to: cursor + 1)
        case .pageUp: return move(to: cursor - page)
        case .pageDown: return move(to: cursor + page)
        case .home, .character("g"): return move(to: 0)
        case .end, .character("G"): return move(to: themes.count - 1)
        default: return nil
        }
    }

    private mutating func move(to row: Int) -> Outcome? {
        cursor = min(max(0, row), max(0, themes.count - 1))
        return chosen?.theme.map(Outcome.previewing)
    }
}

internal import Terminal
internal import Vocabulary

/// The command palette: a few letters find any command of any pane.
struct Palette: Equatable, Sendable {
    var field = TextField(hint: "a few letters, or: at 14:05, filter disk", limit: 60)
    /// The chosen match, counted from 0.
    var cursor = 0

    /// What a key led to.
    enum Outcome: Equatable {
        case open
        case closed
        case chosen(Int)
    }

    var wanted: String { field.text.text }

    /// Takes a key.
    ///
    /// - Parameter matches: counts the matches of a text.
    mutating func take(_ key: Key, matches: (String) -> Int) -> Outcome {
        switch key {
        case .escape: return .closed
        case .enter: return .chosen(cursor)
        case .up, .control("p"): cursor = max(0, cursor - 1)
        case .down, .control("n"), .tab: cursor = min(cursor + 1, max(0, matches(wanted) - 1))
        case .backspace where field.isEmpty: return .closed
        default: if field.take(key) == .edited { cursor = 0 }
        }
        return .open
    }

    /// The commands that fit a text, the best first.
    static func matches(_ wanted: String, in state: ConsoleState) -> [AnyCommand] {
        let letters = wanted.lowercased().filter { $0 != " " }
        let own = Panes.all.flatMap(\.commands).filter {
            $0.mode == .keys && ($0.pane != state.front || $0.applies(state))
        }
        let front = own.filter { $0.pane == state.front }
        let all = front + ShellCommands.all + own.filter { $0.pane != state.front }
        let scored = all.enumerated().compactMap { index, command in
            Palette.score(letters, of: command).map { (score: $0, index: index, command: command) }
        }
        let found = scored.sorted { $0.score == $1.score ? $0.index < $1.index : $0.score > $1.score }.map(\.command)
        return [PaletteArguments.command(for: wanted, in: state)].compactMap { $0 } + found
    }

    /// The title counts more than the title behind its pane's name.
    private static func score(_ letters: String, of command: AnyCommand) -> Int? {
        let title = command.title.text.lowercased()
        let pane = command.pane.map { $0.rawValue + " " } ?? ""
        let byTitle = score(letters, in: title).map { $0 + 32 }
        return [byTitle, score(letters, in: pane + title)].compactMap { $0 }.max()
    }

    /// How well letters fit a phrase when they occur in it in their order; `nil` when they do not.
    ///
    /// The beginnings of words and letters that stand together count most.
    static func score(_ letters: String, in phrase: String) -> Int? {
        guard !letters.isEmpty else { return 0 }
        var score = 0
        var wanted = letters[...]
        var isAtWordStart = true
        var wasHit = false
        for character in phrase {
            guard let next = wanted.first else { break }
            let isHit = character == next
            if isHit {
                score += (isAtWordStart ? 8 : 1) + (wasHit ? 5 : 0)
                wanted = wanted.dropFirst()
            }
            wasHit = isHit
            isAtWordStart = character == " "
        }
        return wanted.isEmpty ? score * 16 - phrase.count / 4 : nil
    }
}

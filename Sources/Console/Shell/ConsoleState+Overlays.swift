internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ConsoleState {
    /// Gives a key to what lies over the pane.
    mutating func pressOverlay(_ key: Key, _ turn: inout Turn) {
        switch overlay {
        case .help(let scroll): pressHelp(key, scroll)
        case .palette(let palette): press(palette, key, &turn)
        case .themes(let picker): press(picker, key, &turn)
        case .question(let question): press(question, key, &turn)
        case .quitting: pressQuitting(key, &turn)
        case .requestLog(let scroll):
            overlay = RequestLogSheet(state: self).pressed(key, scroll: scroll).map { .requestLog(scroll: $0) }
        case .notifications(let cursor): pressNotifications(key, cursor, &turn)
        case .moment(let prompt): press(prompt, key, &turn)
        case nil: break
        }
    }

    private mutating func pressHelp(_ key: Key, _ scroll: Int) {
        let page = max(1, size.rows - 8)
        switch key {
        case .escape, .enter, .character("?"), .character("q"): overlay = nil
        case .down, .character("j"): overlay = .help(scroll: min(scroll + 1, helpRows))
        case .up, .character("k"): overlay = .help(scroll: max(0, scroll - 1))
        case .pageDown, .character(" "): overlay = .help(scroll: min(scroll + page, helpRows))
        case .pageUp: overlay = .help(scroll: max(0, scroll - page))
        case .home: overlay = .help(scroll: 0)
        default: break
        }
    }

    /// How far the help can be scrolled.
    private var helpRows: Int {
        let body = ConsoleState.body(of: size)
        return max(0, HelpSheet(of: self).rowCount - max(1, HelpSheet.place(in: body).rows - 2))
    }

    private mutating func press(_ palette: Palette, _ key: Key, _ turn: inout Turn) {
        var palette = palette
        switch palette.take(key, matches: { Palette.matches($0, in: self).count }) {
        case .open: overlay = .palette(palette)
        case .closed: overlay = nil
        case .chosen(let index):
            overlay = nil
            let matches = Palette.matches(palette.wanted, in: self)
            guard matches.indices.contains(index) else { return }
            runFromPalette(matches[index], &turn)
        }
    }

    /// A command of a pane that is not in front brings its pane first.
    private mutating func runFromPalette(_ command: AnyCommand, _ turn: inout Turn) {
        if let pane = command.pane, pane != front {
            turn.pass(on: show(.pane(pane)))
        }
        run(command, &turn)
    }

    private mutating func press(_ question: Question, _ key: Key, _ turn: inout Turn) {
        switch key {
        case .character("y"), .character("Y"), .enter:
            guard TypeAhead.isOver(since: questionShownAt, quiet: turn.quietSince, now: now) else { return }
            overlay = nil
            turn.ask(question.request)
        case .character("n"), .character("N"), .escape, .character("q"): overlay = nil
        default: break
        }
    }

    private mutating func pressQuitting(_ key: Key, _ turn: inout Turn) {
        switch key {
        case .character("q"), .character("y"):
            guard TypeAhead.isOver(since: questionShownAt, quiet: turn.quietSince, now: now) else { return }
            overlay = nil
            turn.ask(.quit)
        case .escape, .character("n"): overlay = nil
        default: break
        }
    }
}

internal import Terminal
internal import Vocabulary

/// The last line of the screen: which keys act now; one that cannot act is dim.
struct KeyLine {
    let state: ConsoleState

    func draw(in rect: Rect, on frame: inout Frame) {
        let mode = Panes.pane(state.front).mode(state)
        var line = SegmentLine()
        line.gap = rect.columns < 100 ? 2 : 3
        let own = commands(in: mode)
        if mode == .keys {
            let needed = (own + shell).reduce(rect.columns < 100 ? 2 : 4) { $0 + $1.columns + line.gap }
            let tabs = tabs
            line.add(needed + tabs.columns <= rect.columns ? tabs : shortTabs, 30)
        }
        for (index, text) in own.enumerated() { line.add(text, 2 + index) }
        if mode == .keys {
            for text in shell { line.addRight(text, text == shell.last ? 0 : text == shell.first ? 29 : 1) }
        }
        line.draw(in: rect, on: &frame)
    }

    /// The pane's commands in the order of their rank.
    private func commands(in mode: Mode) -> [StyledText] {
        Panes.pane(state.front).commands
            .filter { $0.rank > 0 && $0.mode == mode && $0.applies(state) }
            .sorted { $0.rank < $1.rank }
            .map { text(of: $0, canAct: $0.refusal(in: state) == nil) }
    }

    private var shell: [StyledText] {
        ShellCommands.all.filter { $0.rank > 0 }.sorted { $0.rank < $1.rank }.map { text(of: $0, canAct: true) }
    }

    private func text(of command: AnyCommand, canAct: Bool) -> StyledText {
        StyledText(state.bindings.keyText(of: command), canAct ? .strong : .muted, canAct ? .bold : [])
            + StyledText(" \(command.title)", canAct ? .dim : .muted)
    }

    private var tabs: StyledText {
        var line = StyledText(spans: [])
        for name in PaneName.allCases {
            let isFront = name == state.front
            if name != PaneName.allCases.first { line += " " }
            line += StyledText("\(String(name.digit))", isFront ? .accent : .strong, .bold)
            line += StyledText(" \(name.title)", isFront ? .accent : .dim, isFront ? .underline : [])
        }
        return line
    }

    /// The pane whose tab stands at a column; `nil` where none does.
    func pane(at column: Int, columns: Int) -> PaneName? {
        let needed = (commands(in: .keys) + shell).reduce(columns < 100 ? 2 : 4) {
            $0 + $1.columns + (columns < 100 ? 2 : 3)
        }
        guard needed + tabs.columns <= columns else { return nil }
        var start = 1
        for name in PaneName.allCases {
            let width = 2 + name.title.columns
            if (start..<start + width).contains(column) { return name }
            start += width + 1
        }
        return nil
    }

    private var shortTabs: StyledText {
        StyledText("1-\(PaneName.allCases.count)", .strong, .bold) + StyledText(" panes", .dim)
    }
}

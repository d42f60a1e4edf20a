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
        let shell = mode == .keys ? shell : []
        if mode == .keys {
            line.add(fittingTabs(beside: own + shell, columns: rect.columns)?.text ?? shortTabs, 30)
        }
        for (index, text) in own.enumerated() { line.add(text, 2 + index) }
        for (index, text) in shell.enumerated() {
            line.addRight(text, index == shell.count - 1 ? 0 : index == 0 ? 29 : 1)
        }
        line.draw(in: rect, on: &frame)
    }

    /// The pane's commands in the order of their rank.
    private func commands(in mode: Mode) -> [StyledText] {
        Panes.pane(state.front).keyLine(state, mode).map { text(of: $0.command, canAct: $0.canAct) }
    }

    private var shell: [StyledText] {
        ShellCommands.ranked.map { text(of: $0, canAct: true) }
    }

    private func text(of command: AnyCommand, canAct: Bool) -> StyledText {
        StyledText(state.bindings.keyText(of: command), canAct ? .strong : .muted, canAct ? .bold : [])
            + StyledText(" \(command.title)", canAct ? .dim : .muted)
    }

    /// The tabs of the panes, of which some or all show their names.
    private struct Tabs {
        var text = StyledText(spans: [])
        /// Where each stands, counted from the first.
        var places: [(name: PaneName, columns: Range<Int>)] = []

        init(front: PaneName, isNamed: (PaneName) -> Bool) {
            for name in PaneName.allCases {
                let isFront = name == front
                if !places.isEmpty { text += " " }
                let start = text.columns
                text += StyledText("\(String(name.digit))", isFront ? .accent : .strong, .bold)
                if isNamed(name) {
                    text += " "
                    text += StyledText(name.title, isFront ? .accent : .dim, isFront ? .underline : [])
                }
                places.append((name, start..<text.columns))
            }
        }
    }

    /// The longest tabs that leave room for the keys: with all names, else with that of the pane in front.
    private func fittingTabs(beside keys: [StyledText], columns: Int) -> Tabs? {
        let gap = columns < 100 ? 2 : 3
        let needed = keys.reduce(gap == 2 ? 2 : 4) { $0 + $1.columns + gap }
        let choices = [Tabs(front: state.front) { _ in true }, Tabs(front: state.front) { $0 == state.front }]
        return choices.first { needed + $0.text.columns <= columns }
    }

    /// The pane whose tab stands at a column; `nil` where none does.
    func pane(at column: Int, columns: Int) -> PaneName? {
        fittingTabs(beside: commands(in: .keys) + shell, columns: columns)?.places.first {
            $0.columns.contains(column - 1)
        }?.name
    }

    private var shortTabs: StyledText {
        StyledText("1-\(PaneName.allCases.count)", .strong, .bold) + StyledText(" panes", .dim)
    }
}

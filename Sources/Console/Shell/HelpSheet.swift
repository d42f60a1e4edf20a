internal import Terminal
internal import Vocabulary

/// The keys of the pane in front and of the shell, printed from the commands.
struct HelpSheet {
    private enum Row {
        case heading(SafeText)
        case command(AnyCommand, refusal: SafeText?)
        case air
    }

    private let rows: [Row]
    private let title: SafeText

    init(of state: ConsoleState) {
        let pane = Panes.pane(state.front)
        title = "Keys: \(pane.name.title)"
        var rows: [Row] = []
        for mode in Mode.allCases {
            let commands = pane.commands.filter { $0.mode == mode }
            guard !commands.isEmpty else { continue }
            if !rows.isEmpty { rows.append(.air) }
            rows.append(.heading(mode == .keys ? pane.purpose : mode.heading))
            rows += commands.map { .command($0, refusal: mode == .keys ? $0.refusal(in: state) : nil) }
        }
        rows += [.air, .heading("Everywhere")]
        rows += ShellCommands.all.map { .command($0, refusal: nil) }
        self.rows = rows
    }

    var rowCount: Int { rows.count }

    /// Where the sheet lies on the screen.
    static func place(in screen: Rect) -> Rect {
        let side = max(0, min(8, (screen.columns - 100) / 2))
        return screen.inset(columns: screen.columns > 60 ? max(2, side) : 0, rows: screen.rows > 12 ? 1 : 0)
    }

    func draw(scroll: Int, in screen: Rect, on frame: inout Frame) {
        let rect = HelpSheet.place(in: screen)
        let visible = max(1, rect.rows - 2)
        let first = min(scroll, max(0, rows.count - visible))
        let left = rows.count - first - visible
        let footer = left > 0 ? StyledText("↓ \(left) more · Esc closes", .dim) : StyledText("Esc closes", .dim)
        let inside = Tile(title, footer: footer, isFocused: true).draw(in: rect, on: &frame).inset(columns: 1)
        for (line, row) in rows.dropFirst(first).prefix(inside.rows).enumerated() {
            draw(row, in: inside.line(line), on: &frame)
        }
    }

    private func draw(_ row: Row, in line: Rect, on frame: inout Frame) {
        switch row {
        case .air: break
        case .heading(let text): frame.write(text, in: line, .title, .bold)
        case .command(let command, let refusal):
            let isOff = refusal != nil
            let keys = command.keys.prefix(3).map(\.name).joined(separator: " ")
            frame.write(keys, in: line.left(14), isOff ? .muted : .strong, isOff ? [] : .bold)
            frame.write(command.title, in: line.droppingLeft(15).left(20), isOff ? .muted : .text)
            let words = refusal.map { StyledText("now off: \($0)", .warning) } ?? StyledText(command.purpose, .dim)
            frame.write(styled: words, in: line.droppingLeft(36))
        }
    }
}

extension Mode {
    /// What heads the keys of the mode.
    var heading: SafeText {
        switch self {
        case .keys: "Keys"
        case .filter: "While filtering a list"
        case .compose: "While writing a reply or a note"
        case .form: "While filling in a form"
        }
    }
}

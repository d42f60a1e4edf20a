internal import Terminal
internal import Vocabulary

/// The keys of the pane in front and of the shell, printed from the commands.
struct HelpSheet {
    /// One line of the sheet: keys at the left, words behind them; a heading has no keys.
    private struct Line {
        var keys: SafeText = ""
        var words: StyledText = ""
        var isHeading = false
        var isOff = false
    }

    private let lines: [Line]
    private let title: SafeText

    /// The cells of the keys and the air behind them.
    private static let keyColumns = 16

    init(of state: ConsoleState) {
        let pane = Panes.pane(state.front)
        title = "Keys: \(pane.name.title)"
        let room = HelpSheet.place(in: ConsoleState.body(of: state.size)).columns - 4
        var lines: [Line] = []
        for mode in Mode.allCases {
            let commands = pane.commands.filter { $0.mode == mode }
            let isOwnMode = mode == .keys
            // A pane with two views has a key twice: what the key does now comes first.
            let now = isOwnMode ? commands.filter { $0.applies(state) } : commands
            let later = isOwnMode ? commands.filter { !$0.applies(state) } : []
            lines += HelpSheet.section(isOwnMode ? pane.purpose : mode.heading, now, in: state, room)
            lines += HelpSheet.section("At other times", later, in: state, room)
        }
        lines += HelpSheet.section("Everywhere", ShellCommands.all, in: state, room)
        self.lines = Array(lines.dropFirst())
    }

    /// A blank line, the heading and the commands; nothing where there are none.
    private static func section(
        _ title: SafeText, _ commands: [AnyCommand], in state: ConsoleState, _ room: Int
    ) -> [Line] {
        guard !commands.isEmpty else { return [] }
        let heading = title.wrapped(to: max(8, room)).map {
            Line(words: StyledText($0.text, .title, .bold), isHeading: true)
        }
        return [Line()] + heading + commands.flatMap { lines(of: $0, in: state, room) }
    }

    /// The lines of a command: what it does, or why it cannot be done now.
    private static func lines(of command: AnyCommand, in state: ConsoleState, _ room: Int) -> [Line] {
        let refusal = command.mode == .keys && command.applies(state) ? command.refusal(in: state) : nil
        let words = refusal.map { command.purpose + " Now off: " + $0 + "." } ?? command.purpose
        let wrapped = words.wrapped(to: max(8, room - keyColumns))
        let keys = state.bindings.keys(of: command).prefix(3).map(\.name).joined(separator: " ")
        return wrapped.enumerated().map { index, line in
            Line(
                keys: index == 0 ? keys : "", words: StyledText(line.text, refusal == nil ? .text : .muted),
                isOff: refusal != nil)
        }
    }

    /// How many lines the sheet has.
    var rowCount: Int { lines.count }

    /// Where the sheet lies on the pane.
    static func place(in body: Rect) -> Rect {
        let width = min(100, body.columns - (body.columns > 60 ? 4 : 0))
        let edge = body.rows > 12 ? 1 : 0
        return Rect(
            column: body.column + (body.columns - width) / 2, row: body.row + edge, columns: width,
            rows: body.rows - 2 * edge)
    }

    /// Draws the lines from `scroll` on.
    func draw(scroll: Int, in body: Rect, on frame: inout Frame) {
        let rect = HelpSheet.place(in: body)
        let visible = max(1, rect.rows - 2)
        let first = min(scroll, max(0, lines.count - visible))
        let left = lines.count - first - visible
        let footer = left > 0 ? StyledText("↓ \(left) more · Esc closes", .dim) : StyledText("Esc closes", .dim)
        let inside = Tile(title, footer: footer, isFocused: true).draw(in: rect, on: &frame).inset(columns: 1)
        for (row, line) in lines.dropFirst(first).prefix(inside.rows).enumerated() {
            let place = inside.line(row)
            frame.write(
                line.keys, in: place.left(HelpSheet.keyColumns - 1), line.isOff ? .muted : .strong,
                line.isOff ? [] : .bold)
            frame.write(styled: line.words, in: line.isHeading ? place : place.droppingLeft(HelpSheet.keyColumns))
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

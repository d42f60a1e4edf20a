internal import Terminal
internal import Vocabulary

/// The palette over the pane: what was typed, and the commands that fit.
struct PaletteSheet {
    let palette: Palette
    let state: ConsoleState

    func draw(in screen: Rect, on frame: inout Frame) {
        let width = min(96, screen.columns)
        let height = min(16, screen.rows)
        let rect = Rect(
            column: screen.column + (screen.columns - width) / 2, row: screen.row + min(2, screen.rows - height),
            columns: width, rows: height)
        let matches = Palette.matches(palette.wanted, in: state)
        let footer = StyledText("Enter runs · ↑↓ choose · Esc closes", .dim)
        let count = StyledText("\(matches.count)", .dim)
        let inside = Tile("Command", state: count, footer: footer, isFocused: true).draw(in: rect, on: &frame)
            .inset(columns: 1)
        frame.write(":", in: inside.line(0), .accent, .bold)
        palette.field.draw(in: inside.line(0).droppingLeft(2), on: &frame)
        draw(matches, in: inside.droppingTop(1), on: &frame)
    }

    private func draw(_ matches: [AnyCommand], in rect: Rect, on frame: inout Frame) {
        guard !matches.isEmpty else {
            return frame.write("No command has these letters in this order.", in: rect, .dim)
        }
        let first = max(0, min(palette.cursor - rect.rows + 1, matches.count - rect.rows))
        for (line, command) in matches.dropFirst(first).prefix(rect.rows).enumerated() {
            let place = rect.line(line)
            if first + line == palette.cursor { frame.fill(place, on: .selection) }
            let isOff = command.refusal(in: state) != nil
            frame.write(command.pane?.title ?? "", in: place.left(14), .dim)
            let purpose = place.droppingLeft(38).droppingRight(12)
            frame.write(command.title, in: place.droppingLeft(15).left(22), isOff ? .muted : .text)
            if purpose.columns >= 40 { frame.write(command.purpose, in: purpose, isOff ? .muted : .dim) }
            frame.write(state.bindings.keyText(of: command), in: place.right(10), .strong, align: .right)
        }
    }
}

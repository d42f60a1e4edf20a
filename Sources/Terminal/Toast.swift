public import Vocabulary

/// A short message at the top right that goes by itself.
public struct Toast: Sendable {
    /// What it says, in at most three lines.
    public var text: SafeText
    /// What kind of message it is.
    public var mark: Mark

    /// A message of one kind.
    public init(_ text: SafeText, _ mark: Mark) {
        self.text = text
        self.mark = mark
    }

    /// Draws the message over what is there.
    ///
    /// - Parameter shown: how much of it has slid in, 0 to 1.
    public func draw(in rect: Rect, shown: Double = 1, on frame: inout Frame) {
        let width = min(48, rect.columns - 2)
        guard width >= 12, rect.rows >= 3 else { return }
        let lines = text.wrapped(to: width - 6).prefix(3)
        let wanted = (lines.map(\.text.columns).max() ?? 0) + 6
        let visible = Int((Double(wanted) * min(max(shown, 0), 1)).rounded())
        guard visible > 0 else { return }
        var sheet = Frame(Size(columns: wanted, rows: lines.count + 2))
        Tile("", isFocused: false).draw(in: sheet.bounds, on: &sheet)
        sheet.put(mark.glyph, at: Position(column: 2, row: 1), mark.role, .bold)
        for (row, line) in lines.enumerated() {
            sheet.write(line.text, at: Position(column: 4, row: row + 1))
        }
        // It comes from the right edge: only its left part is on the screen at first.
        let room = rect.right(visible + 1).intersection(frame.bounds)
        frame.draw(sheet, at: Position(column: room.column, row: rect.row), within: room)
    }
}

public import Vocabulary

/// A frame around a part of the screen, with its title at the left and its state at the right of the top line.
public struct Tile: Sendable {
    /// What is shown inside, such as `CPU`.
    public var title: SafeText
    /// The state or total, at the right end of the title's line.
    public var state: StyledText
    /// The key that opens it: the first such letter of the title is underlined, any other key stands before the title.
    public var key: Character?
    /// What to do here, at the right end of the bottom line.
    public var footer: StyledText
    /// Whether keys go here.
    public var isFocused: Bool
    /// Whether the console shows the past.
    public var isPast: Bool

    /// A frame with its title; everything else is optional.
    public init(
        _ title: SafeText, state: StyledText = "", key: Character? = nil, footer: StyledText = "",
        isFocused: Bool = false, isPast: Bool = false
    ) {
        self.title = title
        self.state = state
        self.key = key
        self.footer = footer
        self.isFocused = isFocused
        self.isPast = isPast
    }

    /// Draws the frame along the edge of a rectangle and clears its inside.
    ///
    /// - Returns: the inside. Less than three columns or two rows leave no room for lines: then nothing is drawn.
    @discardableResult
    public func draw(in rect: Rect, on frame: inout Frame) -> Rect {
        guard rect.columns >= 3, rect.rows >= 2 else { return rect }
        let role: Role = isFocused ? .frameFocus : isPast ? .past : .frame
        frame.fill(rect)
        lines(rect, role, on: &frame)
        heading(rect.line(0).inset(columns: 2), role, on: &frame)
        let foot = rect.line(rect.rows - 1).inset(columns: 2)
        if !footer.isEmpty, foot.columns > 4 {
            frame.write(styled: " " + footer.truncated(to: foot.columns - 2) + " ", in: foot, align: .right)
        }
        return rect.inset(columns: 1, rows: 1)
    }

    private func lines(_ rect: Rect, _ role: Role, on frame: inout Frame) {
        frame.horizontalLine(rect.top(1), role)
        frame.horizontalLine(rect.bottom(1), role)
        frame.verticalLine(rect, role)
        frame.verticalLine(rect.right(1), role)
        let right = rect.endColumn - 1
        let bottom = rect.endRow - 1
        frame.put("╭", at: rect.origin, role)
        frame.put("╮", at: Position(column: right, row: rect.row), role)
        frame.put("╰", at: Position(column: rect.column, row: bottom), role)
        frame.put("╯", at: Position(column: right, row: bottom), role)
    }

    /// The title gets its room first; the state is left out before it is cut to less than six cells.
    private func heading(_ line: Rect, _ role: Role, on frame: inout Frame) {
        let title = self.heading
        let titleRoom = min(title.columns + 2, line.columns)
        guard titleRoom > 2 else { return }
        frame.write(styled: " " + title.truncated(to: titleRoom - 2) + " ", in: line.left(titleRoom).shifted(by: -1))
        let stateRoom = min(state.columns + 2, line.columns - titleRoom)
        guard !state.isEmpty, stateRoom >= min(state.columns + 2, 8) else { return }
        let room = line.right(stateRoom)
        frame.write(styled: " " + state.truncated(to: stateRoom - 2) + " ", in: room)
    }

    /// The title with its key marked.
    private var heading: StyledText {
        let role: Role = isFocused ? .accent : .title
        guard let key else { return StyledText(title, role, .bold) }
        let letter = title.text.firstIndex { $0.lowercased() == key.lowercased() }
        guard let letter else {
            return StyledText("\(String(key))", .accent, .underline) + StyledText(" " + title, role, .bold)
        }
        let after = title.text.index(after: letter)
        return StyledText(title.slice(title.text.startIndex..<letter), role, .bold)
            + StyledText(title.slice(letter..<after), role, [.bold, .underline])
            + StyledText(title.slice(after..<title.text.endIndex), role, .bold)
    }
}

extension Rect {
    /// The same size, this many columns further right.
    fileprivate func shifted(by columns: Int) -> Rect {
        Rect(column: column + columns, row: row, columns: self.columns, rows: rows)
    }
}

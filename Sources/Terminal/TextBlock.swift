public import Vocabulary

/// Running text in one role, wrapped by words.
public struct TextBlock: Sendable {
    /// What it says; line breaks start new lines.
    public var text: SafeText
    /// What it means.
    public var role: Role
    /// How much further right all lines but the first start.
    public var hanging: Int

    /// Running text.
    public init(_ text: SafeText, _ role: Role = .text, hanging: Int = 0) {
        self.text = text
        self.role = role
        self.hanging = hanging
    }

    /// The rows that the text takes at this width.
    public func rows(columns: Int) -> Int {
        text.wrapped(to: columns, hanging: hanging).count
    }

    /// Draws the text from its line `first` on; where it is longer than the room, the last visible line ends in `…`.
    ///
    /// - Returns: the rows that were drawn.
    @discardableResult
    public func draw(in rect: Rect, first: Int = 0, on frame: inout Frame) -> Int {
        let lines = text.wrapped(to: rect.columns, hanging: hanging).dropFirst(max(0, first))
        let visible = lines.prefix(rect.rows)
        for (row, line) in visible.enumerated() {
            let isCut = row == rect.rows - 1 && lines.count > visible.count
            let place = rect.line(row).droppingLeft(line.indent)
            let text = isCut ? (line.text + "…").truncated(to: place.columns) : line.text
            frame.write(text, in: place, role)
        }
        return visible.count
    }
}

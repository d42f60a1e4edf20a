internal import Vocabulary

extension TextField {
    /// The rows that the text takes at this width, at least 1; a field without lines always takes one.
    public func rows(columns: Int) -> Int {
        hasLines ? layout(columns).lines.count : 1
    }

    /// Draws the text with the cursor visible, scrolled as far as that needs.
    ///
    /// - Parameter isFocused: whether the terminal's cursor stands in the field.
    public func draw(in rect: Rect, isFocused: Bool = true, on frame: inout Frame) {
        guard !rect.isEmpty else { return }
        if characters.isEmpty, !hint.isEmpty {
            frame.write(hint, in: rect, .inputHint)
        } else if hasLines {
            drawLines(in: rect, on: &frame)
        } else {
            drawLine(in: rect.line(0), on: &frame)
        }
        guard isFocused else { return }
        let place = cursorPlace(in: rect.size)
        frame.cursor = Position(column: rect.column + place.column, row: rect.row + place.row)
    }

    /// One line that slides sideways.
    private func drawLine(in line: Rect, on frame: inout Frame) {
        let start = line.column - scroll(line.columns)
        frame.write(
            SafeText(untrusted: String(characters)), at: Position(column: start, row: line.row), .inputText,
            within: line)
    }

    /// How far the only line has slid to the left: the cursor needs a cell of its own behind the text.
    private func scroll(_ columns: Int) -> Int {
        max(0, width(0..<cursor) - columns + 1)
    }

    private func drawLines(in rect: Rect, on frame: inout Frame) {
        let layout = layout(rect.columns)
        let first = firstLine(layout, rows: rect.rows)
        for (row, line) in layout.lines[first...].prefix(rect.rows).enumerated() {
            let isHanging = width(line) > rect.columns && characters[line].last == " "
            let shown = characters[isHanging ? line.dropLast() : line]
            let text = SafeText(untrusted: String(shown.filter { $0 != "\n" }))
            frame.write(text, in: rect.line(row), .inputText)
        }
    }

    private func cursorPlace(in size: Size) -> Position {
        guard hasLines else {
            return Position(column: width(0..<cursor) - scroll(size.columns), row: 0)
        }
        let layout = layout(size.columns)
        let first = firstLine(layout, rows: size.rows)
        let column = width(layout.lines[layout.cursorLine].lowerBound..<cursor)
        return Position(column: min(column, size.columns - 1), row: layout.cursorLine - first)
    }

    private func firstLine(_ layout: Layout, rows: Int) -> Int {
        max(0, layout.cursorLine - rows + 1)
    }

    private struct Layout {
        var lines: [Range<Int>]
        var cursorLine: Int
    }

    /// Lines end at line breaks, and behind the last word that fits; what ends a line belongs to it.
    ///
    /// A space for which there is no room hangs over the edge; a word longer than a line is cut.
    private func layout(_ columns: Int) -> Layout {
        var lines: [Range<Int>] = []
        var start = 0
        var used = 0
        for (index, character) in characters.enumerated() {
            let width = character == "\n" ? 0 : TextField.width(character)
            if used + width > columns, index > start {
                if character == " " {
                    lines.append(start..<index + 1)
                    (start, used) = (index + 1, 0)
                    continue
                }
                let space = characters[start..<index].lastIndex(of: " ")
                let end = space.map { $0 + 1 } ?? index
                lines.append(start..<end)
                (start, used) = (end, self.width(end..<index))
            }
            used += width
            if character == "\n" {
                lines.append(start..<index + 1)
                (start, used) = (index + 1, 0)
            }
        }
        // Behind a full last line the cursor needs a line of its own.
        if used >= columns, start < characters.count {
            lines.append(start..<characters.count)
            start = characters.count
        }
        lines.append(start..<characters.count)
        let line = lines.lastIndex { $0.lowerBound <= cursor } ?? 0
        return Layout(lines: lines, cursorLine: line)
    }

    private func width(_ range: Range<Int>) -> Int {
        characters[range].reduce(0) { $0 + TextField.width($1) }
    }

    private static func width(_ character: Character) -> Int {
        if character.isASCII { return 1 }
        return SafeText(untrusted: String(character)).columns
    }
}

internal import Vocabulary

extension Chart {
    /// The line at the cursor, and what was measured there.
    func drawCursor(_ age: Duration, _ layout: Layout, on frame: inout Frame) {
        let plot = layout.plot
        guard let column = column(of: age, across: plot.columns) else { return }
        drawReadout(at: age, beside: plot.column + column, in: plot, on: &frame)
        for row in plot.row..<plot.endRow {
            let position = Position(column: plot.column + column, row: row)
            if frame[position].scalar == " " {
                frame.put("┊", at: position, .accent)
            } else {
                frame.shade(Rect(column: position.column, row: row, columns: 1, rows: 1), on: .selection)
            }
        }
    }

    /// A small table of the time and every series, where it hides least of the data; nothing where there is no room.
    private func drawReadout(at age: Duration, beside column: Int, in plot: Rect, on frame: inout Frame) {
        let readings = readings(at: age)
        let names = readings.map { $0.name.isEmpty ? SafeText("") : $0.sample + " " + $0.name + " " }
        let width = max(
            cursorLabel.columns, zip(names, readings).map { $0.columns + $1.value.text.columns }.max() ?? 0)
        let heading = cursorLabel.isEmpty ? 0 : 1
        guard let box = place(of: Size(columns: width + 2, rows: readings.count + heading), beside: column, plot, frame)
        else { return }
        frame.fill(box, on: .selectionDim)
        let inside = box.inset(columns: 1)
        frame.write(cursorLabel, in: inside.line(0), .strong, .bold)
        for (row, reading) in readings.enumerated() {
            let line = inside.line(row + heading)
            if !reading.name.isEmpty {
                let name = StyledText(reading.sample, reading.role) + StyledText(" " + reading.name, .dim)
                frame.write(styled: name, in: line)
            }
            frame.write(styled: reading.value.styled(.strong), in: line, align: .right)
        }
    }

    /// The place for a table of this size that hides fewest glyphs, nearest to the cursor among equals.
    private func place(of size: Size, beside column: Int, _ plot: Rect, _ frame: Frame) -> Rect? {
        guard size.rows <= plot.rows, size.columns * 2 <= plot.columns else { return nil }
        let right = column + 2
        let left = column - 1 - size.columns
        let columns = [right, left].filter { $0 >= plot.column && $0 + size.columns <= plot.endColumn }
        let rows = [plot.row, plot.endRow - size.rows]
        let places = columns.flatMap { column in
            rows.map { Rect(column: column, row: $0, columns: size.columns, rows: size.rows) }
        }
        return places.min { hidden(by: $0, frame) < hidden(by: $1, frame) }
    }

    private func hidden(by rect: Rect, _ frame: Frame) -> Int {
        (rect.row..<rect.endRow).reduce(0) { sum, row in
            sum + (rect.column..<rect.endColumn).count { frame[Position(column: $0, row: row)].scalar != " " }
        }
    }

    /// The local time below the cursor, where it touches neither end of the axis.
    func drawCursorLabel(in line: Rect, _ room: inout AxisRoom, on frame: inout Frame) {
        guard let cursor, !cursorLabel.isEmpty, let column = column(of: cursor, across: line.columns) else { return }
        let width = cursorLabel.columns
        let start = min(max(0, column - width / 2), line.columns - width)
        let wanted = start..<start + width
        guard room.isFree(wanted.lowerBound - 1..<wanted.upperBound + 1, beside: -1) else { return }
        room.take(wanted)
        frame.write(cursorLabel, at: Position(column: line.column + start, row: line.row), .accent)
    }
}

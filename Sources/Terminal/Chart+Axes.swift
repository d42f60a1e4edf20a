internal import Vocabulary

extension Chart {
    /// The columns of the scale: the widest label and the line behind it.
    var axisWidth: Int {
        let values = [scale.lowerBound, scale.upperBound] + visibleThresholds.map(\.value)
        return (values.map { label($0).columns }.max() ?? 0) + 1
    }

    private var visibleThresholds: [Threshold] { thresholds.filter { scale.contains($0.value) } }

    /// The rows of the plot in which a threshold lies, from the top.
    func thresholdRows(_ rows: Int) -> [Int] { visibleThresholds.map { row(of: $0.value, in: rows) } }

    private func label(_ value: Double) -> SafeText { Quantity(value, unit).axisLabel }

    func drawScale(in rect: Rect, on frame: inout Frame) {
        frame.verticalLine(rect.right(1), .frame, glyph: "┤")
        let labels = rect.droppingRight(1)
        for threshold in visibleThresholds {
            let line = labels.line(row(of: threshold.value, in: rect.rows))
            frame.write(label(threshold.value), in: line, .threshold, align: .right)
        }
        frame.write(label(scale.upperBound), in: labels.line(0), .dim, align: .right)
        guard rect.rows > 1 else { return }
        frame.write(label(scale.lowerBound), in: labels.line(rect.rows - 1), .dim, align: .right)
    }

    /// The row in which a value's highest dot lies, from the top.
    private func row(of value: Double, in rows: Int) -> Int {
        rows - 1 - (height(value, rows * 4) - 1) / 4
    }

    func drawThresholdLines(in plot: Rect, on frame: inout Frame) {
        for threshold in visibleThresholds {
            frame.horizontalLine(plot.line(row(of: threshold.value, in: plot.rows)), .threshold, glyph: "┈")
        }
    }

    func drawThresholdLabels(in plot: Rect, avoiding dots: Braille, on frame: inout Frame) {
        for threshold in visibleThresholds where !threshold.label.isEmpty {
            let line = plot.line(row(of: threshold.value, in: plot.rows))
            let width = threshold.label.columns + 2
            guard !line.isEmpty, width <= plot.columns else { continue }
            // Behind the newest value if that lies lower, else before the oldest.
            let room = [line.right(width), line.left(width)].first { room in
                let start = (room.row - plot.row) * plot.columns + room.column - plot.column
                return (start..<start + width).allSatisfy { dots.dots($0) == 0 }
            }
            if let room { frame.write(" " + threshold.label + " ", in: room, .threshold) }
        }
    }

    func drawLegend(in rect: Rect, on frame: inout Frame) {
        var line = StyledText(spans: [])
        var lines = 0
        for (index, series) in series.enumerated() where !series.name.isEmpty {
            if !line.isEmpty { line += "   " }
            let sample = series.kind == .area ? "⣿⣿ " : Chart.strokes[lines % 3]
            if series.kind == .line { lines += 1 }
            line += StyledText(sample, role(of: series, at: index)) + StyledText(series.name + " ", .dim)
            line += Quantity(series.samples.last ?? nil, unit).styled()
        }
        frame.write(styled: line, in: rect)
    }

    /// What the lines of a chart look like, one behind the other.
    private static let strokes: [SafeText] = ["⠒⠒ ", "⠒⠂ ", "⠂⠂ "]

    /// Start and end of the time, and the markers between them; labels are left out where they would touch.
    func drawTime(in line: Rect, on frame: inout Frame) {
        var room = AxisRoom(columns: line.columns)
        let start = startLabel ?? "-\(span.shortAge)"
        let end = endLabel.columns
        room.take(0..<start.columns)
        room.take(line.columns - end..<line.columns)
        frame.write(start, in: line, .dim)
        frame.write(endLabel, in: line.right(end), .dim)
        let placed = markers.compactMap { marker in
            column(of: marker.age, in: line.columns).map { (column: $0, marker: marker) }
        }
        for (column, _) in placed {
            frame.put("◆", at: Position(column: line.column + column, row: line.row), .marker, within: line)
            room.take(column..<column + 1)
        }
        for (column, marker) in placed where !marker.label.isEmpty {
            let width = marker.label.columns
            let sides = [column + 2..<column + 2 + width, column - 1 - width..<column - 1]
            guard
                let wanted = sides.first(where: { room.isFree($0.lowerBound - 1..<$0.upperBound + 1, beside: column) })
            else { continue }
            room.take(wanted)
            frame.write(marker.label, at: Position(column: line.column + wanted.lowerBound, row: line.row), .marker)
        }
    }

    /// The column that shows a moment; `nil` outside of the span.
    private func column(of age: Duration, in columns: Int) -> Int? {
        let length = span.inSeconds
        guard length > 0, columns > 0 else { return nil }
        let share = age.inSeconds / length
        guard share >= 0, share <= 1 else { return nil }
        return min(columns - 1, max(0, columns - 1 - Int((share * Double(columns)).rounded(.down))))
    }

    func drawCursor(_ age: Duration, in plot: Rect, on frame: inout Frame) {
        guard let column = column(of: age, in: plot.columns) else { return }
        let line = Rect(column: plot.column + column, row: plot.row, columns: 1, rows: plot.rows)
        for row in line.row..<line.endRow {
            let position = Position(column: line.column, row: row)
            if frame[position].scalar == " " {
                frame.put("┊", at: position, .accent)
            } else {
                frame.shade(Rect(column: line.column, row: row, columns: 1, rows: 1), on: .selection)
            }
        }
    }
}

/// Which columns of the time axis are taken.
private struct AxisRoom {
    private var isTaken: [Bool]

    init(columns: Int) {
        isTaken = Array(repeating: false, count: columns)
    }

    mutating func take(_ range: Range<Int>) {
        for column in range.clamped(to: 0..<isTaken.count) { isTaken[column] = true }
    }

    /// Whether nothing stands there but the marker that the label belongs to.
    func isFree(_ range: Range<Int>, beside marker: Int) -> Bool {
        range.lowerBound >= 0 && range.upperBound <= isTaken.count
            && range.allSatisfy { !isTaken[$0] || $0 == marker }
    }
}

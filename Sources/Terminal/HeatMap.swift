public import Vocabulary

/// Values of several things over time, or of one over two measures, as shades: cores by seconds, hours by weekdays.
///
/// A shade is a glyph and a place in the chart's gradient, so it reads without colour. A gap stays empty; what was
/// measured is at least a dot.
public struct HeatMap: Sendable {
    /// One line of the map.
    public struct Row: Sendable {
        /// What stands before it.
        public var label: SafeText
        /// Oldest or first at the left; `nil` is a gap.
        public var values: [Double?]

        /// A line of values.
        public init(_ label: SafeText, _ values: [Double?]) {
            self.label = label
            self.values = values
        }
    }

    /// The lines from the top; where there are more than room, neighbours share one and the highest of them counts.
    public var rows: [Row]
    /// The values of the lightest and of the darkest shade.
    public var scale: ClosedRange<Double>
    /// How values are written.
    public var unit: Quantity.Unit
    /// How many values the whole width stands for.
    public var count: Int
    /// The number of the newest value, counted from any fixed origin: keeps the picture from shimmering.
    public var newest: Int
    /// What stands below the left edge.
    public var startLabel: SafeText = ""
    /// What stands below the right edge.
    public var endLabel: SafeText = "now"

    /// A map of lines with `count` values each.
    public init(
        _ rows: [Row], scale: ClosedRange<Double>, unit: Quantity.Unit, count: Int, newest: Int = 0
    ) {
        self.rows = rows
        self.scale = scale
        self.unit = unit
        self.count = max(1, count)
        self.newest = newest
    }

    /// Draws the map, its lines from the top; the last line tells the shades, where there is room for it.
    public func draw(in rect: Rect, on frame: inout Frame) {
        guard !rect.isEmpty, !rows.isEmpty else { return }
        let hasLegend = rect.rows >= 3 && rect.columns >= 24
        let body = rect.droppingBottom(hasLegend ? 1 : 0)
        let shown = grouped(into: body.rows)
        let labels = min((shown.map(\.label.columns).max() ?? 0) + 1, rect.columns / 3)
        // Few lines are taller, so that they look like a map.
        let height = max(1, min(3, body.rows / max(1, shown.count)))
        for (index, row) in shown.enumerated() {
            let place = body.droppingTop(index * height).top(height)
            frame.write(row.label, in: place.left(labels - 1), .dim, align: .right)
            for line in 0..<place.rows { draw(row.values, in: place.line(line).droppingLeft(labels), on: &frame) }
        }
        if hasLegend { drawLegend(in: rect.line(shown.count * height).droppingLeft(labels), on: &frame) }
    }

    /// As many lines as there is room for.
    func grouped(into room: Int) -> [Row] {
        guard rows.count > room, room > 0 else { return rows }
        let size = (rows.count + room - 1) / room
        return stride(from: 0, to: rows.count, by: size).map { start in
            let members = rows[start..<min(start + size, rows.count)]
            guard members.count > 1, let first = members.first, let last = members.last else { return rows[start] }
            let length = members.map(\.values.count).max() ?? 0
            let highest = (0..<length).map { back in
                members.compactMap { row in
                    let index = row.values.count - length + back
                    return row.values.indices.contains(index) ? row.values[index] : nil
                }.max()
            }
            return Row(first.label + "-" + last.label, highest)
        }
    }

    private func draw(_ values: [Double?], in line: Rect, on frame: inout Frame) {
        guard line.columns > 0 else { return }
        // With room for several cells a value, each gets the same number of them.
        let width = max(1, line.columns / count)
        let cells = width > 1 ? count : line.columns
        let newest = width > 1 ? count - 1 : newest
        let spread = Resampling(samples: count, dots: cells, newest: newest).values(Array(values.suffix(count)))
        let start = line.endColumn - cells * width
        let visible = line.intersection(frame.bounds)
        for (cell, value) in spread.enumerated() {
            guard let value else { continue }
            let (glyph, shade) = shade(of: value)
            for column in 0..<width {
                let place = Position(column: start + cell * width + column, row: line.row)
                guard visible.contains(place) else { continue }
                frame.putNarrow(glyph, at: place, Chart.gradientRole(shade), shade: shade)
            }
        }
    }

    /// The glyph of a value, and its place in the gradient.
    private func shade(of value: Double) -> (Unicode.Scalar, UInt8) {
        let length = scale.upperBound - scale.lowerBound
        let share = length > 0 ? min(max((value - scale.lowerBound) / length, 0), 1) : 0
        return (HeatMap.shades[Int((share * 4).rounded())], UInt8(1 + (share * 254).rounded()))
    }

    private static let shades: [Unicode.Scalar] = ["·", "░", "▒", "▓", "█"]

    private func drawLegend(in line: Rect, on frame: inout Frame) {
        frame.write(startLabel, in: line, .dim)
        frame.write(endLabel, in: line, .dim, align: .right)
        let (low, high) = (Quantity(scale.lowerBound, unit).axisLabel, Quantity(scale.upperBound, unit).axisLabel)
        let width = low.columns + high.columns + 7
        let ends = 2 * (max(startLabel.columns, endLabel.columns) + 2)
        guard width + ends <= line.columns else { return }
        var column = line.column + (line.columns - width) / 2
        column = frame.write(low, at: Position(column: column, row: line.row), .dim) + 1
        for (place, glyph) in HeatMap.shades.enumerated() {
            let shade = UInt8(1 + place * 254 / 4)
            frame.put(
                glyph, at: Position(column: column, row: line.row), Chart.gradientRole(shade), shade: shade,
                within: line)
            column += 1
        }
        frame.write(high, at: Position(column: column + 1, row: line.row), .dim, within: line)
    }
}

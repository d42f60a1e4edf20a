internal import Vocabulary

/// How often values occurred: a histogram, a box from p25 to p75 with p50, p90 and p99, and the scale below.
///
/// Quantiles are by nearest rank: each is a value that was measured.
public struct Distribution: Sendable {
    /// The values in rising order; gaps and what is not finite are left out.
    let values: [Double]
    /// How values are written.
    public var unit: Quantity.Unit
    /// The values at the left and at the right; `nil` goes from the lowest to the highest that was measured.
    public var scale: ClosedRange<Double>?

    /// The distribution of values in any order.
    public init(_ values: [Double?], unit: Quantity.Unit) {
        self.values = values.compactMap { $0 }.filter(\.isFinite).sorted()
        self.unit = unit
    }

    /// How many values were measured.
    public var count: Int { values.count }

    /// The value that a share of all values, 0 to 1, does not exceed; `nil` without any.
    public func quantile(_ share: Double) -> Double? {
        guard !values.isEmpty else { return nil }
        let rank = Int((min(max(share, 0), 1) * Double(values.count)).rounded(.up))
        return values[min(max(rank - 1, 0), values.count - 1)]
    }

    /// Draws as much as there is room for: first the figures, then the box, then the histogram above it.
    public func draw(in rect: Rect, on frame: inout Frame) {
        guard !rect.isEmpty else { return }
        guard let low = values.first, let high = values.last else {
            return frame.write("n/a: nothing was measured", in: rect, .dim)
        }
        drawFigures(in: rect.bottom(1), on: &frame)
        guard rect.rows >= 3, rect.columns >= 24 else { return }
        let axis = Axis(
            low: scale?.lowerBound ?? low, high: scale?.upperBound ?? high, columns: rect.columns)
        drawBox(axis, in: rect.droppingBottom(2).bottom(1), on: &frame)
        drawScale(axis, in: rect.droppingBottom(1).bottom(1), on: &frame)
        drawBars(axis, in: rect.droppingBottom(3), on: &frame)
    }

    /// Where values lie from left to right.
    struct Axis {
        let low: Double
        let high: Double
        let columns: Int

        func column(of value: Double) -> Int {
            guard high > low else { return columns / 2 }
            return min(columns - 1, max(0, Int((value - low) / (high - low) * Double(columns))))
        }
    }

    private static let marks: [(share: Double, name: SafeText)] = [(0.5, "p50"), (0.9, "p90"), (0.99, "p99")]

    private func drawFigures(in line: Rect, on frame: inout Frame) {
        var text = StyledText(spans: [])
        for mark in Distribution.marks {
            if !text.isEmpty { text += "   " }
            text += StyledText(mark.name + " ", .dim) + Quantity(quantile(mark.share), unit).styled(.strong)
        }
        frame.write(styled: text + StyledText("   of \(count)", .dim), in: line)
    }

    private func drawBox(_ axis: Axis, in line: Rect, on frame: inout Frame) {
        let quartiles = (quantile(0.25).map(axis.column) ?? 0)...(quantile(0.75).map(axis.column) ?? 0)
        let ends = (values.first.map(axis.column) ?? 0)...(values.last.map(axis.column) ?? 0)
        for column in ends {
            frame.put(
                quartiles.contains(column) ? "━" : "─", at: Position(column: line.column + column, row: line.row),
                quartiles.contains(column) ? .series1 : .frame, within: line)
        }
        // The last one drawn is the one that people look for first.
        for mark in Distribution.marks.reversed() {
            guard let column = quantile(mark.share).map(axis.column) else { continue }
            frame.put(
                "┃", at: Position(column: line.column + column, row: line.row),
                mark.share == 0.5 ? .strong : .threshold, within: line)
        }
    }

    /// The ends of the scale, and between them the names of the marks where there is room.
    private func drawScale(_ axis: Axis, in line: Rect, on frame: inout Frame) {
        var room = AxisRoom(columns: line.columns)
        let (low, high) = (Quantity(axis.low, unit).axisLabel, Quantity(axis.high, unit).axisLabel)
        frame.write(low, in: line, .dim)
        frame.write(high, in: line, .dim, align: .right)
        room.take(0..<low.columns)
        room.take(line.columns - high.columns..<line.columns)
        for mark in Distribution.marks {
            guard let column = quantile(mark.share).map(axis.column) else { continue }
            let wanted = column - 1..<column + 2
            guard room.isFree(wanted.lowerBound - 1..<wanted.upperBound + 1, beside: -1) else { continue }
            room.take(wanted)
            frame.write(
                mark.name, at: Position(column: line.column + wanted.lowerBound, row: line.row),
                mark.share == 0.5 ? .strong : .threshold)
        }
    }

    private func drawBars(_ axis: Axis, in rect: Rect, on frame: inout Frame) {
        guard !rect.isEmpty else { return }
        var counts = [Int](repeating: 0, count: rect.columns)
        for value in values { counts[axis.column(of: value)] += 1 }
        let most = counts.max() ?? 1
        let visible = rect.intersection(frame.bounds)
        for (column, count) in counts.enumerated() where count > 0 {
            // What occurred at all shows at least an eighth.
            let eighths = max(1, (count * rect.rows * 8 + most / 2) / most)
            for row in 0..<(eighths + 7) / 8 where row < rect.rows {
                let place = Position(column: rect.column + column, row: rect.endRow - 1 - row)
                guard visible.contains(place) else { continue }
                frame.putNarrow(Distribution.blocks[min(8, eighths - row * 8) - 1], at: place, .series1)
            }
        }
    }

    private static let blocks: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}

internal import Vocabulary

extension Chart {
    /// The columns of the scale: the widest label and the line behind it.
    var axisWidth: Int {
        let values = [scale.lowerBound, scale.upperBound] + visibleThresholds.map(\.value) + powers
        return (values.map { label($0).columns }.max() ?? 0) + 1
    }

    private var visibleThresholds: [Threshold] { thresholds.filter { scale.contains($0.value) } }

    /// The rows of the plot in which a threshold lies, from the top.
    func thresholdRows(_ rows: Int) -> [Int] { visibleThresholds.map { cellRow(of: $0.value, in: rows) } }

    /// The foot of a logarithmic scale stands for everything below, zero among it.
    private func label(_ value: Double) -> SafeText {
        let text = Quantity(value, unit).axisLabel
        return scaling == .logarithmic && value == scale.lowerBound ? "≤" + text : text
    }

    /// The powers of ten, of 1024 for bytes, that lie inside of a logarithmic scale.
    var powers: [Double] {
        guard scaling == .logarithmic, scale.lowerBound > 0 else { return [] }
        let base = unit == .bytes || unit == .bytesPerSecond ? 1024.0 : 10.0
        var power = 1.0
        while power <= scale.lowerBound, power < 1e300 { power *= base }
        while power / base > scale.lowerBound { power /= base }
        var found: [Double] = []
        while power < scale.upperBound, found.count < 30 {
            found.append(power)
            power *= base
        }
        return found
    }

    func drawScale(in rect: Rect, _ layout: Layout, on frame: inout Frame) {
        frame.verticalLine(rect.right(1), .frame, glyph: "┤")
        let labels = rect.droppingRight(1)
        let half = Rect(column: labels.column, row: labels.row, columns: labels.columns, rows: layout.above.rows)
        var taken: Set<Int> = []
        func write(_ value: Double, _ row: Int, _ role: Role = .dim) {
            guard taken.insert(row).inserted else { return }
            frame.write(label(value), in: labels.line(row), role, align: .right)
        }
        write(scale.upperBound, 0)
        if isMirrored {
            // Between two halves that touch, the middle line is the foot of the upper one.
            if layout.above.rows > 1 { write(scale.lowerBound, layout.above.rows - (layout.middle.isEmpty ? 1 : 0)) }
            write(scale.upperBound, rect.rows - 1)
        } else {
            write(scale.lowerBound, rect.rows - 1)
        }
        for threshold in visibleThresholds {
            write(threshold.value, cellRow(of: threshold.value, in: half.rows), .threshold)
        }
        for power in powers.reversed() {
            let row = cellRow(of: power, in: half.rows)
            if !taken.contains(row - 1), !taken.contains(row + 1) { write(power, row) }
        }
    }

    /// The row in which a value's highest dot lies, from the top.
    func cellRow(of value: Double, in rows: Int) -> Int {
        rows - 1 - (height(value, rows * 4) - 1) / 4
    }

    func drawThresholdLines(in plot: Rect, on frame: inout Frame) {
        for threshold in visibleThresholds where !plot.isEmpty {
            frame.horizontalLine(plot.line(cellRow(of: threshold.value, in: plot.rows)), .threshold, glyph: "┈")
        }
    }

    func drawThresholdLabels(in plot: Rect, avoiding dots: Braille, on frame: inout Frame) {
        for threshold in visibleThresholds where !threshold.label.isEmpty {
            let line = plot.line(cellRow(of: threshold.value, in: plot.rows))
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
}

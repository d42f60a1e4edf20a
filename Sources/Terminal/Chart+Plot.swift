extension Chart {
    /// The dots of the series on one side, counted upwards.
    func plotted(in plot: Rect, _ side: Series.Side) -> Braille {
        var dots = Braille(columns: plot.columns, rows: plot.rows)
        guard !plot.isEmpty else { return dots }
        let resampling = Resampling(samples: capacity, dots: dots.dotColumns, newest: newest)
        let shown = series.enumerated().filter { $0.element.side == side }
        stack(shown.filter { $0.element.kind == .layer }, resampling, in: &dots)
        for (index, series) in shown where series.kind == .area {
            fill(resampling.values(series.samples), role(of: series, at: index), in: &dots)
        }
        var lines = 0
        for (index, series) in shown where series.kind == .line {
            let dash = Dash(line: lines, phase: resampling.phase)
            trace(resampling.values(series.samples), role(of: series, at: index), dash, in: &dots)
            lines += 1
        }
        return dots
    }

    /// A measured zero keeps its lowest dot, so that it does not look like a gap.
    private func fill(_ values: [Double?], _ role: Role, in dots: inout Braille) {
        for (x, value) in values.enumerated() {
            guard let value else { continue }
            dots.fill(x, height: height(value, dots.dotRows), role: role)
            if isAboveScale(value) { dots.cut(x) }
        }
    }

    private func trace(_ values: [Double?], _ role: Role, _ dash: Dash, in dots: inout Braille) {
        var previous: Int?
        for (x, value) in values.enumerated() {
            guard let value else {
                previous = nil
                continue
            }
            let y = height(value, dots.dotRows) - 1
            // Steep steps are joined so that the line stays one line; the join starts beside the previous dot.
            let start = previous.map { $0 < y ? min($0 + 1, y) : max($0 - 1, y) } ?? y
            if dash.isDrawn(x) { dots.stroke(x, from: start, to: y, role: role) }
            if isAboveScale(value) { dots.cut(x) }
            previous = y
        }
    }

    /// Rounding makes shares of 100.02 %: that is not above the scale.
    func isAboveScale(_ value: Double) -> Bool {
        value > scale.upperBound + abs(scale.upperBound) * 0.005
    }

    func drawDots(_ dots: Braille, in plot: Rect, isFlipped: Bool = false, on frame: inout Frame) {
        let visible = plot.intersection(frame.bounds)
        guard !visible.isEmpty else { return }
        let limits = isFlipped ? [] : thresholdRows(plot.rows)
        for row in visible.row..<visible.endRow {
            let fromFoot = isFlipped ? row - plot.row : plot.endRow - 1 - row
            let shade = Chart.shade(row: fromFoot, of: plot.rows)
            let isLimit = limits.contains(row - plot.row)
            let isTop = fromFoot == plot.rows - 1
            for column in visible.column..<visible.endColumn {
                let index = (row - plot.row) * plot.columns + column - plot.column
                let bits = dots.dots(index)
                guard bits != 0 else { continue }
                let place = Position(column: column, row: row)
                if isTop, dots.isCut(column - plot.column) {
                    frame.putNarrow(isFlipped ? "▾" : "▴", at: place, .strong)
                    continue
                }
                // A threshold goes on through an area: in its own colour, on the area's own dots.
                let role = isLimit && dots.isArea(index) ? .threshold : dots.roles[index]
                let isGradient = role == .chartLow
                frame.putNarrow(
                    Braille.glyph(bits), at: place, isGradient ? Chart.gradientRole(shade) : role,
                    shade: isGradient ? shade : 0)
            }
        }
    }

    /// The place of a row in the gradient, 1 at the bottom to 255 at the top.
    static func shade(row: Int, of rows: Int) -> UInt8 {
        UInt8(1 + 254 * row / max(1, rows - 1))
    }

    /// The nearest of the three named colours of the gradient, for terminals that have no others.
    static func gradientRole(_ shade: UInt8) -> Role {
        shade < 86 ? .chartLow : shade < 171 ? .chartMid : .chartHigh
    }
}

/// How a line is broken, so that several differ without colour.
private struct Dash {
    let line: Int
    let phase: Int

    func isDrawn(_ x: Int) -> Bool {
        let place = phase + x
        switch line % 3 {
        case 0: return true
        case 1: return place - place / 6 * 6 < 4
        default: return place & 1 == 0
        }
    }
}

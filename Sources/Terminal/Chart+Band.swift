internal import Vocabulary

extension Chart {
    /// Dots in every cell that lies wholly or partly inside of the band, behind everything else.
    func drawBand(in plot: Rect, on frame: inout Frame) {
        let visible = plot.intersection(frame.bounds)
        guard !visible.isEmpty, band.contains(where: { $0 != nil }) else { return }
        let resampling = Resampling(samples: capacity, dots: plot.columns, newest: newest)
        let lows = resampling.values(band.map { $0?.lowerBound })
        let highs = resampling.values(band.map { $0?.upperBound })
        for column in visible.column..<visible.endColumn {
            guard let low = lows[column - plot.column], let high = highs[column - plot.column],
                high >= scale.lowerBound, low <= scale.upperBound
            else { continue }
            for row in cellRow(of: high, in: plot.rows)...cellRow(of: low, in: plot.rows) {
                let place = Position(column: column, row: plot.row + row)
                if visible.contains(place) { frame.putNarrow("·", at: place, .dim) }
            }
        }
    }

    /// Names the band in its highest row, at whichever end no dot of a series is in the way.
    func drawBandLabel(in plot: Rect, avoiding dots: Braille, on frame: inout Frame) {
        guard !bandLabel.isEmpty, !plot.isEmpty, let newest = band.compactMap(\.self).last,
            scale.overlaps(newest)
        else { return }
        let line = plot.line(cellRow(of: newest.upperBound, in: plot.rows))
        let width = bandLabel.columns + 2
        guard width <= plot.columns, !thresholdRows(plot.rows).contains(line.row - plot.row) else { return }
        let room = [line.right(width), line.left(width)].first { room in
            let start = (room.row - plot.row) * plot.columns + room.column - plot.column
            return (start..<start + width).allSatisfy { dots.dots($0) == 0 }
        }
        if let room { frame.write(" \(bandLabel) " as SafeText, in: room, .dim) }
    }
}

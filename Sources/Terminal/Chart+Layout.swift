internal import Vocabulary

extension Chart {
    /// Where the parts of a chart lie in a rectangle.
    struct Layout {
        /// The names and values of the series, where there is room.
        var legend: Rect?
        /// The scale beside the plot, where there is room.
        var scale: Rect?
        /// The time below the plot, where there is room.
        var time: Rect?
        /// Everything that shows values.
        var plot: Rect
        /// What is counted upwards: the whole plot, or its upper half.
        var above: Rect
        /// The line between both halves; empty when the halves touch.
        var middle: Rect
        /// What hangs down; empty without a middle line.
        var below: Rect

        init(of chart: Chart, in rect: Rect) {
            let hasLegend = chart.series.count { !$0.name.isEmpty } > 1 && rect.rows >= 5 && rect.columns >= 24
            let hasTime = rect.rows >= 3 && rect.columns >= 12
            let axis = chart.axisWidth
            let hasScale = rect.columns >= axis + 9
            let inner = rect.droppingTop(hasLegend ? 1 : 0).droppingBottom(hasTime ? 1 : 0)
            plot = inner.droppingLeft(hasScale ? axis : 0)
            if hasLegend { legend = rect.top(1).droppingLeft(hasScale ? axis : 0) }
            if hasScale { scale = inner.left(axis) }
            if hasTime { time = Rect(column: plot.column, row: inner.endRow, columns: plot.columns, rows: 1) }
            let half = chart.isMirrored ? plot.rows / 2 : plot.rows
            above = plot.top(half)
            below = chart.isMirrored ? plot.bottom(half) : plot.bottom(0)
            middle = plot.droppingTop(half).droppingBottom(chart.isMirrored ? half : plot.rows - half)
        }
    }

    /// The column of the screen that shows a moment; `nil` outside of the span.
    ///
    /// - Parameters:
    ///   - age: how long before the right edge it was.
    ///   - rect: where the whole chart is drawn.
    public func column(of age: Duration, in rect: Rect) -> Int? {
        let plot = Layout(of: self, in: rect).plot
        return column(of: age, across: plot.columns).map { plot.column + $0 }
    }

    /// The moment at a place of the screen, as its time before the right edge; `nil` outside of the plot.
    ///
    /// It is the middle of what the column stands for, so that ``column(of:in:)`` leads back to the same column.
    public func age(at position: Position, in rect: Rect) -> Duration? {
        let plot = Layout(of: self, in: rect).plot
        guard plot.contains(position) else { return nil }
        let fromRight = Double(plot.endColumn - 1 - position.column) + 0.5
        return .seconds(fromRight / Double(plot.columns) * span.inSeconds)
    }

    /// The column of the plot, counted from its left, that shows a moment; `nil` outside of the span.
    func column(of age: Duration, across columns: Int) -> Int? {
        let length = span.inSeconds
        guard length > 0, columns > 0 else { return nil }
        let share = age.inSeconds / length
        guard share >= 0, share <= 1 else { return nil }
        return min(columns - 1, max(0, columns - 1 - Int((share * Double(columns)).rounded(.down))))
    }
}

public import Vocabulary

/// Rows under a heading; columns that matter less drop out when there is no room.
public struct Table: Sendable {
    /// One column of the table.
    public struct Column: Sendable {
        /// What stands above it.
        public var title: SafeText
        /// The cells that it needs at least.
        public var width: Int
        /// Its part of the room that is left over; 0 keeps it at its width.
        public var stretch: Int
        /// Where its texts stand; numbers belong at the right.
        public var align: Alignment
        /// When it drops out: the highest goes first, 0 stays always.
        public var priority: Int

        /// A column; numbers are aligned right, texts left.
        public init(
            _ title: SafeText, width: Int, stretch: Int = 0, align: Alignment = .left, priority: Int = 0
        ) {
            self.title = title
            self.width = max(1, width)
            self.stretch = max(0, stretch)
            self.align = align
            self.priority = priority
        }
    }

    /// The columns from left to right.
    public var columns: [Column]
    /// What is said when there are no rows: what this is, and what to do.
    public var empty: SafeText
    /// Whether the titles are shown.
    public var hasHeader: Bool

    /// A table of these columns.
    public init(_ columns: [Column], empty: SafeText, hasHeader: Bool = true) {
        self.columns = columns
        self.empty = empty
        self.hasHeader = hasHeader
    }

    /// The rows that fit below the heading.
    public func visibleRows(in rect: Rect) -> Int {
        max(0, rect.rows - (hasHeader ? 1 : 0))
    }

    /// Draws the rows from `first` on; only those that are visible are asked for.
    ///
    /// - Parameters:
    ///   - count: how many rows there are.
    ///   - first: the row at the top, counted from 0.
    ///   - selected: the row under the cursor, if any.
    ///   - isFocused: whether keys go to this table; decides how the selected row is shown.
    ///   - row: the texts of a row, one a column.
    public func draw(
        count: Int, first: Int = 0, selected: Int? = nil, isFocused: Bool = true, in rect: Rect, on frame: inout Frame,
        row: (Int) -> [StyledText]
    ) {
        guard !rect.isEmpty else { return }
        guard count > 0 else {
            TextBlock(empty, .dim).draw(in: rect, on: &frame)
            return
        }
        let places = layout(rect.columns)
        if hasHeader { drawHeader(places, in: rect.line(0), on: &frame) }
        let body = rect.droppingTop(hasHeader ? 1 : 0)
        for line in 0..<max(0, min(body.rows, count - max(0, first))) {
            let index = max(0, first) + line
            let texts = row(index)
            let place = body.line(line)
            if index == selected { frame.fill(place, on: isFocused ? .selection : .selectionDim) }
            for (column, range) in places where column < texts.count {
                let cell = Rect(
                    column: place.column + range.lowerBound, row: place.row, columns: range.count, rows: 1)
                frame.write(styled: texts[column], in: cell, align: columns[column].align)
            }
        }
    }

    private func drawHeader(_ places: [(column: Int, range: Range<Int>)], in line: Rect, on frame: inout Frame) {
        for (column, range) in places {
            let cell = Rect(column: line.column + range.lowerBound, row: line.row, columns: range.count, rows: 1)
            frame.write(columns[column].title, in: cell, .dim, align: columns[column].align)
        }
    }

    /// The columns that fit, and where: two cells of air between them.
    func layout(_ room: Int) -> [(column: Int, range: Range<Int>)] {
        var kept = Array(columns.indices)
        while needed(kept) > room, let least = kept.max(by: { columns[$0].priority < columns[$1].priority }),
            columns[least].priority > 0
        {
            kept.removeAll { $0 == least }
        }
        let spare = max(0, room - needed(kept))
        let stretch = max(1, kept.reduce(0) { $0 + columns[$1].stretch })
        var given = 0
        var start = 0
        var places: [(column: Int, range: Range<Int>)] = []
        for index in kept {
            let before = spare * given / stretch
            given += columns[index].stretch
            let width = min(columns[index].width + spare * given / stretch - before, max(0, room - start))
            if width > 0 { places.append((index, start..<start + width)) }
            start += width + Table.gap
        }
        return places
    }

    private func needed(_ kept: [Int]) -> Int {
        kept.reduce(0) { $0 + columns[$1].width } + Table.gap * max(0, kept.count - 1)
    }

    private static let gap = 2
}

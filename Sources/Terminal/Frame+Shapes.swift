extension Frame {
    /// Fills a rectangle with spaces on a background, or with one narrow glyph.
    public mutating func fill(
        _ rect: Rect, with glyph: Unicode.Scalar = " ", _ role: Role = .text, on background: Role = .text
    ) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        let cell = Cell(glyph.cells == 1 ? glyph : " ", role: role, background: background)
        for row in area.row..<area.endRow {
            clearEdges(row: row, from: area.column, to: area.endColumn)
            for index in row * size.columns + area.column..<row * size.columns + area.endColumn {
                cells[index] = cell
            }
        }
    }

    /// Lays a background under what is there; glyphs and their roles stay.
    public mutating func shade(_ rect: Rect, on background: Role, _ attributes: Attributes = []) {
        let area = rect.intersection(bounds)
        for row in area.row..<area.endRow {
            for index in row * size.columns + area.column..<row * size.columns + area.endColumn {
                cells[index].background = background
                cells[index].attributes.formUnion(attributes)
            }
        }
    }

    /// Draws a line from left to right along the first row of a rectangle.
    public mutating func horizontalLine(_ rect: Rect, _ role: Role = .frame, glyph: Unicode.Scalar = "─") {
        let line = rect.line(0).intersection(bounds)
        guard !line.isEmpty else { return }
        for column in line.column..<line.endColumn {
            putNarrow(glyph, at: Position(column: column, row: line.row), role)
        }
    }

    /// Draws a line from top to bottom along the first column of a rectangle.
    public mutating func verticalLine(_ rect: Rect, _ role: Role = .frame, glyph: Unicode.Scalar = "│") {
        let line = rect.left(1).intersection(bounds)
        guard !line.isEmpty else { return }
        for row in line.row..<line.endRow {
            putNarrow(glyph, at: Position(column: line.column, row: row), role)
        }
    }

    /// Copies another frame into this one with its top left at a place, clipped; its cursor comes along.
    public mutating func draw(_ other: Frame, at origin: Position, within clip: Rect? = nil) {
        let area = Rect(
            column: origin.column, row: origin.row, columns: other.size.columns, rows: other.size.rows
        ).intersection(clip ?? bounds).intersection(bounds)
        guard !area.isEmpty else { return }
        for row in area.row..<area.endRow {
            clearEdges(row: row, from: area.column, to: area.endColumn)
            let source = (row - origin.row) * other.size.columns - origin.column
            for column in area.column..<area.endColumn {
                cells[row * size.columns + column] = other.cells[source + column]
            }
            repairEdges(row: row, from: area.column, to: area.endColumn)
        }
        if let cursor = other.cursor {
            let moved = Position(column: cursor.column + origin.column, row: cursor.row + origin.row)
            if area.contains(moved) { self.cursor = moved }
        }
    }

    /// Wide glyphs that reach over either edge lose both halves before the inside is overwritten.
    private mutating func clearEdges(row: Int, from start: Int, to end: Int) {
        let base = row * size.columns
        if start > 0, cells[base + start].isContinuation { makeSpace(base + start - 1) }
        if end < size.columns, cells[base + end].isContinuation { makeSpace(base + end) }
    }

    /// Halves that were cut off by the clip become spaces.
    private mutating func repairEdges(row: Int, from start: Int, to end: Int) {
        let base = row * size.columns
        if cells[base + start].isContinuation { makeSpace(base + start) }
        if let scalar = cells[base + end - 1].scalar, scalar.cells == 2 { makeSpace(base + end - 1) }
    }

    private mutating func makeSpace(_ index: Int) {
        cells[index].glyph = 0x20
        cells[index].marks = 0
    }
}

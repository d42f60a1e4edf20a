/// A rectangle of cells; every drawing call stays inside of one.
public struct Rect: Hashable, Sendable {
    /// The leftmost column.
    public var column: Int
    /// The top row.
    public var row: Int
    /// The width in cells, 0 or more.
    public var columns: Int
    /// The height in cells, 0 or more.
    public var rows: Int

    /// A rectangle by its top left cell and its size; negative sizes become 0.
    public init(column: Int = 0, row: Int = 0, columns: Int, rows: Int) {
        self.column = column
        self.row = row
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    /// A whole screen of this size.
    public init(_ size: Size) {
        self.init(columns: size.columns, rows: size.rows)
    }

    /// The first column to the right of the rectangle.
    public var endColumn: Int { column + columns }
    /// The first row below the rectangle.
    public var endRow: Int { row + rows }
    /// The top left cell.
    public var origin: Position { Position(column: column, row: row) }
    /// Width and height.
    public var size: Size { Size(columns: columns, rows: rows) }
    /// Whether there is no cell in it.
    public var isEmpty: Bool { columns == 0 || rows == 0 }

    /// Whether the cell lies inside.
    public func contains(_ position: Position) -> Bool {
        position.column >= column && position.column < endColumn && position.row >= row && position.row < endRow
    }

    /// The part that both have.
    public func intersection(_ other: Rect) -> Rect {
        let left = max(column, other.column)
        let top = max(row, other.row)
        return Rect(
            column: left, row: top, columns: min(endColumn, other.endColumn) - left,
            rows: min(endRow, other.endRow) - top)
    }

    /// One row of it, counted from its top; empty when there is no such row.
    public func line(_ index: Int) -> Rect {
        guard index >= 0, index < rows else { return Rect(column: column, row: endRow, columns: columns, rows: 0) }
        return Rect(column: column, row: row + index, columns: columns, rows: 1)
    }

    /// The rectangle without this many cells at each side.
    public func inset(columns side: Int = 0, rows edge: Int = 0) -> Rect {
        Rect(column: column + side, row: row + edge, columns: columns - 2 * side, rows: rows - 2 * edge)
    }
}

extension Rect {
    /// The topmost rows, at most as many as there are.
    public func top(_ count: Int) -> Rect {
        Rect(column: column, row: row, columns: columns, rows: min(max(0, count), rows))
    }

    /// What is left below the topmost rows.
    public func droppingTop(_ count: Int) -> Rect {
        let dropped = min(max(0, count), rows)
        return Rect(column: column, row: row + dropped, columns: columns, rows: rows - dropped)
    }

    /// The bottom rows, at most as many as there are.
    public func bottom(_ count: Int) -> Rect {
        let kept = min(max(0, count), rows)
        return Rect(column: column, row: endRow - kept, columns: columns, rows: kept)
    }

    /// What is left above the bottom rows.
    public func droppingBottom(_ count: Int) -> Rect {
        top(rows - min(max(0, count), rows))
    }

    /// The leftmost columns, at most as many as there are.
    public func left(_ count: Int) -> Rect {
        Rect(column: column, row: row, columns: min(max(0, count), columns), rows: rows)
    }

    /// What is left to the right of the leftmost columns.
    public func droppingLeft(_ count: Int) -> Rect {
        let dropped = min(max(0, count), columns)
        return Rect(column: column + dropped, row: row, columns: columns - dropped, rows: rows)
    }

    /// The rightmost columns, at most as many as there are.
    public func right(_ count: Int) -> Rect {
        let kept = min(max(0, count), columns)
        return Rect(column: endColumn - kept, row: row, columns: kept, rows: rows)
    }

    /// What is left to the left of the rightmost columns.
    public func droppingRight(_ count: Int) -> Rect {
        left(columns - min(max(0, count), columns))
    }

    /// Tiles from left to right in proportion to the weights, with `gap` columns of air between them.
    ///
    /// Every column is given to a tile: rounding never leaves a hole at the right edge.
    public func columns(weights: [Int], gap: Int = 0) -> [Rect] {
        shares(of: columns, weights: weights, gap: gap).map { start, length in
            Rect(column: column + start, row: row, columns: length, rows: rows)
        }
    }

    /// Tiles from top to bottom in proportion to the weights, with `gap` rows of air between them.
    public func rows(weights: [Int], gap: Int = 0) -> [Rect] {
        shares(of: rows, weights: weights, gap: gap).map { start, length in
            Rect(column: column, row: row + start, columns: columns, rows: length)
        }
    }

    private func shares(of whole: Int, weights: [Int], gap: Int) -> [(start: Int, length: Int)] {
        let total = weights.reduce(0) { $0 + max(0, $1) }
        guard total > 0 else { return [] }
        let room = max(0, whole - gap * (weights.count - 1))
        var passed = 0
        return weights.enumerated().map { index, weight in
            let start = room * passed / total
            passed += max(0, weight)
            return (start + gap * index, room * passed / total - start)
        }
    }
}

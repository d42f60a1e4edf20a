/// The size of a screen or a part of it, in character cells.
public struct Size: Hashable, Sendable {
    /// Cells from left to right, 0 or more.
    public var columns: Int
    /// Cells from top to bottom, 0 or more.
    public var rows: Int

    /// A size; negative numbers become 0.
    public init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}

/// A cell of the screen, counted from 0 at the top left.
public struct Position: Hashable, Sendable {
    /// Cells to the right of the left edge.
    public var column: Int
    /// Cells below the top edge.
    public var row: Int

    /// A cell by its distance from the left and the top edge.
    public init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

/// Where a text stands in the room that it has.
public enum Alignment: Sendable {
    /// At the left edge.
    case left
    /// In the middle, nearer to the left when it cannot be even.
    case centre
    /// At the right edge.
    case right
}

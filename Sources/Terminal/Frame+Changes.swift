/// The cells of one row that differ between two frames.
public struct RowChange: Equatable, Sendable {
    /// The row, counted from the top.
    public let row: Int
    /// From the first cell that differs to behind the last; never starts or ends inside of a wide glyph.
    public let columns: Range<Int>
}

extension Frame {
    /// The rows that look different from an earlier frame, from top to bottom; all rows when the size differs.
    public func changes(from earlier: Frame) -> [RowChange] {
        guard earlier.size == size else {
            return size.columns == 0 ? [] : (0..<size.rows).map { RowChange(row: $0, columns: 0..<size.columns) }
        }
        return (0..<size.rows).compactMap { row in
            change(row: row, from: earlier)
        }
    }

    private func change(row: Int, from earlier: Frame) -> RowChange? {
        let start = row * size.columns
        let end = start + size.columns
        let (now, before) = (cells.span, earlier.cells.span)
        var first = start
        while first < end, now[first] == before[first] { first += 1 }
        guard first < end else { return nil }
        var last = end - 1
        while now[last] == before[last] { last -= 1 }
        while first > start, cells[first].isContinuation || earlier.cells[first].isContinuation { first -= 1 }
        while last + 1 < end, cells[last + 1].isContinuation || earlier.cells[last + 1].isContinuation { last += 1 }
        return RowChange(row: row, columns: first - start..<last + 1 - start)
    }
}

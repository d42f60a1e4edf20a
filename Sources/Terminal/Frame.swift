public import Vocabulary

/// What a screen shows: a rectangle of cells and, where a person types, a cursor.
///
/// Everything is drawn clipped: no call writes outside the frame or outside the rectangle that it was given. Text comes
/// in as `SafeText` only, so nothing that is drawn can command the terminal.
public struct Frame: Hashable, Sendable {
    /// Width and height.
    public let size: Size
    /// Where the terminal's cursor stands; `nil` hides it.
    public var cursor: Position?
    /// Row after row from the top left.
    var cells: [Cell]

    /// An empty frame.
    public init(_ size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: size.columns * size.rows)
    }

    /// The whole frame as a rectangle.
    public var bounds: Rect { Rect(size) }

    /// The cell at this place; a blank one outside of the frame.
    public subscript(position: Position) -> Cell {
        bounds.contains(position) ? cells[position.row * size.columns + position.column] : .blank
    }

    /// The cells of one row from left to right; a row that does not exist has none.
    public func row(_ row: Int) -> ArraySlice<Cell> {
        guard row >= 0, row < size.rows else { return [] }
        return cells[row * size.columns..<(row + 1) * size.columns]
    }

    /// Writes a text on one line from this place to the right, clipped; line breaks become spaces.
    ///
    /// - Parameters:
    ///   - background: what the background means; `nil` leaves what is there.
    ///   - clip: the rectangle that may be written, the whole frame if `nil`.
    /// - Returns: the column behind the last glyph, also when that is outside of the clip.
    @discardableResult
    public mutating func write(
        _ text: SafeText, at position: Position, _ role: Role = .text, _ attributes: Attributes = [],
        on background: Role? = nil, within clip: Rect? = nil
    ) -> Int {
        let clip = clip.map { $0.intersection(bounds) } ?? bounds
        var column = position.column
        let isVisible = position.row >= clip.row && position.row < clip.endRow
        if let width = text.text.asciiColumns {
            if isVisible { writeASCII(text.text, at: position, role, attributes, on: background, within: clip) }
            return column + width
        }
        var glyphs = Glyphs(text.text)
        while let glyph = glyphs.next() {
            if isVisible, column < clip.endColumn {
                put(
                    glyph, at: Position(column: column, row: position.row), role, attributes, on: background,
                    within: clip)
            }
            column += glyph.columns
        }
        return column
    }

    /// Writes what is nothing but ASCII, one cell a byte, without taking glyphs apart; the row is visible.
    private mutating func writeASCII(
        _ text: String, at position: Position, _ role: Role, _ attributes: Attributes, on background: Role?,
        within clip: Rect
    ) {
        let bytes = text.utf8Span.span
        let row = position.row * size.columns
        let first = max(position.column, clip.column)
        let end = min(position.column + bytes.count, clip.endColumn)
        guard first < end else { return }
        separateWideGlyphs(at: row + first, columns: end - first, row: position.row)
        for column in first..<end {
            let byte = bytes[column - position.column]
            let shown = byte < 0x20 || byte == 0x7F ? Glyphs.shown(Unicode.Scalar(byte)) : Unicode.Scalar(byte)
            cells[row + column] = Cell(
                shown, role: role, background: background ?? cells[row + column].background, attributes: attributes)
        }
    }

    /// Writes a text on the first line of a rectangle, cut with `…` where it is too long.
    public mutating func write(
        _ text: SafeText, in rect: Rect, _ role: Role = .text, _ attributes: Attributes = [],
        align: Alignment = .left, on background: Role? = nil
    ) {
        guard !rect.isEmpty else { return }
        let text = text.truncated(to: rect.columns)
        let column = rect.column + align.offset(of: text.columns, in: rect.columns)
        write(text, at: Position(column: column, row: rect.row), role, attributes, on: background, within: rect)
    }

    /// Puts one glyph without marks, such as a part of a line or of a chart; wide ones are cut to a space at an edge.
    public mutating func put(
        _ scalar: Unicode.Scalar, at position: Position, _ role: Role, _ attributes: Attributes = [],
        on background: Role? = nil, shade: UInt8 = 0, within clip: Rect? = nil
    ) {
        let clip = clip.map { $0.intersection(bounds) } ?? bounds
        var glyphs = Glyphs(String(scalar))
        guard let glyph = glyphs.next() else { return }
        put(glyph, at: position, role, attributes, on: background, within: clip)
        if shade > 0, clip.contains(position) { cells[position.row * size.columns + position.column].shade = shade }
    }

    /// Puts a glyph known to take one cell; the caller has clipped.
    mutating func putNarrow(_ scalar: Unicode.Scalar, at position: Position, _ role: Role, shade: UInt8 = 0) {
        let index = position.row * size.columns + position.column
        separateWideGlyphs(at: index, columns: 1, row: position.row)
        cells[index] = Cell(scalar, role: role, background: cells[index].background, shade: shade)
    }

    private mutating func put(
        _ glyph: Glyph, at position: Position, _ role: Role, _ attributes: Attributes, on background: Role?,
        within clip: Rect
    ) {
        if glyph.columns == 2 {
            let isLeftVisible = clip.contains(position)
            let right = Position(column: position.column + 1, row: position.row)
            guard isLeftVisible, clip.contains(right) else {
                // Half a glyph cannot be shown: the visible half is a space.
                let space = Glyph(scalar: " ", columns: 1)
                let half = isLeftVisible ? position : right
                return put(space, at: half, role, attributes, on: background, within: clip)
            }
        }
        guard clip.contains(position) else { return }
        let index = position.row * size.columns + position.column
        separateWideGlyphs(at: index, columns: glyph.columns, row: position.row)
        var cell = Cell(
            glyph.scalar, role: role, background: background ?? cells[index].background, attributes: attributes)
        cell.marks = glyph.marks
        cells[index] = cell
        if glyph.columns == 2 {
            cell.glyph = 0
            cell.marks = 0
            cells[index + 1] = cell
        }
    }

    /// Turns the halves of wide glyphs that are about to lose their other half into spaces.
    private mutating func separateWideGlyphs(at index: Int, columns: Int, row: Int) {
        if cells[index].isContinuation, index > row * size.columns { blankGlyph(at: index - 1) }
        let next = index + columns
        if next < (row + 1) * size.columns, cells[next].isContinuation { blankGlyph(at: next) }
    }

    private mutating func blankGlyph(at index: Int) {
        cells[index].glyph = 0x20
        cells[index].marks = 0
    }
}

extension Alignment {
    /// How far from the left a text of this width starts.
    func offset(of width: Int, in room: Int) -> Int {
        switch self {
        case .left: 0
        case .centre: max(0, (room - width) / 2)
        case .right: max(0, room - width)
        }
    }
}

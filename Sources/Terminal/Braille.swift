/// A field of dots, two across and four down in every cell, with areas behind and lines in front.
struct Braille {
    let columns: Int
    let rows: Int
    private(set) var roles: [Role]
    private var areas: [UInt8]
    private var lines: [UInt8]

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        areas = Array(repeating: 0, count: columns * rows)
        lines = areas
        roles = Array(repeating: .text, count: columns * rows)
    }

    var dotColumns: Int { columns * 2 }
    var dotRows: Int { rows * 4 }

    /// Fills a column of dots from the bottom up to a height in dots; areas come before lines.
    mutating func fill(_ x: Int, height: Int, role: Role) {
        var left = min(height, dotRows)
        var index = (rows - 1) * columns + x / 2
        while left > 0 {
            areas[index] |= Braille.filled[(x & 1) * 5 + min(left, 4)]
            roles[index] = role
            left -= 4
            index -= columns
        }
    }

    /// Sets the dots of a column from one height to another, both counted from 0 at the bottom, in either order.
    mutating func stroke(_ x: Int, from start: Int, to end: Int, role: Role) {
        for y in min(start, end)...max(start, end) where y >= 0 && y < dotRows {
            let index = (rows - 1 - y / 4) * columns + x / 2
            lines[index] |= Braille.single[(x & 1) * 4 + y % 4]
            roles[index] = role
        }
    }

    /// The dots of a cell, counted by rows from the top left.
    ///
    /// Inside of a wide area a line is cut out of it, or it could not be seen without colour; at the edge of an area and
    /// on its peaks both are shown, so that the area keeps its shape.
    func dots(_ index: Int) -> UInt8 {
        guard lines[index] != 0 else { return areas[index] }
        return isInside(index) ? lines[index] : lines[index] | areas[index]
    }

    /// Whether an area and no line is in this cell.
    func isArea(_ index: Int) -> Bool { areas[index] != 0 && lines[index] == 0 }

    private func isInside(_ index: Int) -> Bool {
        let column = index % columns
        let isLeftFull = column == 0 || areas[index - 1] == 0xFF
        let isRightFull = column == columns - 1 || areas[index + 1] == 0xFF
        return areas[index] == 0xFF && isLeftFull && isRightFull
    }

    /// Left column then right column, by how many dots are filled from the bottom.
    private static let filled: [UInt8] = [0, 0x40, 0x44, 0x46, 0x47, 0, 0x80, 0xA0, 0xB0, 0xB8]
    /// Left column then right column, one dot by its height from the bottom.
    private static let single: [UInt8] = [0x40, 0x04, 0x02, 0x01, 0x80, 0x20, 0x10, 0x08]

    /// The glyph of these dots.
    static func glyph(_ bits: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(0x2800 + UInt32(bits)) ?? " "
    }
}

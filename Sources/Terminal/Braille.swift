/// A field of dots, two across and four down in every cell, with areas behind and lines in front.
struct Braille {
    let columns: Int
    let rows: Int
    private(set) var roles: [Role]
    private var areas: [UInt8]
    private var lines: [UInt8]
    /// How many dots of a cell belong to the layer that gives it its role.
    private var weights: [UInt8]
    /// The columns of cells in which something is higher than the field.
    private var cuts: Set<Int> = []

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        areas = Array(repeating: 0, count: columns * rows)
        lines = areas
        weights = areas
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

    /// Adds a layer of a stack: for each column of dots from where to where, counted from 0 at the bottom.
    ///
    /// A cell has one role: that of the layer with most of its dots, the upper one of two. The upper edge is whole,
    /// whatever the texture.
    mutating func add(layer: [Range<Int>?], role: Role, texture: UInt8) {
        var own = [UInt8](repeating: 0, count: areas.count)
        for (x, range) in layer.enumerated() {
            guard let range, !range.isEmpty else { continue }
            let end = min(range.upperBound, dotRows)
            for row in range.lowerBound / 4...max(range.lowerBound, end - 1) / 4 where row < rows {
                let low = max(range.lowerBound - row * 4, 0)
                let high = min(end - row * 4, 4)
                guard high > low else { continue }
                let whole = Braille.filled[(x & 1) * 5 + high] & ~Braille.filled[(x & 1) * 5 + low]
                let index = (rows - 1 - row) * columns + x / 2
                areas[index] |= whole & texture
                own[index] += UInt8(high - low)
            }
            if end > range.lowerBound {
                areas[(rows - 1 - (end - 1) / 4) * columns + x / 2] |= Braille.single[(x & 1) * 4 + (end - 1) % 4]
            }
        }
        for index in own.indices where own[index] > 0 && own[index] >= weights[index] {
            roles[index] = role
            weights[index] = own[index]
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

    /// Notes that a column of dots goes on above the field.
    mutating func cut(_ x: Int) { cuts.insert(x / 2) }

    /// Whether something in a column of cells goes on above the field.
    func isCut(_ column: Int) -> Bool { cuts.contains(column) }

    /// The same upside down.
    func flipped() -> Braille {
        var turned = self
        for row in 0..<rows {
            for column in 0..<columns {
                let (from, to) = (row * columns + column, (rows - 1 - row) * columns + column)
                turned.areas[to] = Braille.turned(areas[from])
                turned.lines[to] = Braille.turned(lines[from])
                turned.roles[to] = roles[from]
            }
        }
        return turned
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

    /// The dots of a cell upside down.
    private static func turned(_ bits: UInt8) -> UInt8 {
        guard bits != 0 else { return 0 }
        return (0..<8).reduce(0) { sum, place in
            let opposite = place / 4 * 4 + 3 - place % 4
            return bits & single[place] == 0 ? sum : sum | single[opposite]
        }
    }

    /// The glyph of these dots.
    static func glyph(_ bits: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(0x2800 + UInt32(bits)) ?? " "
    }
}

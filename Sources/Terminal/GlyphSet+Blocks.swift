extension GlyphSet {
    /// The cell with its dots as blocks.
    static func withoutBraille(_ cell: Cell) -> Cell {
        guard (0x2800...0x28FF).contains(cell.glyph) else { return cell }
        var cell = cell
        cell.glyph = dotsAsBlocks[Int(cell.glyph - 0x2800)]
        return cell
    }

    private static let dotsAsBlocks: [UInt32] = (0...255).map { block(UInt8($0)) }

    /// A level surface in quarters of a cell, anything else in four quadrants, a texture as a shade.
    private static func block(_ bits: UInt8) -> UInt32 {
        guard bits != 0 else { return 0x20 }
        if let level = levels.firstIndex(of: bits) { return [0x2582, 0x2584, 0x2586, 0x2588][level] }
        let quadrants = [0x03, 0x18, 0x44, 0xA0].map { (bits & $0).nonzeroBitCount }
        if quadrants == [1, 1, 1, 1] { return 0x2592 }
        let filled = quadrants.enumerated().reduce(0) { $1.element > 0 ? $0 | 1 << $1.offset : $0 }
        return signs[filled]
    }

    /// One to four rows of dots from the bottom.
    private static let levels: [UInt8] = [0xC0, 0xE4, 0xF6, 0xFF]

    /// By quadrant: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
    private static let signs: [UInt32] = [
        0x20, 0x2598, 0x259D, 0x2580, 0x2596, 0x258C, 0x259E, 0x259B, 0x2597, 0x259A, 0x2590, 0x259C, 0x2584, 0x2599,
        0x259F, 0x2588,
    ]
}

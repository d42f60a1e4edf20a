public import Vocabulary

extension Unicode.Scalar {
    /// The cells this scalar takes on a terminal: 0 for marks and joiners, 2 for wide glyphs, else 1.
    var cells: Int {
        guard value >= 0x300 else { return 1 }
        // Frames, blocks and braille are most of what a console draws.
        guard !(0x2500..<0x25FD).contains(value), !(0x2800..<0x2900).contains(value) else { return 1 }
        if WidthTable.contains(value, in: WidthTable.zero) { return 0 }
        return WidthTable.contains(value, in: WidthTable.wide) ? 2 : 1
    }
}

extension SafeText {
    /// The cells that the text takes on one line; line breaks count as one.
    public var columns: Int {
        if let columns = text.asciiColumns { return columns }
        var sum = 0
        var glyphs = Glyphs(text)
        while let glyph = glyphs.next() { sum += glyph.columns }
        return sum
    }

    /// The text, or as much as fits into this many cells with `…` as its last.
    public func truncated(to columns: Int) -> SafeText {
        guard columns > 0 else { return "" }
        // A scalar takes at most two cells and at least one byte: short texts need no counting.
        guard text.utf8.count > columns, self.columns > columns else { return self }
        let cut = text.index(after: columns - 1)
        return slice(text.startIndex..<cut) + "…"
    }
}

extension String {
    /// The cells of a text that is nothing but ASCII, known without looking at its glyphs; `nil` for any other.
    var asciiColumns: Int? {
        var bytes = utf8Span
        return bytes.checkForASCII() ? bytes.count : nil
    }

    /// The end of the longest beginning that takes at most this many cells.
    func index(after columns: Int) -> Index {
        if let all = asciiColumns { return utf8.index(startIndex, offsetBy: max(0, min(columns, all))) }
        var room = columns
        var glyphs = Glyphs(self)
        var end = startIndex
        while let glyph = glyphs.next() {
            room -= glyph.columns
            guard room >= 0 else { break }
            end = glyphs.position
        }
        return end
    }
}

/// One glyph of a text, reduced to what every terminal shows alike: one spacing scalar and its marks.
struct Glyph: Equatable {
    var scalar: Unicode.Scalar
    /// Packed as in `Cell`.
    var marks: UInt64 = 0
    /// One or two cells.
    var columns: Int
}

/// Splits a text into glyphs of known width, so that the frame and the terminal agree about every column.
///
/// Terminals disagree about emoji that are joined, coloured or selected: joined ones become their first, skin tones and
/// variation selectors go, flags become their two letters. Marks stay on their base, at most four.
/// Hangul that comes in parts is composed (Unicode Standard 3.12). What cannot be shown becomes `U+FFFD`.
struct Glyphs: IteratorProtocol {
    private let scalars: String.UnicodeScalarView
    /// Where the next glyph starts.
    var position: String.Index

    init(_ text: String) {
        scalars = text.unicodeScalars
        position = scalars.startIndex
    }

    mutating func next() -> Glyph? {
        guard position < scalars.endIndex else { return nil }
        let first = scalars[position]
        scalars.formIndex(after: &position)
        if first.value < 0x7F, position == scalars.endIndex || scalars[position].value < 0x300 {
            return Glyph(scalar: first.value < 0x20 ? Glyphs.shown(first) : first, columns: 1)
        }
        var glyph = Glyphs.start(first)
        while position < scalars.endIndex, absorb(scalars[position], into: &glyph, first: first) {
            scalars.formIndex(after: &position)
        }
        return glyph
    }

    private static func start(_ scalar: Unicode.Scalar) -> Glyph {
        let shown = shown(scalar)
        let width = shown.cells
        // A mark without a base stands on a space.
        guard width > 0 else { return Glyph(scalar: " ", marks: pack(shown, onto: 0), columns: 1) }
        return Glyph(scalar: shown, columns: width)
    }

    /// Takes a scalar that belongs to the glyph before it; says whether it did.
    private mutating func absorb(_ scalar: Unicode.Scalar, into glyph: inout Glyph, first: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300 else { return false }
        if let syllable = Glyphs.composed(glyph.scalar, scalar) {
            glyph.scalar = syllable
            return true
        }
        if scalar.value == 0x200D {
            skipJoined(to: first)
            return true
        }
        if (0x1F3FB...0x1F3FF).contains(scalar.value) { return first.properties.isEmoji && first.value > 0xFF }
        guard scalar.cells == 0 else { return false }
        glyph.marks = Glyphs.pack(scalar, onto: glyph.marks)
        return true
    }

    /// Leaves out the emoji behind a joiner; a letter behind a joiner stays.
    private mutating func skipJoined(to first: Unicode.Scalar) {
        let next = scalars.index(after: position)
        guard first.properties.isEmoji, first.value > 0xFF, next < scalars.endIndex,
            scalars[next].properties.isEmoji, scalars[next].value > 0xFF
        else { return }
        position = next
    }

    /// The scalar as it may stand in a cell.
    static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x0A: " "
        case 0x20..<0x7F: scalar
        case 0..<0xA0, 0xAD, 0xE000...0xF8FF, 0xFFF9...0xFFFB, 0xE0000...0x10FFFF: "\u{FFFD}"
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: "\u{FFFD}"
        case 0x1F1E6...0x1F1FF: Unicode.Scalar(UInt8(0x41 + scalar.value - 0x1F1E6))
        default: scalar
        }
    }

    /// Adds a mark that overlays its base; anything else of no width, and a fifth mark, is left out.
    private static func pack(_ mark: Unicode.Scalar, onto marks: UInt64) -> UInt64 {
        guard mark.value <= 0xFFFF, mark.properties.generalCategory == .nonspacingMark,
            !(0xFE00...0xFE0F).contains(mark.value)
        else { return marks }
        var place: UInt64 = 0
        while place < 64, marks >> place & 0xFFFF != 0 { place += 16 }
        return place == 64 ? marks : marks | UInt64(mark.value) << place
    }

    /// The Hangul syllable of a beginning and the part that follows it.
    private static func composed(_ base: Unicode.Scalar, _ part: Unicode.Scalar) -> Unicode.Scalar? {
        if (0x1100...0x1112).contains(base.value), (0x1161...0x1175).contains(part.value) {
            return Unicode.Scalar(0xAC00 + ((base.value - 0x1100) * 21 + part.value - 0x1161) * 28)
        }
        if (0xAC00...0xD7A3).contains(base.value), (base.value - 0xAC00) % 28 == 0,
            (0x11A8...0x11C2).contains(part.value)
        {
            return Unicode.Scalar(base.value + part.value - 0x11A7)
        }
        return nil
    }
}

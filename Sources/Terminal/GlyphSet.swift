/// The glyphs that a terminal can show.
public enum GlyphSet: Sendable {
    /// Everything that has a known width.
    case unicode
    /// Everything but braille, which some fonts lack or draw uneven: charts are drawn with blocks.
    case blocks
    /// Printable ASCII only, for terminals without UTF-8.
    case ascii

    /// The cell as it can be shown: as it is, or with a block or a glyph of ASCII in its place; the width never changes.
    public func shown(_ cell: Cell) -> Cell {
        if self == .blocks { return GlyphSet.withoutBraille(cell) }
        guard self == .ascii, cell.glyph >= 0x7F || cell.marks != 0 || cell.isContinuation else { return cell }
        var cell = cell
        cell.marks = 0
        cell.glyph = cell.isContinuation ? 0x20 : GlyphSet.ascii(cell.glyph)
        return cell
    }

    private static func ascii(_ glyph: UInt32) -> UInt32 {
        switch glyph {
        case 0x20..<0x7F: glyph
        case 0x2500...0x257F: line(glyph)
        case 0x2581...0x2588: letter(eighths, Int(glyph - 0x2581))
        case 0x2589...0x258F: glyph <= 0x258C ? 0x23 : 0x3D
        case 0x2591...0x2593: letter(shades, Int(glyph - 0x2591))
        case 0x2800...0x28FF: dots(UInt8(glyph - 0x2800))
        default: signs[glyph] ?? 0x3F
        }
    }

    private static let eighths = Array("_.,-=+*#".utf8)
    private static let shades = Array(".:*".utf8)

    private static func letter(_ letters: [UInt8], _ index: Int) -> UInt32 { UInt32(letters[index]) }

    /// Lines of frames and of axes.
    private static func line(_ glyph: UInt32) -> UInt32 {
        switch glyph {
        case 0x2500, 0x2501, 0x254C, 0x254D, 0x2550: 0x2D
        case 0x2502, 0x2503, 0x2551, 0x2524: 0x7C
        case 0x2504, 0x2505, 0x2508, 0x2509: 0x2E
        case 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F: 0x3A
        default: 0x2B
        }
    }

    /// Braille by where its dots are: a line of them stays readable, an area becomes denser.
    private static func dots(_ bits: UInt8) -> UInt32 {
        let isUpper = bits & 0b0001_1011 != 0
        let isLower = bits & 0b1110_0100 != 0
        return switch bits.nonzeroBitCount {
        case 0: 0x20
        case 7, 8: 0x23
        case 5, 6: 0x2A
        default: isUpper && isLower ? 0x3A : isUpper ? 0x27 : 0x2E
        }
    }

    /// Signs that must stay different from each other.
    private static let signs: [UInt32: UInt32] = [
        0x25CF: 0x6F,  // ● o
        0x25CB: 0x30,  // ○ 0
        0x25B2: 0x21,  // ▲ !
        0x25BC: 0x76,  // ▼ v
        0x25A0: 0x58,  // ■ X
        0x25CC: 0x63,  // ◌ c
        0x2713: 0x56,  // ✓ V
        0x2714: 0x56,  // ✔ V
        0x2717: 0x78,  // ✗ x
        0x231B: 0x7E,  // ⌛ ~
        0x25C6: 0x5E,  // ◆ ^
        0x25C7: 0x3D,  // ◇ =
        0x21BB: 0x40,  // ↻ @
        0x2298: 0x25,  // ⊘ %
        0x25B4: 0x5E,  // ▴ ^
        0x25BE: 0x76,  // ▾ v
        0x2264: 0x3C,  // ≤ <
        0x2605: 0x2A,  // ★ *
        0x2606: 0x2E,  // ☆ .
        0x25B6: 0x3E,  // ▶ >
        0x25C0: 0x3C,  // ◀ <
        0x2190: 0x3C,  // ← <
        0x2191: 0x5E,  // ↑ ^
        0x2192: 0x3E,  // → >
        0x2193: 0x76,  // ↓ v
        0x270E: 0x26,  // ✎ &
        0x2026: 0x2E,  // … .
        0x00B7: 0x2D,  // · -
        0x2022: 0x2A,  // • *
        0x2013: 0x2D,  // – -
        0x2014: 0x2D,  // — -
        0x2018: 0x27,  // ‘ '
        0x2019: 0x27,  // ’ '
        0x201C: 0x22,  // “ "
        0x201D: 0x22,  // ” "
        0x00D7: 0x78,  // × x
        0x00B5: 0x75,  // µ u
        0x00A7: 0x53,  // § S
        0x00A0: 0x20,
    ]
}

/// One character cell: sixteen bytes that are copied and compared without touching memory elsewhere.
public struct Cell: Hashable, Sendable {
    /// Up to four marks above or below the glyph, sixteen bits each from the lowest; 0 where there is none.
    public internal(set) var marks: UInt64
    /// The glyph's first spacing scalar; 0 when the cell is the right half of a wide glyph.
    public internal(set) var glyph: UInt32
    /// What the foreground means.
    public var role: Role
    /// What the background means; `.text` is the screen itself.
    public var background: Role
    /// How the cell is set off besides its colour.
    public var attributes: Attributes
    /// The place in the chart gradient, 1 at the foot to 255 at the top; 0 when the role alone says the colour.
    public var shade: UInt8

    /// A cell that shows one scalar of width one or two, without marks.
    init(_ glyph: Unicode.Scalar, role: Role, background: Role = .text, attributes: Attributes = [], shade: UInt8 = 0) {
        marks = 0
        self.glyph = glyph.value
        self.role = role
        self.background = background
        self.attributes = attributes
        self.shade = shade
    }

    /// An empty cell of the screen.
    public static let blank = Cell(" ", role: .text)

    /// Whether the cell is the right half of the wide glyph to its left.
    public var isContinuation: Bool { glyph == 0 }

    /// Whether nothing is written in it.
    public var isBlank: Bool { glyph == 0x20 && marks == 0 }

    /// The glyph's first spacing scalar; `nil` in the right half of a wide glyph.
    public var scalar: Unicode.Scalar? { glyph == 0 ? nil : Unicode.Scalar(glyph) }

    /// The marks on the glyph, at most four, in the order in which they were written.
    public var combiningMarks: [Unicode.Scalar] {
        guard marks != 0 else { return [] }
        return (0..<4).compactMap { place in
            let value = UInt32(truncatingIfNeeded: marks >> (UInt64(place) * 16)) & 0xFFFF
            return value == 0 ? nil : Unicode.Scalar(value)
        }
    }

    /// What the cell shows as text; empty in the right half of a wide glyph.
    public var text: String {
        guard let scalar else { return "" }
        guard marks != 0 else { return String(scalar) }
        var scalars = String.UnicodeScalarView([scalar])
        scalars.append(contentsOf: combiningMarks)
        return String(scalars)
    }
}

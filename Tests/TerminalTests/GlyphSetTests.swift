import GoldenFrames
import Terminal
import Testing
import Vocabulary

@Suite struct GlyphSetTests {
    @Test func `in ASCII every cell is ASCII and stands where it stood`() {
        var random = SeededRandom(seed: 51)
        for _ in 0..<200 {
            var frame = Frame(Size(columns: 20, rows: 2))
            frame.write(SafeText(untrusted: random.text(12)), at: Position(column: 0, row: 0), .customer)
            for cell in frame.row(0) {
                let shown = GlyphSet.ascii.shown(cell)
                #expect((0x20..<0x7F).contains(shown.scalar?.value ?? 0) && shown.combiningMarks.isEmpty)
                #expect(shown.role == cell.role && shown.background == cell.background)
                #expect(GlyphSet.unicode.shown(cell) == cell)
            }
        }
    }

    @Test func `the marks still differ from each other`() {
        let signs = Mark.allCases.map(\.glyph) + ["◆", "★", "✗"]
        let shown = Set(signs.map(ascii))
        #expect(shown.count == Set(signs).count)
        #expect(!shown.contains("?"))
    }

    @Test func `frames, areas and gauges keep their shape`() {
        #expect("╭─╮│╰╯┤┈".unicodeScalars.map(ascii).map(String.init).joined() == "+-+|++|.")
        let density = ["⠀", "⡀", "⣀", "⣤", "⣦", "⣶", "⣿"].compactMap(\.unicodeScalars.first).map(ascii)
        #expect(density.map(String.init).joined() == " ...**#")
        #expect(!"▁▂▃▄▅▆▇█▉▊▋▌▍▎▏".unicodeScalars.map(ascii).contains("?"))
    }

    private func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        var frame = Frame(Size(columns: 2, rows: 1))
        frame.put(scalar, at: frame.bounds.origin, .text)
        return GlyphSet.ascii.shown(frame[frame.bounds.origin]).scalar ?? "?"
    }
}

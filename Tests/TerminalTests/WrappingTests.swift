import Terminal
import Testing
import Vocabulary

@Suite struct WrappingTests {
    @Test(arguments: [
        ("one two three", 8, ["one two", "three"]), ("one two three", 7, ["one two", "three"]),
        ("one two three", 6, ["one", "two", "three"]), ("abcdefgh ij", 4, ["abcd", "efgh", "ij"]),
        ("a  b", 2, ["a", "b"]), ("", 5, [""]), ("a\n\nb", 5, ["a", "", "b"]), ("周敏周敏", 5, ["周敏", "周敏"]),
        ("see 周敏 now", 6, ["see 周", "敏 now"]), ("  indented", 20, ["  indented"]), ("x", 0, []), ("周", 1, ["周"]),
        ("trailing   ", 8, ["trailing"]),
    ])
    func `lines break between words, long words between glyphs`(text: String, columns: Int, expected: [String]) {
        #expect(SafeText(untrusted: text).wrapped(to: columns).map(\.text.text) == expected)
    }

    @Test func `lines after the first hang`() {
        let lines = SafeText("alpha beta gamma").wrapped(to: 8, hanging: 3)
        #expect(lines.map(\.indent) == [0, 3, 3])
        #expect(lines.map(\.text.text) == ["alpha", "beta", "gamma"])
    }

    @Test func `no line is too wide and no glyph is lost`() {
        var random = SeededRandom(seed: 12)
        for _ in 0..<2_000 {
            let text = SafeText(untrusted: random.text(Int.random(in: 0...30, using: &random)))
            let columns = Int.random(in: 2...20, using: &random)
            let hanging = Int.random(in: 0...3, using: &random)
            let lines = text.wrapped(to: columns, hanging: hanging)
            #expect(
                lines.allSatisfy { $0.text.columns + $0.indent <= max(columns, $0.indent + 2) },
                "\(text.text.debugDescription) at \(columns), \(hanging): \(lines.map(\.text.text))")
            let kept = lines.flatMap { $0.text.text.unicodeScalars }.filter { $0 != " " }
            let written = Array(text.text.unicodeScalars).filter { $0 != " " && $0 != "\n" }
            #expect(kept == written, "\(text.text.debugDescription) at \(columns)")
        }
    }

    @Test func `a line of several roles is cut like one of a single role`() {
        let line = StyledText("ab", .strong) + StyledText("周敏", .dim) + StyledText("cd")
        #expect(line.columns == 8)
        for width in 1...9 {
            let cut = line.truncated(to: width)
            let whole = SafeText("ab周敏cd").truncated(to: width)
            #expect(cut.spans.map(\.text).joined().text == whole.text, "at \(width)")
        }
    }
}

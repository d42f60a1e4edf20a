import Testing
import Vocabulary

@Suite struct SafeTextTests {
    @Test func `the corpus is as large as the rules ask for`() {
        #expect(HostilePayloads.all.count >= 60)
        #expect(Set(HostilePayloads.all).count == HostilePayloads.all.count)
    }

    @Test(arguments: HostilePayloads.all)
    func `nothing that could command a terminal survives, wherever the bytes are cut`(payload: [UInt8]) {
        let framed = Array("before ".utf8) + payload + Array(" after".utf8)
        for bytes in [payload, framed] {
            #expect(forbidden(SafeText(untrustedBytes: bytes)) == [])
            for cut in 0...bytes.count {
                let pieces = SafeText(untrustedBytes: bytes[..<cut]) + SafeText(untrustedBytes: bytes[cut...])
                #expect(forbidden(pieces) == [], "cut at \(cut)")
            }
            let single = bytes.map { SafeText(untrustedBytes: [$0]) }.joined()
            #expect(forbidden(single) == [])
        }
    }

    @Test(arguments: HostilePayloads.all)
    func `making text harmless twice changes nothing`(payload: [UInt8]) {
        let once = SafeText(untrustedBytes: payload)
        #expect(SafeText(untrusted: once.text) == once)
    }

    @Test func `random scalars are harmless too`() {
        var random = SeededRandom(seed: 20_261_122)
        for _ in 0..<2_000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let top: UInt32 = [0xFF, 0x3FF, 0x2FFF, 0x1FFFF, 0x10FFFF].randomElement(using: &random) ?? 0xFF
                scalars.append(Unicode.Scalar(UInt32.random(in: 0...top, using: &random)) ?? "\u{1B}")
            }
            let text = SafeText(untrusted: String(scalars))
            #expect(forbidden(text) == [], "from \(scalars.map { String($0.value, radix: 16) })")
            #expect(SafeText(untrusted: text.text) == text, "from \(scalars.map { String($0.value, radix: 16) })")
        }
    }

    @Test(arguments: [
        ("plain words, 42 %", "plain words, 42 %"), ("José 周敏 Ωμέγα 👍", "José 周敏 Ωμέγα 👍"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\u{1B}[31mred", "␛[31mred"), ("gnp\u{202E}exe", "gnp\\u{202e}exe"), ("a\tb", "a    b"), ("x\u{7F}", "x␡"),
        ("👨‍👩‍👧", "👨‍👩‍👧"), ("نمی‌خواهم", "نمی‌خواهم"), ("e\u{301}", "e\u{301}"), ("\u{9B}31m", "\\u{9b}31m"),
    ])
    func `what is dangerous is shown and what is not is kept`(input: String, shown: String) {
        #expect(SafeText(untrusted: input).text == shown)
    }

    @Test func `text longer than the limit is cut and says so`() {
        #expect(SafeText(untrusted: String(repeating: "a", count: 10), limit: 10).text == "aaaaaaaaaa")
        #expect(SafeText(untrusted: String(repeating: "a", count: 11), limit: 10).text == "aaaaaaaaaa…")
        #expect(SafeText(untrusted: String(repeating: "é", count: 11), limit: 10).text == "éééééééééé…")
    }

    @Test func `an interpolated value is made harmless and the program's own text is not touched`() {
        let name = "eve\u{1B}]0;x\u{7}"
        let text: SafeText = "├ \(3) from \(name)"
        #expect(text.text == "├ 3 from eve␛]0;x␇")
        #expect(SafeText("plain \(SafeText(untrusted: name))").text == "plain eve␛]0;x␇")
    }

    @Test func `lines, one line and slices stay what they were`() {
        let text = SafeText(untrusted: "one\ntwo\n")
        #expect(text.lines == ["one", "two", ""])
        #expect(text.oneLine == "one two ")
        #expect(text.slice(text.text.startIndex..<text.text.index(text.text.startIndex, offsetBy: 3)) == "one")
    }

    /// The scalars that may never reach a terminal, a log or an export; counted apart from the code under test.
    private func forbidden(_ text: SafeText) -> [String] {
        var found: [String] = []
        var marks = 0
        var selectors = 0
        for scalar in text.text.unicodeScalars {
            let isMark = [.nonspacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
            let isSelector = scalar.properties.isVariationSelector && !(0x180B...0x180F).contains(scalar.value)
            marks = isMark && !isSelector ? marks + 1 : isSelector ? marks : 0
            selectors = isSelector ? selectors + 1 : isMark ? selectors : 0
            if isForbidden(scalar) || marks > 4 || selectors > 1 { found.append(String(scalar.value, radix: 16)) }
        }
        return found
    }

    private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x200C, 0x200D: false
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F: true
        case 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default:
            [.privateUse, .unassigned, .control, .format, .surrogate].contains(scalar.properties.generalCategory)
                || scalar.value & 0xFFFE == 0xFFFE
        }
    }
}

/// A small repeatable source of randomness (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

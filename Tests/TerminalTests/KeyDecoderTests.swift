import Terminal
import Testing

@Suite struct KeyDecoderTests {
    /// What terminals send, and what a person pressed.
    static let sequences: [(String, [Key])] = [
        ("a", [.character("a")]), ("é", [.character("é")]), ("👍🏽", [.character("👍🏽")]),
        ("e\u{301}x", [.character("e\u{301}"), .character("x")]),
        ("\r", [.enter]), ("\n", [.control("j")]), ("\t", [.tab]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]),
        ("\u{1}", [.control("a")]), ("\u{1A}", [.control("z")]), ("\u{0}", [.control(" ")]),
        ("\u{1F}", [.control("_")]),
        ("\u{1B}[A", [.up]), ("\u{1B}OA", [.up]), ("\u{1B}[B\u{1B}OB", [.down, .down]), ("\u{1B}[C", [.right]),
        ("\u{1B}OD", [.left]),
        ("\u{1B}[H", [.home]), ("\u{1B}OH", [.home]), ("\u{1B}[1~", [.home]), ("\u{1B}[7~", [.home]),
        ("\u{1B}[F", [.end]), ("\u{1B}[4~", [.end]), ("\u{1B}[8~", [.end]),
        ("\u{1B}[5~\u{1B}[6~", [.pageUp, .pageDown]),
        ("\u{1B}[3~", [.delete]), ("\u{1B}[2~", [.insert]), ("\u{1B}[Z", [.backTab]),
        ("\u{1B}OP\u{1B}OS", [.function(1), .function(4)]), ("\u{1B}[11~", [.function(1)]),
        ("\u{1B}[15~", [.function(5)]),
        ("\u{1B}[17~\u{1B}[21~", [.function(6), .function(10)]),
        ("\u{1B}[23~\u{1B}[24~", [.function(11), .function(12)]),
        ("\u{1B}[[A\u{1B}[[E", [.function(1), .function(5)]), ("\u{1B}[1;2P", [.function(1)]),
        ("\u{1B}[1;5C", [.move(.right, .control)]), ("\u{1B}[1;2D", [.move(.left, .shift)]),
        ("\u{1B}[1;3A", [.move(.up, .alt)]),
        ("\u{1B}[1;6H", [.move(.home, [.shift, .control])]), ("\u{1B}[5;5~", [.move(.pageUp, .control)]),
        ("\u{1B}b", [.alt("b")]), ("\u{1B}\r", [.alt("\n")]), ("\u{1B}\u{7F}", [.alt("\u{7F}")]),
        ("\u{1B}é", [.alt("é")]),
        ("\u{1B}[I\u{1B}[O", [.focusIn, .focusOut]), ("\u{1B}\u{1B}[A", [.escape, .up]), ("\u{1B}OM", [.enter]),
        ("\u{1B}[<0;3;5M", [.mouse(MouseEvent(.press(0), at: Position(column: 2, row: 4)))]),
        ("\u{1B}[<2;300;120m", [.mouse(MouseEvent(.release(2), at: Position(column: 299, row: 119)))]),
        ("\u{1B}[<64;1;1M", [.mouse(MouseEvent(.wheelUp, at: Position(column: 0, row: 0)))]),
        ("\u{1B}[<65;1;1M", [.mouse(MouseEvent(.wheelDown, at: Position(column: 0, row: 0)))]),
        ("\u{1B}[<32;4;4M", [.mouse(MouseEvent(.drag(0), at: Position(column: 3, row: 3)))]),
        ("\u{1B}[200~a\u{1B}[201~", [.paste("a")]),
        ("\u{1B}[200~q\r\u{1B}[31m:\u{1B}[201~x", [.paste("q\r\u{1B}[31m:"), .character("x")]),
        ("\u{1B}[200~\u{1B}[20\u{1B}[201~", [.paste("\u{1B}[20")]), ("\u{1B}[200~é周\u{1B}[201~", [.paste("é周")]),
    ]

    /// What terminals say by themselves; none of it is a key.
    static let replies: [String] = [
        "\u{1B}[?62;22c", "\u{1B}[>0;276;0c", "\u{1B}[12;40R", "\u{1B}[?2026;2$y", "\u{1B}P1$r0m\u{1B}\\",
        "\u{1B}P>|xterm(390)\u{1B}\\",
        "\u{1B}]11;rgb:1c1c/1c1c/1c1c\u{7}", "\u{1B}]52;c;cm0gLXJm\u{1B}\\", "\u{1B}[8;24;80t", "\u{1B}[0n",
        "\u{1B}[?1u", "\u{1B}_Gi=31;OK\u{1B}\\",
        "\u{1B}[M !!", "\u{1B}[<0;0;5M", "\u{1B}[<99999;1M", "\u{1B}[1;2;3;4;5;6z", "\u{1B}[99~", "\u{1B}[38;5u",
        "\u{1B}Oz",
    ]

    @Test(arguments: sequences)
    func `every key is understood however its bytes are cut`(bytes: String, keys: [Key]) {
        let bytes = Array(bytes.utf8)
        #expect(decode([bytes]) == keys)
        guard !keys.contains(.character("👍🏽")), !keys.contains(.character("e\u{301}")) else { return }
        for cut in 0...bytes.count {
            #expect(decode([Array(bytes[..<cut]), Array(bytes[cut...])]) == keys, "cut at \(cut)")
        }
        #expect(decode(bytes.map { [$0] }) == keys)
    }

    @Test(arguments: replies)
    func `what a terminal says by itself is no key`(reply: String) {
        let bytes = Array(reply.utf8)
        for cut in 0...bytes.count {
            #expect(decode([Array(bytes[..<cut]), Array(bytes[cut...])]) == [], "cut at \(cut)")
        }
        #expect(decode([bytes + Array("x".utf8)]) == [.character("x")])
    }

    @Test func `an escape alone is the Escape key once nothing follows`() {
        var decoder = KeyDecoder()
        #expect(decoder.take([0x1B]) == [])
        #expect(decoder.isWaiting)
        #expect(decoder.flush() == [.escape])
        #expect(!decoder.isWaiting)
        #expect(decoder.take([0x1B, 0x5B]) == [])
        #expect(decoder.flush() == [.alt("[")])
        #expect(decoder.take(Array("\u{1B}[12;4".utf8)) == [])
        #expect(decoder.flush() == [])
    }

    @Test func `a paste without an end is given out when it pauses, and is bounded`() {
        var decoder = KeyDecoder()
        #expect(decoder.take(Array("\u{1B}[200~half".utf8)) == [])
        #expect(decoder.isPasting)
        #expect(!decoder.isWaiting)
        #expect(decoder.flush() == [.paste("half")])
        _ = decoder.take(Array("\u{1B}[200~".utf8))
        for _ in 0..<40 { _ = decoder.take([UInt8](repeating: 97, count: 65_536)) }
        guard case .paste(let text)? = decoder.take(Array("\u{1B}[201~".utf8)).first else {
            Issue.record("no paste")
            return
        }
        #expect(text.utf8.count == KeyDecoder.longestPaste)
    }

    @Test func `bytes that are no UTF-8 are left out`() {
        #expect(decode([[0xFF, 0xFE, 0x61, 0xC0, 0xC2]]) == [.character("a")])
        #expect(decode([[0xC2, 0x9B, 0x41]]) == [.character("A")])
        #expect(decode([[0xE2, 0x82, 0x61]]) == [.character("a")])
        #expect(decode([[0xED, 0xA0, 0x80, 0x62]]) == [.character("b")])
    }

    @Test func `a million random bytes neither crash it nor fill its memory`() {
        var random = SeededRandom(seed: 41)
        var decoder = KeyDecoder()
        var keys = 0
        for _ in 0..<2_000 {
            let bytes = (0..<500).map { _ -> UInt8 in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random)
                    : [0x1B, 0x5B, 0x3B, 0x32, 0x4D, 0x7E].randomElement(using: &random) ?? 0
            }
            keys += decoder.take(bytes).count
        }
        keys += decoder.flush().count
        #expect(keys > 10_000)
    }

    private func decode(_ reads: [[UInt8]]) -> [Key] {
        var decoder = KeyDecoder()
        return reads.flatMap { decoder.take($0) }
    }
}

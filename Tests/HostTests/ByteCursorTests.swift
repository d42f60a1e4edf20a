import Testing

@testable import Host

@Suite struct ByteCursorTests {
    private func number(_ text: String) -> UInt64? {
        let bytes = Array(text.utf8)
        var cursor = ByteCursor()
        return cursor.number(in: bytes.span)
    }

    private func decimal(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        var cursor = ByteCursor()
        return cursor.decimal(in: bytes.span)
    }

    @Test(arguments: [
        ("0", 0), ("  42 ", 42), ("\t7\n", 7), ("18446744073709551615", UInt64.max),
        ("00000000000000000000000000000012", 12), ("9999999999999999999", 9_999_999_999_999_999_999),
    ])
    func `a number is read whatever surrounds it`(text: String, value: UInt64) {
        #expect(number(text) == value)
    }

    @Test(arguments: ["", " ", "-1", "x", "18446744073709551616", "99999999999999999999999999", "\n5"])
    func `what is no number, or does not fit, is unknown and not 0`(text: String) {
        #expect(number(text) == nil)
    }

    @Test(arguments: [("0.16", 0.16), ("12", 12), ("100.00 next", 100), ("3.", 3), ("2.05", 2.05)])
    func `a decimal keeps the zeros after its point`(text: String, value: Double) {
        #expect(abs((decimal(text) ?? -1) - value) < 1e-12)
    }

    @Test func `the last line may lack its line feed`() {
        let bytes = Array("a\nb".utf8)
        var cursor = ByteCursor()
        cursor.nextLine(in: bytes.span)
        #expect(cursor.index == 2)
        cursor.nextLine(in: bytes.span)
        let isAtEnd = cursor.isAtEnd(of: bytes.span)
        #expect(isAtEnd)
        cursor.nextLine(in: bytes.span)
        #expect(cursor.index == 3)
    }

    @Test func `a name longer than what is left does not match`() {
        let bytes = Array("MemTot".utf8)
        var cursor = ByteCursor()
        let isSkipped = cursor.skip("MemTotal:", in: bytes.span)
        #expect(!isSkipped)
        #expect(cursor.index == 0)
    }
}

/// Colours of 24 bits through a library that knows 256.
///
/// Each colour takes one of the 240 numbers that look alike on every terminal. ncurses works with the numbers; in what it
/// wrote each number is then replaced by the colour that it stands for. So no other description of the terminal is
/// needed, which few systems have, and neither is the terminal's palette changed. See docs/decisions/0013.
struct DirectColours {
    /// The first number that may stand for a colour; those below are the terminal's own.
    private static let first = 16
    private static let count = 240

    private var numbers: [Int: Int] = [:]
    private var colours: [Int] = []
    /// How each is written behind the target.
    private var endings: [[UInt8]] = []

    /// Whether a terminal's way to choose a colour is one that can be rewritten.
    static func canRewrite(_ setForeground: String?) -> Bool {
        guard let text = setForeground else { return false }
        return text.contains("38;5;") || text.contains("38:5:")
    }

    /// The number that stands for a colour (0xRRGGBB); when all are taken, that of the colour nearest to it.
    mutating func number(of colour: Int) -> Int {
        if let known = numbers[colour] { return known }
        guard colours.count < DirectColours.count else {
            let nearest = colours.indices.min { distance(colours[$0], colour) < distance(colours[$1], colour) }
            return DirectColours.first + (nearest ?? 0)
        }
        let number = DirectColours.first + colours.count
        colours.append(colour)
        endings.append(DirectColours.ending(for: colour))
        numbers[colour] = number
        return number
    }

    /// With semicolons: more terminals understand them than the colons of the standard (ISO 8613-6).
    private static func ending(for colour: Int) -> [UInt8] {
        Array("8;2;\(colour >> 16 & 0xFF);\(colour >> 8 & 0xFF);\(colour & 0xFF)m".utf8)
    }

    private func distance(_ left: Int, _ right: Int) -> Int {
        [16, 8, 0].map { (left >> $0 & 0xFF) - (right >> $0 & 0xFF) }.reduce(0) { $0 + $1 * $1 }
    }

    /// What ncurses wrote, with the colours in place of their numbers.
    func rewritten(_ bytes: [UInt8]) -> [UInt8] {
        guard !colours.isEmpty else { return bytes }
        var sent: [UInt8] = []
        sent.reserveCapacity(bytes.count * 5 / 4)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x1B, let choice = Choice(bytes, at: index),
                colours.indices.contains(choice.number - DirectColours.first)
            {
                sent += [0x1B, UInt8(ascii: "["), choice.target]
                sent += endings[choice.number - DirectColours.first]
                index = choice.end
            } else {
                sent.append(bytes[index])
                index += 1
            }
        }
        return sent
    }
}

/// A sequence that chooses a colour by its number: `ESC [ 38 ; 5 ; 208 m`, or with colons.
private struct Choice {
    let number: Int
    /// Behind its last byte.
    let end: Int
    /// `3` for glyphs, `4` for what is behind them.
    let target: UInt8

    init?(_ bytes: [UInt8], at start: Int) {
        guard start + 8 < bytes.count, bytes[start + 1] == UInt8(ascii: "["),
            bytes[start + 2] == UInt8(ascii: "3") || bytes[start + 2] == UInt8(ascii: "4"),
            bytes[start + 3] == UInt8(ascii: "8"), Choice.separates(bytes[start + 4]),
            bytes[start + 5] == UInt8(ascii: "5"), Choice.separates(bytes[start + 6])
        else { return nil }
        var place = start + 7
        var number = 0
        while place < bytes.count, number < 256, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
            number = number * 10 + Int(bytes[place] - UInt8(ascii: "0"))
            place += 1
        }
        guard place > start + 7, place < bytes.count, bytes[place] == UInt8(ascii: "m") else { return nil }
        self.number = number
        end = place + 1
        target = bytes[start + 2]
    }

    private static func separates(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":") }
}

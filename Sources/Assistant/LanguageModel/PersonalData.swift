/// What must not leave the desk: addresses of mail, payment cards, account numbers and telephone numbers, each put
/// behind a mark such as `[email 1]` that a language model can speak about, and put back into its answer.
///
/// It finds what has a form of its own, not names or streets.
struct PersonalData {
    private var originals: [String: String] = [:]
    private var marks: [String: String] = [:]
    private var counts: [String: Int] = [:]

    /// Nothing hidden yet.
    init() {}

    /// Whether anything was hidden.
    var isEmpty: Bool { originals.isEmpty }

    /// The text with marks in place of what must not leave; the same datum has the same mark everywhere.
    mutating func hide(in text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "@") || (48...57).contains($0) }) else { return text }
        var hidden = hideAddresses(in: text)
        hidden = replace(
            in: hidden, #/\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/#, as: "account",
            if: PersonalData.isAccount)
        hidden = replace(in: hidden, #/\b[0-9](?:[ \-]?[0-9]){12,18}\b/#, as: "card", if: PersonalData.isCard)
        return replace(in: hidden, #/(?:\+|\b00)[1-9](?:[ ()./\-]{0,2}[0-9]){6,13}\b/#, as: "phone") { _ in true }
    }

    /// Looks from each `@` to both sides, so that a long text without one costs nothing, whatever it is made of.
    private mutating func hideAddresses(in text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var place = 0
        for at in bytes.indices where bytes[at] == UInt8(ascii: "@") && at >= place {
            var start = at
            while start > place, PersonalData.isLocal(bytes[start - 1]) { start -= 1 }
            var end = at + 1
            while end < bytes.count, PersonalData.isDomain(bytes[end]) { end += 1 }
            while end > at + 1, !PersonalData.isLetter(bytes[end - 1]) { end -= 1 }
            let domain = bytes[(at + 1)..<end]
            guard start < at, let dot = domain.lastIndex(of: UInt8(ascii: ".")), dot > at + 1, end - dot > 2,
                domain[(dot + 1)...].allSatisfy(PersonalData.isLetter)
            else { continue }
            result += bytes[place..<start]
            result += Array(mark(String(decoding: bytes[start..<end], as: UTF8.self), "email").utf8)
            place = end
        }
        return place == 0 ? text : String(decoding: result + bytes[place...], as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }

    private static func isDomain(_ byte: UInt8) -> Bool {
        isLetter(byte) || (48...57).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        isDomain(byte) || [UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "+")].contains(byte)
    }

    private mutating func replace(
        in text: String, _ pattern: Regex<Substring>, as kind: String, if isMeant: (Substring) -> Bool
    ) -> String {
        var result = ""
        var place = text.startIndex
        for match in text.matches(of: pattern) where isMeant(match.output) {
            result += text[place..<match.range.lowerBound] + mark(String(match.output), kind)
            place = match.range.upperBound
        }
        return result + text[place...]
    }

    private mutating func mark(_ original: String, _ kind: String) -> String {
        if let known = marks[original] { return known }
        counts[kind, default: 0] += 1
        let mark = "[\(kind) \(counts[kind] ?? 1)]"
        marks[original] = mark
        originals[mark] = original
        return mark
    }

    /// The text with everything put back.
    func restore(in text: String) -> String {
        guard !isEmpty, text.contains("[") else { return text }
        return originals.reduce(text) { $0.replacing($1.key, with: $1.value) }
    }

    /// The check digit of ISO/IEC 7812 (Luhn): what only looks like a card's number is left alone.
    private static func isCard(_ text: Substring) -> Bool {
        let digits = text.utf8.filter { (48...57).contains($0) }.map { Int($0) - 48 }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let value = digit.offset % 2 == 1 ? digit.element * 2 : digit.element
            return sum + (value > 9 ? value - 9 : value)
        }
        return sum % 10 == 0 && digits.contains { $0 != 0 }
    }

    /// The check digits of ISO 13616 (IBAN).
    private static func isAccount(_ text: Substring) -> Bool {
        let signs = text.utf8.filter { $0 != UInt8(ascii: " ") }
        guard (15...34).contains(signs.count) else { return false }
        let rest = (signs[4...] + signs[..<4]).reduce(0) { rest, sign in
            (48...57).contains(sign) ? (rest * 10 + Int(sign) - 48) % 97 : (rest * 100 + Int(sign) - 55) % 97
        }
        return rest == 1
    }
}

/// Puts hidden data back into an answer while it streams, also where a mark is cut by the end of a piece.
struct PersonalDataStream {
    private let data: PersonalData
    private var held = ""
    /// The longest mark.
    private static let longest = 16

    init(_ data: PersonalData) {
        self.data = data
    }

    /// What of the answer can be shown now.
    mutating func take(_ piece: String) -> String {
        guard !data.isEmpty else { return piece }
        held += piece
        guard let open = held.lastIndex(of: "["), !held[open...].contains("]"),
            held[open...].count <= PersonalDataStream.longest
        else { return release(upTo: held.endIndex) }
        return release(upTo: open)
    }

    /// What is left.
    mutating func finish() -> String { release(upTo: held.endIndex) }

    private mutating func release(upTo end: String.Index) -> String {
        let shown = String(held[..<end])
        held = String(held[end...])
        return data.restore(in: shown)
    }
}

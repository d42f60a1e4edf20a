/// The words of a text as the index knows them: lower case, without accents, stop words and endings.
enum Terms {
    /// The terms of a text in order, repeated as often as they occur.
    static func of(_ text: some StringProtocol) -> [String] {
        words(of: text).filter { !StopWords.all.contains($0) }.map { Stemmer.stem($0) }
    }

    /// The words of a text in lower case without accents; apostrophes vanish, everything else divides.
    static func words(of text: some StringProtocol) -> [String] {
        asciiWords(text.utf8) ?? unicodeWords(of: text)
    }

    /// The common case over bytes; `nil` when there is more than ASCII.
    private static func asciiWords(_ text: some Sequence<UInt8>) -> [String]? {
        var words: [String] = []
        var word: [UInt8] = []
        for byte in text {
            switch byte {
            case 0x30...0x39, 0x61...0x7A: word.append(byte)
            case 0x41...0x5A: word.append(byte + 32)
            case 0x27: break
            case 0x80...: return nil
            default:
                if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    private static func unicodeWords(of text: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            switch kind(of: scalar) {
            case .letter(let plain): word += plain
            case .alone:
                if !word.isEmpty { words.append(word) }
                words.append(String(scalar))
                word = ""
            case .joiner: break
            case .divider:
                if !word.isEmpty { words.append(word) }
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private enum Kind {
        case letter(String)
        case alone
        case joiner
        case divider
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: .letter(String(scalar))
        case 0x41...0x5A: .letter(String(UnicodeScalar(UInt8(scalar.value + 32))))
        case 0x27, 0x2019: .joiner
        case ..<0x80: .divider
        case 0x300...0x36F: .joiner
        case 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7A3: .alone
        default: other(scalar)
        }
    }

    private static func other(_ scalar: Unicode.Scalar) -> Kind {
        guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return .divider }
        let lower = scalar.properties.lowercaseMapping
        return .letter(accents[lower] ?? lower)
    }

    /// Western letters with accents, and what people type without them.
    private static let accents: [String: String] = {
        let groups = [
            "a": "àáâãäåā", "c": "çćč", "e": "èéêëēę", "i": "ìíîïī", "n": "ñń", "o": "òóôõöøō", "u": "ùúûüū", "y": "ýÿ",
            "s": "śš", "z": "źžż", "ss": "ß", "ae": "æ", "oe": "œ", "l": "ł", "g": "ğ",
        ]
        return Dictionary(
            groups.flatMap { plain, accented in accented.map { (String($0), plain) } }, uniquingKeysWith: { $1 })
    }()
}

/// Words that say nothing about what is asked.
enum StopWords {
    static let all = Set(
        """
        a an the this that these those it its i me my we our us you your he she they them their his her
        is are was were be been being am do does did doing done have has had having can could shall should will would
        may might must dont doesnt didnt cant cannot couldnt wont isnt arent
        and or but if then than so as of at by for with about into to from in on out up down over under again
        what which who whom whose when where why how there here all any both each some such no nor not only own
        same too very just also
        please tell explain describe show give want wanna need needs like know get gets got getting go going
        use uses used using make makes let lets say says see hi hello hey thanks thank ok okay
        much many happen happens happened work works
        im ive id youre whats hows wheres theres thats
        way ways thing things something anything someone possible able really actually exactly
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}

/// Which language a customer writes, as far as a few words tell.
///
/// Scripts that one language uses decide alone; for the rest the most frequent small words of each language are counted.
/// Nothing is said of fewer than two such words, or when two languages have as many.
enum LanguageGuess {
    /// The language of a text by its ISO 639-1 code; `nil` when nothing speaks for one.
    static func language(of text: String) -> String? {
        let beginning = text.unicodeScalars.prefix(longest)
        // Most texts have no letter of another script.
        if !beginning.allSatisfy(\.isASCII), let language = byScript(beginning) { return language }
        return byWords(String(String.UnicodeScalarView(beginning)))
    }

    private static func byScript(_ scalars: Substring.UnicodeScalarView) -> String? {
        var counts: [String: Int] = [:]
        var letters = 0
        for scalar in scalars where scalar.properties.isAlphabetic {
            letters += 1
            if let script = script(scalar) { counts[script, default: 0] += 1 }
        }
        // Kana among Chinese characters is Japanese; letters that only one language of a script has decide there.
        if counts["ja", default: 0] > 0 {
            return 2 * (counts["ja", default: 0] + counts["zh", default: 0]) > letters ? "ja" : nil
        }
        for (usual, special) in [("ru", "uk"), ("ar", "fa")] {
            guard let count = counts[special] else { continue }
            counts[special] = count + (counts.removeValue(forKey: usual) ?? 0)
        }
        guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), 2 * most.value > letters else {
            return nil
        }
        return most.key
    }

    private static func script(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x3040...0x30FF: "ja"
        case 0x4E00...0x9FFF: "zh"
        case 0xAC00...0xD7AF: "ko"
        case 0x0404, 0x0406, 0x0407, 0x0454, 0x0456, 0x0457, 0x0490, 0x0491: "uk"
        case 0x0400...0x04FF: "ru"
        case 0x0370...0x03FF: "el"
        case 0x0590...0x05FF: "he"
        case 0x067E, 0x0686, 0x0698, 0x06AF: "fa"
        case 0x0600...0x06FF: "ar"
        case 0x0E00...0x0E7F: "th"
        case 0x0900...0x097F: "hi"
        default: nil
        }
    }

    private static func byWords(_ text: String) -> String? {
        var counts = [Int](repeating: 0, count: smallWords.count)
        var seen: Set<Substring> = []
        for word in text.lowercased().unicodeScalars.split(whereSeparator: { !isLetter($0) }) {
            let word = Substring(word)
            guard let languages = languages[word], seen.insert(word).inserted else { continue }
            for language in languages { counts[language] += 1 }
        }
        guard let most = counts.max(), most >= 2, let first = counts.firstIndex(of: most),
            counts.lastIndex(of: most) == first
        else { return nil }
        return smallWords[first].0
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? ("a"..."z").contains(scalar) : scalar.properties.isAlphabetic
    }

    /// What is looked at of a text, in characters: its language shows long before.
    private static let longest = 160

    /// The languages of each small word, by their places in ``smallWords``.
    private static let languages: [Substring: [Int]] = {
        var languages: [Substring: [Int]] = [:]
        for (place, entry) in smallWords.enumerated() {
            for word in entry.1 { languages[Substring(word), default: []].append(place) }
        }
        return languages
    }()

    /// Words that are frequent in one language and rare in the others.
    private static let smallWords: [(String, Set<String>)] = [
        (
            "en",
            [
                "the", "is", "my", "and", "to", "you", "it", "of", "what", "how", "where", "when", "can", "have", "not",
                "this", "that", "with", "your", "please", "been", "was", "would", "do", "does", "why", "are", "i",
                "did",
            ]
        ),
        (
            "de",
            [
                "der", "die", "das", "ist", "ich", "und", "nicht", "mein", "meine", "meinen", "ein", "eine", "wie",
                "wo",
                "kann", "habe", "bitte", "auf", "für", "mit", "wann", "warum", "mir", "es", "wird", "sie", "zu", "noch",
            ]
        ),
        (
            "fr",
            [
                "le", "la", "les", "je", "est", "et", "mon", "ma", "mes", "pas", "ne", "vous", "une", "pour", "comment",
                "où", "bonjour", "merci", "avec", "que", "du", "quand", "ai", "mais", "sur", "votre", "puis", "suis",
            ]
        ),
        (
            "es",
            [
                "el", "la", "los", "es", "mi", "mis", "no", "puedo", "cómo", "dónde", "gracias", "hola", "una", "por",
                "para", "que", "está", "cuando", "con", "quiero", "ha", "pedido", "tengo", "cuándo", "pero", "muy", "y",
            ]
        ),
        (
            "it",
            [
                "il", "la", "è", "e", "mio", "mia", "non", "come", "dove", "grazie", "ciao", "una", "per", "che", "di",
                "posso", "con", "ho", "sono", "quando", "ordine", "della", "perché", "ma", "vorrei", "gli", "ancora",
            ]
        ),
        (
            "pt",
            [
                "o", "a", "os", "é", "meu", "minha", "não", "como", "onde", "obrigado", "obrigada", "olá", "uma",
                "para",
                "que", "posso", "com", "quero", "está", "quando", "você", "tenho", "mas", "foi", "ainda", "eu", "do",
            ]
        ),
        (
            "nl",
            [
                "de", "het", "een", "ik", "mijn", "niet", "is", "en", "hoe", "waar", "kan", "heb", "dank", "met",
                "voor",
                "wanneer", "waarom", "naar", "nog", "maar", "jullie", "wil", "mij", "geen", "hallo", "wordt", "u",
            ]
        ),
        (
            "pl",
            [
                "jest", "nie", "moje", "mój", "moja", "się", "jak", "gdzie", "dziękuję", "proszę", "czy", "mam",
                "kiedy",
                "na", "do", "że", "co", "dlaczego", "chcę", "mogę", "jeszcze", "dzień", "dobry", "i", "w", "z", "o",
            ]
        ),
        (
            "sv",
            [
                "jag", "är", "och", "inte", "min", "mitt", "mina", "hur", "var", "kan", "har", "tack", "med", "för",
                "när", "varför", "det", "en", "ett", "hej", "på", "men", "till", "ni", "vill", "mig", "ännu",
            ]
        ),
        (
            "da",
            [
                "jeg", "er", "og", "ikke", "min", "mit", "mine", "hvordan", "hvor", "kan", "har", "tak", "med", "til",
                "hvornår", "hvorfor", "det", "en", "et", "hej", "på", "men", "vil", "mig", "endnu", "af", "der",
            ]
        ),
        (
            "tr",
            [
                "bir", "ve", "bu", "için", "nasıl", "nerede", "değil", "benim", "ne", "zaman", "neden", "merhaba",
                "teşekkürler", "lütfen", "var", "yok", "mı", "mi", "çok", "ama", "ile", "istiyorum", "henüz", "da",
            ]
        ),
        (
            "cs",
            [
                "je", "není", "moje", "můj", "jak", "kde", "děkuji", "prosím", "mám", "kdy", "na", "že", "co", "proč",
                "chci", "mohu", "ještě", "dobrý", "den", "a", "se", "si", "ale", "jsem", "mi", "už", "pro",
            ]
        ),
    ]
}

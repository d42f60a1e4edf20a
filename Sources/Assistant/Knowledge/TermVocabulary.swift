/// The terms of an index by number, and a guess at what a mistyped word was meant to be.
struct TermVocabulary: Sendable {
    private var numbers: [String: Int] = [:]
    /// Terms that lack one letter, to the term they lack it of: two words that are one typing error apart share one
    /// (Garbe, "SymSpell", 2012).
    private var shortened: [String: Int] = [:]

    /// How many terms there are.
    var count: Int { numbers.count }

    /// The term's number, given to it now when it is new.
    mutating func number(of term: String) -> Int {
        if let number = numbers[term] { return number }
        let number = numbers.count
        numbers[term] = number
        guard TermVocabulary.isGuessable(term) else { return number }
        for short in TermVocabulary.shortenings(of: term) where shortened[short] == nil { shortened[short] = number }
        return number
    }

    /// The term's number, if the index holds it.
    func known(_ term: String) -> Int? { numbers[term] }

    /// The term that this word was probably meant to be: one letter too many, too few, other, or swapped.
    func guess(_ word: String) -> Int? {
        guard TermVocabulary.isGuessable(word) else { return nil }
        if let number = shortened[word] { return number }
        for short in TermVocabulary.shortenings(of: word) {
            if let number = numbers[short] ?? shortened[short] { return number }
        }
        return nil
    }

    /// Short words are one letter away from too many others; numbers are never mistyped words.
    private static func isGuessable(_ term: String) -> Bool {
        let letters = term.utf8
        return (5...24).contains(letters.count) && letters.allSatisfy { (97...122).contains($0) }
    }

    private static func shortenings(of term: String) -> [String] {
        let letters = Array(term.utf8)
        return letters.indices.map { index in
            String(decoding: letters[..<index] + letters[(index + 1)...], as: UTF8.self)
        }
    }
}

/// The words of a question that the index knows, and how much of the question the others are.
struct Query {
    struct Word {
        let term: Int
        /// Which word of the question it stands for: a passage is credited once for each.
        let place: Int
        /// 1, or less for a synonym or a word that was only guessed.
        let weight: Double
        /// How much of the question's meaning it carries.
        let mass: Double
    }

    private(set) var words: [Word] = []
    private(set) var knownMass = 0.0
    private(set) var unknownCount = 0
    /// How many words of the question are known.
    private(set) var placeCount = 0

    /// At most so many words count, so that a pasted page costs no more than a question.
    static let wordLimit = 64

    init(_ terms: [String], _ vocabulary: TermVocabulary, rarity: (Int) -> Double) {
        var seen: Set<String> = []
        var guesses = 4
        for (place, term) in terms.enumerated() where seen.insert(term).inserted && seen.count <= Query.wordLimit {
            let next = place + 1 < terms.count ? terms[place + 1] : nil
            let synonyms = Synonyms.of(term, before: next).compactMap { vocabulary.known($0) }
            if let number = vocabulary.known(term) {
                add(number, weight: 1, rarity(number), or: synonyms)
            } else if let first = synonyms.first {
                add(first, weight: Synonyms.weight, rarity(first), or: Array(synonyms.dropFirst()))
            } else if guesses > 0, let guess = vocabulary.guess(term, rarity: rarity) {
                guesses -= 1
                add(guess.term, weight: guess.errors == 1 ? 0.8 : 0.6, rarity(guess.term), or: [])
            } else {
                unknownCount += 1
            }
        }
    }

    /// One word of the question: the term it is found by, then the synonyms that count where that is missing.
    private mutating func add(_ term: Int, weight: Double, _ rarity: Double, or synonyms: [Int]) {
        placeCount += 1
        words.append(Word(term: term, place: placeCount, weight: weight, mass: rarity * weight))
        for synonym in synonyms {
            words.append(
                Word(term: synonym, place: placeCount, weight: Synonyms.weight, mass: rarity * Synonyms.weight))
        }
        knownMass += rarity
    }
}

/// The words of a question that the index knows, and how much of the question the others are.
struct Query {
    struct Word {
        let term: Int
        /// 1, or less for a word that was only guessed.
        let weight: Double
        /// How much of the question's meaning it carries.
        let mass: Double
    }

    private(set) var words: [Word] = []
    private(set) var knownMass = 0.0
    private(set) var unknownCount = 0

    /// At most so many words count, so that a pasted page costs no more than a question.
    static let wordLimit = 64

    init(_ terms: [String], _ vocabulary: TermVocabulary, rarity: (Int) -> Double) {
        var seen: Set<String> = []
        var guesses = 4
        for term in terms where seen.insert(term).inserted && seen.count <= Query.wordLimit {
            if let number = vocabulary.known(term) {
                add(number, weight: 1, rarity(number))
            } else if guesses > 0, let guess = vocabulary.guess(term) {
                guesses -= 1
                add(guess, weight: 0.8, rarity(guess))
            } else {
                unknownCount += 1
            }
        }
    }

    private mutating func add(_ term: Int, weight: Double, _ rarity: Double) {
        words.append(Word(term: term, weight: weight, mass: rarity * weight))
        knownMass += rarity
    }
}

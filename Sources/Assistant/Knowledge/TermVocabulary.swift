/// The terms of an index by number, and a guess at what a mistyped word was meant to be.
struct TermVocabulary: Sendable {
    private var numbers: [String: Int] = [:]
    /// Terms that a mistyped word may have been meant to be.
    private var guessable: [Spelling] = []

    /// A term as letters, with the set of them for a first look.
    private struct Spelling {
        let letters: [UInt8]
        let set: UInt32
        let number: Int
    }

    /// What a mistyped word was probably meant to be.
    struct Guess: Equatable {
        /// The term's number.
        let term: Int
        /// How many letters are too many, too few, other, or swapped with their neighbour.
        let errors: Int
    }

    /// How many terms there are.
    var count: Int { numbers.count }

    /// The term's number, given to it now when it is new.
    mutating func number(of term: String) -> Int {
        if let number = numbers[term] { return number }
        let number = numbers.count
        numbers[term] = number
        if let letters = TermVocabulary.letters(of: term) {
            guessable.append(Spelling(letters: letters, set: TermVocabulary.set(of: letters), number: number))
        }
        return number
    }

    /// The term's number, if the index holds it.
    func known(_ term: String) -> Int? { numbers[term] }

    /// The term that this word was probably meant to be: the one with the fewest errors between them, of several the
    /// one that says least, which most passages hold.
    ///
    /// Words from five letters may have one error, those from eight letters two; the first letter is right, or was
    /// swapped with the second: "great" is not "create".
    func guess(_ word: String, rarity: (Int) -> Double = { _ in 0 }) -> Guess? {
        guard let letters = TermVocabulary.letters(of: word) else { return nil }
        let set = TermVocabulary.set(of: letters)
        var most = letters.count >= 8 ? 2 : 1
        var best: Guess?
        for spelling in guessable where abs(spelling.letters.count - letters.count) <= most {
            // An error changes two members of the set at most.
            guard (spelling.set ^ set).nonzeroBitCount <= 2 * most else { continue }
            guard let errors = TermVocabulary.errors(letters, spelling.letters, most: most) else { continue }
            guard TermVocabulary.beginAlike(letters, spelling.letters) else { continue }
            if let known = best, known.errors == errors, rarity(known.term) <= rarity(spelling.number) { continue }
            best = Guess(term: spelling.number, errors: errors)
            most = errors
        }
        return best
    }

    private static func beginAlike(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one[0] == other[0] || one[0] == other[1] && one[1] == other[0]
    }

    /// The letters of a term that can be guessed: short words are one letter away from too many others, numbers are
    /// never mistyped words.
    private static func letters(of term: String) -> [UInt8]? {
        let letters = Array(term.utf8)
        let isGuessable = (5...24).contains(letters.count) && letters.allSatisfy { (97...122).contains($0) }
        return isGuessable ? letters : nil
    }

    private static func set(of letters: [UInt8]) -> UInt32 {
        letters.reduce(0) { $0 | 1 << UInt32($1 - 97) }
    }

    /// How many letters were added, left out, changed or swapped with their neighbour (optimal string alignment);
    /// `nil` for more than `most`.
    private static func errors(_ one: [UInt8], _ other: [UInt8], most: Int) -> Int? {
        var before: [Int] = []
        var last = Array(0...other.count)
        for row in 1...one.count {
            var current = [row]
            current.reserveCapacity(other.count + 1)
            for column in 1...other.count {
                let isSame = one[row - 1] == other[column - 1]
                var errors = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
                    errors = min(errors, before[column - 2] + 1)
                }
                current.append(errors)
            }
            // Two rows, because a swap reaches back over one.
            guard min(current.min() ?? 0, last.min() ?? 0) <= most else { return nil }
            (before, last) = (last, current)
        }
        return last[other.count] <= most ? last[other.count] : nil
    }
}

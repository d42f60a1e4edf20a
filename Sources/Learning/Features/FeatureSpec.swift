/// How a text becomes numbers; part of a classifier, because one that is trained with one spec is void with another.
public struct FeatureSpec: Equatable, Sendable {
    /// The longest run of words that counts as one feature, 1 to 3.
    public var words: Int
    /// How far apart two words may stand to count as a pair, whatever their order, 0 to 8; 0 leaves pairs out.
    public var reach: Int
    /// The lengths of runs of characters within a word, its two edges included; an empty range leaves them out.
    public var characters: Range<Int>
    /// The number of buckets that features are hashed to, as a power of two, 10 to 22.
    public var bits: Int
    /// How many of the training texts must hold a feature, for it to be learned.
    public var leastTexts: Int

    /// A spec; the defaults are what was best on BANKING77 (`docs/models.md`).
    public init(
        words: Int = 2, reach: Int = 3, characters: Range<Int> = 3..<5, bits: Int = 20, leastTexts: Int = 2
    ) {
        self.words = words
        self.reach = reach
        self.characters = characters
        self.bits = bits
        self.leastTexts = leastTexts
    }
}

extension FeatureSpec {
    /// Whether every number is within its range.
    var isSound: Bool {
        (1...3).contains(words) && (0...8).contains(reach) && (10...22).contains(bits) && leastTexts >= 1
            && characters.lowerBound >= 1 && characters.upperBound <= 12
    }
}

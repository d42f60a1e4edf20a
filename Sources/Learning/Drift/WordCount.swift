/// How many of a text's words its classifier never learned from.
///
/// Words with digits are left out: numbers of orders are always new and mean nothing. So is what stands behind the first
/// hundred words of a text: a log that somebody pastes must not outweigh what a hundred others wrote.
public struct WordCount: Equatable, Sendable {
    /// Words that were looked at, at most ``WordCount/most`` of a text.
    public var words: Int
    /// How many of them are new.
    public var new: Int

    /// The most words of a text.
    static let most = 100

    /// A count.
    public init(words: Int = 0, new: Int = 0) {
        self.words = words
        self.new = new
    }

    init(of hashes: some Sequence<UInt64>, learned: WordFilter) {
        self.init()
        for hash in hashes.prefix(WordCount.most) {
            words += 1
            new += learned.contains(hash) ? 0 : 1
        }
    }

    /// The share of new words, 0 to 1; `nil` without words.
    public var share: Double? { words > 0 ? Double(new) / Double(words) : nil }

    static func += (left: inout WordCount, right: WordCount) {
        left.words += right.words
        left.new += right.new
    }
}

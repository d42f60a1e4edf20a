/// The words that a classifier learned from, as a Bloom filter (Bloom 1970): a word of the training is always known, and
/// one word in two thousand is taken for known although it is not.
///
/// Sixteen bits a word and eleven probes; their places come from two hashes (Kirsch and Mitzenmacher 2006).
struct WordFilter: Equatable, Sendable {
    private static let bitsPerWord = 16
    private static let probes: UInt64 = 11
    /// Four megabytes; with more than two million words new ones are taken for known more often.
    private static let mostBits = 1 << 25

    /// 64 bits each; a power of two of them, so that places need no division.
    private var bits: [UInt64]

    /// A filter of the hashes of words.
    init(_ hashes: Set<UInt64>) {
        var size = 64
        while size < min(WordFilter.mostBits, hashes.count * WordFilter.bitsPerWord) { size *= 2 }
        bits = [UInt64](repeating: 0, count: size / 64)
        for hash in hashes {
            let step = WordFilter.step(of: hash)
            for probe in 0..<WordFilter.probes {
                let place = place(of: hash &+ probe &* step)
                bits[place / 64] |= 1 << UInt64(place % 64)
            }
        }
    }

    /// Whether the word of this hash was learned from.
    func contains(_ hash: UInt64) -> Bool {
        let step = WordFilter.step(of: hash)
        for probe in 0..<WordFilter.probes {
            let place = place(of: hash &+ probe &* step)
            if bits[place / 64] & 1 << UInt64(place % 64) == 0 { return false }
        }
        return true
    }

    private static func step(of hash: UInt64) -> UInt64 { TextTerms.mix(hash) | 1 }

    private func place(of hash: UInt64) -> Int { Int(hash & UInt64(bits.count * 64 - 1)) }

    func write(to sink: inout ByteSink) {
        sink.put(bits.count)
        for word in bits { sink.put(word) }
    }

    init(reading source: inout ByteSource) throws(ByteSource.Cut) {
        let count = try source.count(of: 8)
        guard count > 0, count & (count - 1) == 0, count * 64 <= WordFilter.mostBits else { throw ByteSource.Cut() }
        bits = []
        bits.reserveCapacity(count)
        for _ in 0..<count { bits.append(try source.number()) }
    }
}

/// The features of a text as hashes: runs of words, pairs of near words, and runs of characters.
///
/// Words are runs of letters, digits and apostrophes in lower case, any script; a character run knows the edges of its
/// word (scikit-learn's `char_wb`). Hashes are FNV-1a, mixed, so that equal words hash alike on every machine.
struct TextTerms {
    private let spec: FeatureSpec
    private let mask: UInt64

    init(_ spec: FeatureSpec) {
        self.spec = spec
        mask = (1 << UInt64(spec.bits)) - 1
    }

    /// The most bytes of a text that are looked at; what stands behind says nothing new about what is wanted.
    static let mostBytes = 8192

    /// The buckets of all features in the order they stand, with repetitions.
    func buckets(of text: String) -> [UInt32] { read(text).buckets }

    /// The buckets of all features, and the hashes of the words without digits.
    func read(_ text: String) -> (buckets: [UInt32], words: [UInt64]) {
        let words = TextTerms.words(of: text)
        var buckets: [UInt32] = []
        buckets.reserveCapacity(words.reduce(words.count * spec.words) { $0 + $1.utf8.count * 3 })
        let hashes = words.map { TextTerms.hash($0.utf8, seed: 1) }
        for start in words.indices {
            var run: UInt64 = 0
            for length in 0..<min(spec.words, words.count - start) {
                run = TextTerms.mix(run &* 31 &+ hashes[start + length] &+ UInt64(length))
                buckets.append(UInt32(truncatingIfNeeded: run & mask))
            }
        }
        appendPairs(of: hashes, to: &buckets)
        for word in words { appendCharacters(of: word, to: &buckets) }
        let plain = words.indices.filter { !TextTerms.hasDigit(words[$0]) }.map { hashes[$0] }
        return (buckets, plain)
    }

    /// The hashes of the words without digits.
    static func plainWords(of text: String) -> [UInt64] {
        words(of: text).filter { !hasDigit($0) }.map { hash($0.utf8, seed: 1) }
    }

    private static func hasDigit(_ word: String) -> Bool { word.utf8.contains { (48...57).contains($0) } }

    private func appendPairs(of hashes: [UInt64], to buckets: inout [UInt32]) {
        guard spec.reach > 0 else { return }
        for first in hashes.indices {
            for second in hashes[first...].indices.dropFirst().prefix(spec.reach) {
                let (low, high) = (min(hashes[first], hashes[second]), max(hashes[first], hashes[second]))
                buckets.append(UInt32(truncatingIfNeeded: TextTerms.mix(low &* 1_000_003 &+ high &+ 77) & mask))
            }
        }
    }

    private func appendCharacters(of word: String, to buckets: inout [UInt32]) {
        var scalars: [UInt32] = [32]
        scalars.append(contentsOf: word.unicodeScalars.lazy.map(\.value))
        scalars.append(32)
        for length in spec.characters where length <= scalars.count {
            for start in 0...(scalars.count - length) {
                var hash: UInt64 = 0xCBF2_9CE4_8422_2325 &+ UInt64(length)
                for place in start..<(start + length) { hash = (hash ^ UInt64(scalars[place])) &* 0x100_0000_01B3 }
                buckets.append(UInt32(truncatingIfNeeded: TextTerms.mix(hash) & mask))
            }
        }
    }

    /// The words in lower case.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in String(text.utf8.prefix(mostBytes))?.lowercased().unicodeScalars ?? clipped(text) {
            if isPart(scalar) {
                word.unicodeScalars.append(scalar)
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// The beginning of a text whose cut fell into a character.
    private static func clipped(_ text: String) -> String.UnicodeScalarView {
        String(text.prefix(mostBytes / 4)).lowercased().unicodeScalars
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A, 0x27: true
        case ..<0x80: false
        case 0x2019: false
        default:
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar.properties.generalCategory == .nonspacingMark
        }
    }

    private static func hash(_ bytes: some Sequence<UInt8>, seed: UInt64) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }

    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ (mixed >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return mixed ^ (mixed >> 33)
    }
}

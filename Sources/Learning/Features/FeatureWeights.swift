internal import func Glibc.logf

/// The features that were learned and how rare each is: turns a text into a sparse vector of length 1.
///
/// Term frequency is damped (1 + ln n), rarity is ln((1 + texts) / (1 + texts with it)) + 1 (scikit-learn's `smooth_idf`).
struct FeatureWeights: Equatable, Sendable {
    /// The features of a text: rows of the classifier and their weights.
    struct Vector: Equatable, Sendable {
        var rows: [UInt32] = []
        var values: [Float] = []
        /// Features that were never learned, as a share of all of the text's words and runs, 0 to 1.
        var unknownShare = 0.0
    }

    let spec: FeatureSpec
    /// The row of each bucket, from 1; 0 for one that was not learned.
    private var rowOfBucket: [UInt32]
    /// How rare the feature of each row is.
    private(set) var rarity: [Float]
    private let terms: TextTerms

    /// Learns from texts which features there are.
    init(_ spec: FeatureSpec, texts: some Collection<String>) {
        self.spec = spec
        terms = TextTerms(spec)
        var counts = [UInt32](repeating: 0, count: 1 << spec.bits)
        var lastText = [UInt32](repeating: 0, count: 1 << spec.bits)
        var number: UInt32 = 0
        for text in texts {
            number += 1
            for bucket in terms.buckets(of: text) where lastText[Int(bucket)] != number {
                lastText[Int(bucket)] = number
                counts[Int(bucket)] += 1
            }
        }
        rowOfBucket = [UInt32](repeating: 0, count: 1 << spec.bits)
        rarity = []
        for bucket in counts.indices where counts[bucket] >= UInt32(spec.leastTexts) {
            rarity.append(logf(Float(1 + number) / Float(1 + counts[bucket])) + 1)
            rowOfBucket[bucket] = UInt32(rarity.count)
        }
    }

    /// What a stored classifier says; `nil` when buckets and rarities do not fit together.
    init?(_ spec: FeatureSpec, buckets: [UInt32], rarity: [Float]) {
        guard buckets.count == rarity.count, spec.isSound else { return nil }
        self.spec = spec
        self.rarity = rarity
        terms = TextTerms(spec)
        rowOfBucket = [UInt32](repeating: 0, count: 1 << spec.bits)
        for (row, bucket) in buckets.enumerated() {
            guard bucket < UInt32(rowOfBucket.count), rowOfBucket[Int(bucket)] == 0 else { return nil }
            rowOfBucket[Int(bucket)] = UInt32(row + 1)
        }
    }

    static func == (left: FeatureWeights, right: FeatureWeights) -> Bool {
        left.spec == right.spec && left.rarity == right.rarity && left.rowOfBucket == right.rowOfBucket
    }

    /// How many features were learned.
    var count: Int { rarity.count }

    /// The bucket of each row, in the order of the rows.
    var buckets: [UInt32] {
        rowOfBucket.indices.compactMap { rowOfBucket[$0] == 0 ? nil : UInt32($0) }
    }

    /// The vector of a text; empty when none of its features was learned.
    func vector(of text: String) -> Vector { read(text).vector }

    /// The vector of a text, and the hashes of its words without digits.
    func read(_ text: String) -> (vector: Vector, words: [UInt64]) {
        let (all, words) = terms.read(text)
        return (vector(of: all), words)
    }

    private func vector(of all: [UInt32]) -> Vector {
        var rows: [UInt32] = []
        rows.reserveCapacity(all.count)
        for bucket in all {
            let row = rowOfBucket[Int(bucket)]
            if row > 0 { rows.append(row - 1) }
        }
        var vector = Vector()
        vector.unknownShare = all.isEmpty ? 0 : 1 - Double(rows.count) / Double(all.count)
        rows.sort()
        vector.rows.reserveCapacity(rows.count)
        vector.values.reserveCapacity(rows.count)
        var squares: Float = 0
        var place = 0
        while place < rows.count {
            let row = rows[place]
            var times = 1
            while place + times < rows.count, rows[place + times] == row { times += 1 }
            place += times
            let value = (times == 1 ? 1 : 1 + logf(Float(times))) * rarity[Int(row)]
            vector.rows.append(row)
            vector.values.append(value)
            squares += value * value
        }
        guard squares > 0 else { return vector }
        let scale = 1 / squares.squareRoot()
        for place in vector.values.indices { vector.values[place] *= scale }
        return vector
    }
}

internal import Vocabulary

internal import func Glibc.expf

/// Sixteen numbers that a processor takes at once; tables are made of them.
typealias Block = SIMD16<Float>

/// A table of numbers whose rows are whole blocks.
struct BlockTable: Equatable, Sendable {
    /// Blocks of a row.
    let width: Int
    var blocks: [Block]

    /// A table with the same number everywhere.
    init(rows: Int, columns: Int, filled number: Float = 0) {
        width = (columns + 15) / 16
        blocks = [Block](repeating: Block(repeating: number), count: rows * width)
    }

    /// A table of chance, evenly between minus and plus `reach`.
    init(rows: Int, columns: Int, reach: Float, from chance: inout SplitMix64) {
        self.init(rows: rows, columns: columns)
        for place in blocks.indices {
            for lane in 0..<min(16, columns - place % width * 16) {
                blocks[place][lane] = Float.random(in: -reach...reach, using: &chance)
            }
        }
    }

    /// Adds the rows of a vector, weighted, to sums.
    func add(_ vector: FeatureWeights.Vector, to sums: inout [Block]) {
        for place in vector.rows.indices {
            let start = Int(vector.rows[place]) * width
            let value = vector.values[place]
            for block in 0..<width { sums[block] += blocks[start + block] * value }
        }
    }
}

/// Probabilities from scores.
enum Softmax {
    /// Turns scores into probabilities that add up to 1; those beyond the last label become 0.
    static func apply(_ scores: inout [Block], labels: Int) {
        var highest = -Float.infinity
        for label in 0..<labels { highest = max(highest, scores[label / 16][label % 16]) }
        var sum: Float = 0
        for block in scores.indices {
            for lane in 0..<16 {
                let value = block * 16 + lane < labels ? expf(scores[block][lane] - highest) : 0
                scores[block][lane] = value
                sum += value
            }
        }
        for block in scores.indices { scores[block] /= sum }
    }
}

/// Softmax regression: a row of scores for each feature, and a bias for each label.
struct LinearModel: Equatable, Sendable {
    let labels: Int
    var weights: BlockTable
    var bias: BlockTable

    init(rows: Int, labels: Int, filled number: Float = 0) {
        self.labels = labels
        weights = BlockTable(rows: rows, columns: labels, filled: number)
        bias = BlockTable(rows: 1, columns: labels, filled: number)
    }

    /// The probability of each label.
    func probabilities(of vector: FeatureWeights.Vector) -> [Block] {
        var scores = bias.blocks
        weights.add(vector, to: &scores)
        Softmax.apply(&scores, labels: labels)
        return scores
    }
}

/// Steps of AdaGrad (Duchi, Hazan, Singer 2011) on the cross entropy of a ``LinearModel``.
struct LinearOptimiser: Equatable, Sendable {
    var model: LinearModel
    /// Sums of squared slopes.
    var squares: LinearModel
    private static let rate: Float = 0.1

    init(rows: Int, labels: Int) {
        model = LinearModel(rows: rows, labels: labels)
        squares = LinearModel(rows: rows, labels: labels, filled: 1e-6)
    }

    /// Goes a step; gives how probable the right label was before.
    mutating func step(_ vector: FeatureWeights.Vector, label: Int, weight: Float) -> Float {
        var slope = model.probabilities(of: vector)
        let likely = slope[label / 16][label % 16]
        slope[label / 16][label % 16] -= 1
        for block in slope.indices { slope[block] *= weight }
        AdaGrad.step(&model.bias, &squares.bias, at: 0, slope, times: 1, rate: LinearOptimiser.rate)
        for place in vector.rows.indices {
            AdaGrad.step(
                &model.weights, &squares.weights, at: Int(vector.rows[place]), slope, times: vector.values[place],
                rate: LinearOptimiser.rate)
        }
        return likely
    }
}

/// The step itself.
enum AdaGrad {
    /// Moves one row against its slope, the less the more it was moved before.
    static func step(
        _ table: inout BlockTable, _ squares: inout BlockTable, at row: Int, _ slope: [Block], times value: Float,
        rate: Float
    ) {
        let start = row * table.width
        for block in 0..<table.width {
            let down = slope[block] * value
            let square = squares.blocks[start + block] + down * down
            squares.blocks[start + block] = square
            table.blocks[start + block] -= down * rate / square.squareRoot()
        }
    }
}

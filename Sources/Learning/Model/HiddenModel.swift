internal import Vocabulary

/// A network with one hidden layer of rectified units; the first layer's rows are what each feature means.
struct HiddenModel: Equatable, Sendable {
    /// Hidden units.
    static let units = 128

    let labels: Int
    var meanings: BlockTable
    var meaningBias: BlockTable
    var outputs: BlockTable
    var outputBias: BlockTable

    /// A network of chance, which training needs.
    init(rows: Int, labels: Int, from chance: inout SplitMix64) {
        self.labels = labels
        meanings = BlockTable(rows: rows, columns: HiddenModel.units, reach: 0.3, from: &chance)
        meaningBias = BlockTable(rows: 1, columns: HiddenModel.units)
        outputs = BlockTable(rows: HiddenModel.units, columns: labels, reach: 0.1, from: &chance)
        outputBias = BlockTable(rows: 1, columns: labels)
    }

    /// A network with the same number in each layer.
    init(rows: Int, labels: Int, first: Float, second: Float) {
        self.labels = labels
        meanings = BlockTable(rows: rows, columns: HiddenModel.units, filled: first)
        meaningBias = BlockTable(rows: 1, columns: HiddenModel.units, filled: first)
        outputs = BlockTable(rows: HiddenModel.units, columns: labels, filled: second)
        outputBias = BlockTable(rows: 1, columns: labels, filled: second)
    }

    /// The probability of each label.
    func probabilities(of vector: FeatureWeights.Vector) -> [Block] {
        outcome(of: hidden(vector))
    }

    /// What the hidden units say.
    func hidden(_ vector: FeatureWeights.Vector) -> [Block] {
        var units = meaningBias.blocks
        meanings.add(vector, to: &units)
        for block in units.indices { units[block].replace(with: 0, where: units[block] .< 0) }
        return units
    }

    /// The probabilities that follow from the hidden units.
    func outcome(of units: [Block]) -> [Block] {
        var scores = outputBias.blocks
        for unit in 0..<HiddenModel.units {
            let value = units[unit / 16][unit % 16]
            guard value != 0 else { continue }
            let start = unit * outputs.width
            for block in 0..<outputs.width { scores[block] += outputs.blocks[start + block] * value }
        }
        Softmax.apply(&scores, labels: labels)
        return scores
    }
}

/// Steps of AdaGrad on a ``HiddenModel``, with units left out by chance (dropout; Srivastava and others 2014).
struct HiddenOptimiser: Equatable, Sendable {
    var model: HiddenModel
    /// Sums of squared slopes.
    var squares: HiddenModel
    private static let rate: Float = 0.05
    private static let dropped: Float = 0.3

    init(rows: Int, labels: Int, from chance: inout SplitMix64) {
        model = HiddenModel(rows: rows, labels: labels, from: &chance)
        squares = HiddenModel(rows: rows, labels: labels, first: 0.01, second: 0.1)
    }

    /// Goes a step; gives how probable the right label was before.
    mutating func step(
        _ vector: FeatureWeights.Vector, label: Int, weight: Float, chance: inout SplitMix64
    ) -> Float {
        var units = model.hidden(vector)
        let kept = HiddenOptimiser.kept(from: &chance)
        for block in units.indices { units[block] *= kept[block] }
        var slope = model.outcome(of: units)
        let likely = slope[label / 16][label % 16]
        slope[label / 16][label % 16] -= 1
        for block in slope.indices { slope[block] *= weight }
        var below = back(slope, units)
        for block in below.indices { below[block] *= kept[block] }
        let rate = HiddenOptimiser.rate
        AdaGrad.step(&model.outputBias, &squares.outputBias, at: 0, slope, times: 1, rate: rate)
        AdaGrad.step(&model.meaningBias, &squares.meaningBias, at: 0, below, times: 1, rate: rate)
        for place in vector.rows.indices {
            AdaGrad.step(
                &model.meanings, &squares.meanings, at: Int(vector.rows[place]), below, times: vector.values[place],
                rate: rate)
        }
        return likely
    }

    /// Moves the second layer; gives the slope of each hidden unit that took part.
    private mutating func back(_ slope: [Block], _ units: [Block]) -> [Block] {
        var below = [Block](repeating: .zero, count: units.count)
        let width = model.outputs.width
        for unit in 0..<HiddenModel.units {
            let value = units[unit / 16][unit % 16]
            guard value != 0 else { continue }
            var sum = Block.zero
            for block in 0..<width { sum += model.outputs.blocks[unit * width + block] * slope[block] }
            below[unit / 16][unit % 16] = sum.sum()
            AdaGrad.step(
                &model.outputs, &squares.outputs, at: unit, slope, times: value, rate: HiddenOptimiser.rate)
        }
        return below
    }

    /// 0 for the units that are left out, and more than 1 for the others, so that the sum stays.
    private static func kept(from chance: inout SplitMix64) -> [Block] {
        let limit = UInt64(Double(dropped) * 65536)
        return (0..<units / 16).map { _ in
            var block = Block(repeating: 1 / (1 - dropped))
            for part in 0..<4 {
                var bits = chance.next()
                for lane in 0..<4 {
                    if bits & 0xFFFF < limit { block[part * 4 + lane] = 0 }
                    bits >>= 16
                }
            }
            return block
        }
    }

    private static let units = HiddenModel.units
}

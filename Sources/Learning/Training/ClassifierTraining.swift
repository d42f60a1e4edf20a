internal import Vocabulary

internal import func Glibc.logf

/// The training of a classifier, one small batch after the other, so that whoever runs it can stop it at any time.
///
/// ``advance()`` until it is over, then ``finish()``. A ``checkpoint()`` taken at the end of a pass goes on from there
/// in another process, to the same classifier bit by bit.
public struct ClassifierTraining: Sendable {
    /// What a call of ``ClassifierTraining/advance()`` came to.
    public enum Step: Equatable, Sendable {
        /// A batch was learned.
        case batch
        /// A pass ended; now is the time for a checkpoint.
        case pass(TrainingPass)
        /// There is nothing more to learn.
        case over
    }

    /// Texts of a batch: about 10 ms.
    static let batchSize = 64
    /// Passes over all texts but those of the test, after the number of passes is known.
    static let lastPasses = 2
    private static let dropped = UInt64(0.3 * 65536)

    /// With more texts than this, their vectors are made anew in each pass: memory would be a gigabyte for a million.
    static let mostKept = 100_000

    private struct Row {
        let text: String
        /// `nil` when it is made when it is needed.
        let vector: FeatureWeights.Vector?
        let label: Int
        let weight: Float
    }

    /// The spec.
    public let spec: TrainingSpec
    /// The labels, sorted.
    public let labels: [String]
    /// What the passes so far came to.
    public internal(set) var passes: [TrainingPass] = []
    let features: FeatureWeights
    /// The words of all texts that are learned or decide when to stop.
    private let words: WordFilter
    var linear: LinearOptimiser
    var hidden: HiddenOptimiser
    /// What the validation found when it was best: the probabilities of each of its texts.
    var temperature = 1.0
    var threshold = 0.0
    private var rows: [Row]
    private let validation: [Row]
    private let test: [(text: String, label: Int)]
    private var order: [Int] = []
    private var place = 0
    private var chance = SplitMix64(seed: 0)
    private var loss = 0.0
    private var trainCount: Int

    /// Prepares the training: takes about a second for 20,000 texts.
    ///
    /// - Throws: ``LearningFailure/unsoundSpec(field:accepts:)``.
    public init(_ data: DataSet, spec: TrainingSpec) throws(LearningFailure) {
        try spec.check()
        self.spec = spec
        labels = data.labels
        let split = data.split(spec)
        let features = FeatureWeights(spec.features, texts: (split.train + split.validation).map(\.text))
        self.features = features
        words = WordFilter(
            (split.train + split.validation).reduce(into: Set<UInt64>()) {
                $0.formUnion(TextTerms.plainWords(of: $1.text))
            })
        let isKept = split.train.count <= ClassifierTraining.mostKept
        let counts = split.train.reduce(into: [Int](repeating: 0, count: data.labels.count)) { $0[$1.label] += 1 }
        let mean = Double(split.train.count) / Double(data.labels.count)
        func row(_ example: (text: String, label: Int)) -> Row {
            let weight = spec.isBalanced ? mean / Double(max(1, counts[example.label])) : 1
            return Row(
                text: example.text, vector: isKept ? features.vector(of: example.text) : nil, label: example.label,
                weight: Float(min(TrainingSpec.mostWeight, weight)))
        }
        validation = split.validation.map(row)
        trainCount = split.train.count
        rows = split.train.map(row) + validation
        test = split.test
        var chance = SplitMix64(seed: spec.seed)
        linear = LinearOptimiser(rows: features.count, labels: labels.count)
        hidden = HiddenOptimiser(rows: features.count, labels: labels.count, from: &chance)
    }

    /// How many texts are learned, decide when to stop, and are kept for the evaluation.
    public var counts: (train: Int, validation: Int, test: Int) { (trainCount, validation.count, test.count) }

    /// How many features are learned.
    public var featureCount: Int { features.count }

    /// Whether the number of passes is known and the last ones, over all texts, are under way or done.
    private var searchIsOver: Bool {
        guard let best = passes.indices.min(by: { passes[$0].validationLoss < passes[$1].validationLoss }) else {
            return false
        }
        let searched = passes.count(where: { !$0.isOverAll })
        return searched >= spec.epochs || searched - 1 - best >= spec.patience
            || passes.contains(where: \.isOverAll)
    }

    /// Whether there is nothing more to learn.
    public var isOver: Bool { passes.count(where: \.isOverAll) == ClassifierTraining.lastPasses }

    /// How much is done, 0 to 1; an estimate, because the validation may end it early.
    public var fraction: Double {
        let size = Double(trainCount), last = Double(ClassifierTraining.lastPasses * rows.count)
        guard !isOver else { return 1 }
        let searched = Double(passes.count(where: { !$0.isOverAll })), over = Double(passes.count(where: \.isOverAll))
        let expected = searchIsOver ? searched : Double(spec.epochs)
        let done = searched * size + over * Double(rows.count) + Double(place)
        return min(0.999, done / (expected * size + last))
    }

    /// Learns the next batch.
    public mutating func advance() -> Step {
        guard !isOver else { return .over }
        if order.isEmpty { begin() }
        let end = min(order.count, place + ClassifierTraining.batchSize)
        while place < end {
            learn(rows[order[place]])
            place += 1
        }
        guard place == order.count else { return .batch }
        return .pass(endPass())
    }

    private mutating func begin() {
        // Chance begins anew with every pass, so that a pass after a checkpoint is the same.
        chance = SplitMix64(seed: spec.seed &+ UInt64(passes.count + 1) &* 0x9E37_79B9)
        order = Array(0..<(searchIsOver ? rows.count : trainCount)).shuffled(using: &chance)
        place = 0
        loss = 0
    }

    /// Learns a text without some of its features, by chance: what is left must do.
    private mutating func learn(_ row: Row) {
        let whole = row.vector ?? features.vector(of: row.text)
        var vector = FeatureWeights.Vector()
        vector.rows.reserveCapacity(whole.rows.count)
        vector.values.reserveCapacity(whole.rows.count)
        var bits: UInt64 = 0
        for place in whole.rows.indices {
            if place % 4 == 0 { bits = chance.next() }
            if bits & 0xFFFF >= ClassifierTraining.dropped {
                vector.rows.append(whole.rows[place])
                vector.values.append(whole.values[place] * (1 / 0.7))
            }
            bits >>= 16
        }
        let first = linear.step(vector, label: row.label, weight: row.weight)
        let second = hidden.step(vector, label: row.label, weight: row.weight, chance: &chance)
        loss -= Double(logf(max((first + second) / 2, 1e-12)))
    }

    private mutating func endPass() -> TrainingPass {
        let isOverAll = searchIsOver
        var pass = TrainingPass()
        pass.number = passes.count + 1
        pass.loss = loss / Double(max(1, order.count))
        pass.isOverAll = isOverAll
        if isOverAll, let last = passes.last {
            // Its texts are learned now: what it would say of them is worth nothing.
            (pass.validationLoss, pass.validationAccuracy) = (last.validationLoss, last.validationAccuracy)
        } else {
            calibrate(&pass)
        }
        passes.append(pass)
        order = []
        place = 0
        return pass
    }

    private mutating func calibrate(_ pass: inout TrainingPass) {
        let model = classifier()
        let said = validation.map {
            Calibration.Said(model.mean(of: $0.vector ?? features.vector(of: $0.text)), label: $0.label)
        }
        let calibration = Calibration(said, labels: labels.count, rejectShare: spec.rejectShare)
        pass.validationLoss = calibration.loss
        pass.validationAccuracy = calibration.accuracy
        temperature = calibration.temperature
        threshold = calibration.threshold
    }

    func classifier() -> TextClassifier {
        TextClassifier(
            labels: labels, threshold: threshold, temperature: temperature, features: features,
            linear: linear.model, hidden: hidden.model, words: words)
    }

    /// The classifier, rounded as it is stored, and how it does on the texts that it never saw.
    public func finish() -> (classifier: TextClassifier, evaluation: Evaluation) {
        let classifier = classifier().rounded
        return (classifier, Evaluation(of: classifier, on: test))
    }
}

/// What a pass over the data came to.
public struct TrainingPass: Equatable, Sendable {
    /// From 1.
    public internal(set) var number = 0
    /// The mean loss of what was learned, nats, with features left out by chance.
    public internal(set) var loss = 0.0
    /// The loss on the texts that decide when to stop.
    public internal(set) var validationLoss = 0.0
    /// The share of them that it said right, 0 to 1.
    public internal(set) var validationAccuracy = 0.0
    /// Whether it was one of the last passes, which learn those texts too.
    public internal(set) var isOverAll = false
}

internal import Vocabulary

/// One text with what it is about.
public struct LabelledText: Equatable, Sendable {
    /// What a customer wrote.
    public let text: String
    /// What it is about.
    public let label: String

    /// A text with its label.
    public init(_ text: String, _ label: String) {
        self.text = text
        self.label = label
    }
}

/// Texts to learn from, each once.
public struct DataSet: Equatable, Sendable {
    /// The texts in the order they came; of those that say the same, the first.
    public private(set) var examples: [LabelledText] = []
    /// The labels, sorted.
    public private(set) var labels: [String] = []
    /// How many texts said the same as one before and were left out.
    public private(set) var repeated = 0
    /// How many of those had another label than the first.
    public private(set) var contradicting = 0

    /// The most texts.
    public static let mostTexts = 2_000_000
    /// The most labels.
    public static let mostLabels = 1000

    /// A data set; texts that say the same count once, so that none is both learned and tested.
    ///
    /// - Throws: ``LearningFailure/tooLittle(_:)`` for fewer than two labels, or labels without two texts.
    public init(_ examples: some Sequence<LabelledText>) throws(LearningFailure) {
        var labelOf: [String: String] = [:]
        for example in examples {
            let said = TextTerms.words(of: example.text).joined(separator: " ")
            if let known = labelOf[said] {
                repeated += 1
                contradicting += known == example.label ? 0 : 1
            } else {
                labelOf[said] = example.label
                self.examples.append(example)
            }
        }
        try check()
    }

    private mutating func check() throws(LearningFailure) {
        var counts: [String: Int] = [:]
        for example in examples { counts[example.label, default: 0] += 1 }
        labels = counts.keys.sorted()
        guard labels.count >= 2 else {
            let only = labels.first.map { ", not only \(SafeText(untrusted: $0, limit: 60).oneLine.text)" } ?? ""
            throw .tooLittle("a classifier needs texts of at least two labels\(only)")
        }
        guard labels.count <= DataSet.mostLabels else {
            throw .tooLittle(
                "\(labels.count) labels are too many: at most \(DataSet.mostLabels); is it the right column?")
        }
        if let rare = labels.first(where: { counts[$0] ?? 0 < 4 }) {
            let name = SafeText(untrusted: rare, limit: 60).oneLine.text
            throw .tooLittle(
                "the label \(name) has \(counts[rare] ?? 0) different texts; it needs at least 4, to learn and to test")
        }
    }

    /// More texts than this tell an evaluation nothing new.
    private static let mostTested = 50_000
    /// More texts than this tell nothing new about when to stop.
    private static let mostValidated = 10_000

    /// The examples in three parts, each with the labels in the same proportions, by chance from the seed.
    func split(_ spec: TrainingSpec) -> DataSplit {
        var chance = SplitMix64(seed: spec.seed)
        let place = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        var byLabel = [[LabelledText]](repeating: [], count: labels.count)
        for example in examples { byLabel[place[example.label] ?? 0].append(example) }
        var split = DataSplit()
        for label in labels.indices {
            let shuffled = byLabel[label].shuffled(using: &chance)
            let test = min(DataSet.share(spec.testShare, of: shuffled.count), DataSet.mostTested / labels.count)
            let validation = min(
                DataSet.share(spec.validationShare, of: shuffled.count - test), DataSet.mostValidated / labels.count)
            for (number, example) in shuffled.enumerated() {
                let row = (text: example.text, label: label)
                if number < test {
                    split.test.append(row)
                } else if number < test + validation {
                    split.validation.append(row)
                } else {
                    split.train.append(row)
                }
            }
        }
        return split
    }

    /// At least one when a share is wanted, never more than leaves two.
    private static func share(_ share: Double, of count: Int) -> Int {
        share > 0 ? max(1, min(count - 2, Int((Double(count) * share).rounded()))) : 0
    }
}

/// Texts and their labels' places, for learning, for stopping, and for the evaluation.
struct DataSplit {
    var train: [(text: String, label: Int)] = []
    var validation: [(text: String, label: Int)] = []
    var test: [(text: String, label: Int)] = []
}

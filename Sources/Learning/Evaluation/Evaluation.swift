internal import func Glibc.log

/// How a classifier does on texts that it never saw.
public struct Evaluation: Equatable, Sendable {
    /// How it does for one label.
    public struct Label: Equatable, Sendable {
        /// The label.
        public internal(set) var name = ""
        /// How many texts have it.
        public internal(set) var texts = 0
        /// Of the texts that it gave this label, the share that have it, 0 to 1; `nil` when it gave it to none.
        public internal(set) var precision: Double?
        /// Of the texts with the label, the share that it found, 0 to 1; `nil` without such texts.
        public internal(set) var recall: Double?
        /// The harmonic mean of both, 0 to 1; 0 when either is absent.
        public internal(set) var f1 = 0.0
    }

    /// How often one label was taken for another.
    public struct Confusion: Equatable, Sendable {
        /// The label that the texts have.
        public let label: Int
        /// The label that they were given.
        public let given: Int
        /// How many texts.
        public internal(set) var count: Int
    }

    /// How sure it was and how often right, for a range of confidence.
    public struct Bin: Equatable, Sendable {
        /// Texts in the range.
        public internal(set) var texts = 0
        /// Its mean confidence there.
        public internal(set) var confidence = 0.0
        /// The share it had right.
        public internal(set) var accuracy = 0.0
    }

    /// How many texts were asked.
    public internal(set) var texts = 0
    /// The share it had right, 0 to 1.
    public internal(set) var accuracy = 0.0
    /// The mean of the labels' F1.
    public internal(set) var macroF1 = 0.0
    /// The mean loss, nats.
    public internal(set) var loss = 0.0
    /// The expected calibration error over fifteen ranges of confidence (Naeini and others 2015), 0 to 1.
    public internal(set) var calibrationError = 0.0
    /// The share that it would have taken for out of scope.
    public internal(set) var rejected = 0.0
    /// Each label, in the classifier's order.
    public internal(set) var labels: [Label] = []
    /// Every pair that occurs, right ones included, by label and what was given.
    public internal(set) var confusions: [Confusion] = []
    /// Fifteen ranges of confidence, from 0 to 1.
    public internal(set) var bins: [Bin] = []

    /// What it said of them, to compare what it says of customers' texts with.
    public internal(set) var said = PredictionReference(of: [], labels: 0)

    /// Ranges of confidence.
    public static let binCount = 15

    /// Asks the classifier.
    init(of classifier: TextClassifier, on test: [(text: String, label: Int)]) {
        let count = classifier.labels.count
        var table = [Int: Int]()
        bins = [Bin](repeating: Bin(), count: Evaluation.binCount)
        var right = 0
        var refused = 0
        var predictions: [TextClassifier.Prediction] = []
        for example in test {
            let (prediction, probabilities) = classifier.read(example.text)
            let given = prediction.place
            predictions.append(prediction)
            table[example.label * count + given, default: 0] += 1
            loss -= log(max(1e-12, probabilities[example.label]))
            let bin = min(Evaluation.binCount - 1, Int(probabilities[given] * Double(Evaluation.binCount)))
            bins[bin].texts += 1
            bins[bin].confidence += probabilities[given]
            bins[bin].accuracy += given == example.label ? 1 : 0
            right += given == example.label ? 1 : 0
            refused += probabilities[given] < classifier.threshold ? 1 : 0
        }
        texts = test.count
        said = PredictionReference(of: predictions, labels: count)
        guard texts > 0 else { return }
        accuracy = Double(right) / Double(texts)
        rejected = Double(refused) / Double(texts)
        loss /= Double(texts)
        calibrationError = bins.reduce(0) { $0 + abs($1.confidence - $1.accuracy) } / Double(texts)
        for bin in bins.indices where bins[bin].texts > 0 {
            bins[bin].confidence /= Double(bins[bin].texts)
            bins[bin].accuracy /= Double(bins[bin].texts)
        }
        confusions = table.keys.sorted().map {
            Confusion(label: $0 / count, given: $0 % count, count: table[$0] ?? 0)
        }
        score(classifier.labels)
    }

    private mutating func score(_ names: [String]) {
        var given = [Int](repeating: 0, count: names.count)
        var have = given
        var right = given
        for confusion in confusions {
            given[confusion.given] += confusion.count
            have[confusion.label] += confusion.count
            if confusion.label == confusion.given { right[confusion.label] = confusion.count }
        }
        labels = names.indices.map { label in
            var result = Label()
            result.name = names[label]
            result.texts = have[label]
            if given[label] > 0 { result.precision = Double(right[label]) / Double(given[label]) }
            if have[label] > 0 { result.recall = Double(right[label]) / Double(have[label]) }
            if let precision = result.precision, let recall = result.recall, precision + recall > 0 {
                result.f1 = 2 * precision * recall / (precision + recall)
            }
            return result
        }
        macroF1 = labels.reduce(0) { $0 + $1.f1 } / Double(max(1, labels.count))
    }

    /// The mistakes, the most frequent first.
    public var mistakes: [Confusion] {
        confusions.filter { $0.label != $0.given }.sorted { ($1.count, $0.label) < ($0.count, $1.label) }
    }
}

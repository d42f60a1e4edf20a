internal import func Glibc.pow

/// Says what a text is about: the mean of a softmax regression and a small network, made honest by a temperature.
///
/// Immutable; any number of threads may ask it at once.
public struct TextClassifier: Equatable, Sendable {
    /// What it can say, sorted.
    public let labels: [String]
    /// Probabilities below this mean that the text is about nothing it knows, 0 to 1.
    public let threshold: Double
    /// Above 1 makes it less sure than training did, below 1 more (Guo and others 2017).
    public let temperature: Double
    let features: FeatureWeights
    let linear: LinearModel
    let hidden: HiddenModel
    /// The words it learned from; `nil` for one that was stored before they were kept.
    let words: WordFilter?

    /// What a text is about.
    public struct Prediction: Equatable, Sendable {
        /// The most probable label.
        public let label: String
        /// Where it stands among the labels.
        public let place: Int
        /// How probable it is, 0 to 1.
        public let confidence: Double
        /// Whether the text is about nothing that was learned: too little confidence, or hardly a known word.
        public let isOutOfScope: Bool
        /// The share of the text's words and runs of characters that training never saw, 0 to 1.
        public let unknownShare: Double
        /// Its words and those that training never saw; `nil` for a classifier that does not know its words.
        public let words: WordCount?
    }

    /// More unknown features than this share mean that the text is about something else.
    static let mostUnknown = 0.9

    /// The most probable label of a text.
    public func predict(_ text: String) -> Prediction { read(text).prediction }

    /// The most probable label of a text, and the probability of each in the order of ``labels``.
    public func read(_ text: String) -> (prediction: Prediction, probabilities: [Double]) {
        let (vector, hashes) = features.read(text)
        let probabilities = probabilities(of: vector)
        var best = 0
        for label in labels.indices where probabilities[label] > probabilities[best] { best = label }
        let prediction = Prediction(
            label: labels[best], place: best, confidence: probabilities[best],
            isOutOfScope: probabilities[best] < threshold || vector.unknownShare > TextClassifier.mostUnknown,
            unknownShare: vector.unknownShare, words: words.map { WordCount(of: hashes, learned: $0) })
        return (prediction, probabilities)
    }

    /// The probability of each label, in the order of ``labels``.
    public func probabilities(of text: String) -> [Double] {
        probabilities(of: features.vector(of: text))
    }

    func probabilities(of vector: FeatureWeights.Vector) -> [Double] {
        TextClassifier.tempered(mean(of: vector), labels.count, temperature)
    }

    /// The mean of both models, before the temperature.
    func mean(of vector: FeatureWeights.Vector) -> [Block] {
        var sum = linear.probabilities(of: vector)
        let second = hidden.probabilities(of: vector)
        for block in sum.indices { sum[block] = (sum[block] + second[block]) * 0.5 }
        return sum
    }

    /// Probabilities to the power of 1 / temperature, adding up to 1 again.
    static func tempered(_ blocks: [Block], _ labels: Int, _ temperature: Double) -> [Double] {
        var powers = [Double](repeating: 0, count: labels)
        var sum = 0.0
        for label in 0..<labels {
            powers[label] = pow(Double(max(blocks[label / 16][label % 16], 1e-12)), 1 / temperature)
            sum += powers[label]
        }
        for label in 0..<labels { powers[label] /= sum }
        return powers
    }
}

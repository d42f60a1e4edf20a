/// What a classifier said of many texts: how often each label, how sure it was, and how many words were new to it.
public struct PredictionTally: Equatable, Sendable {
    /// How many texts got each label, in the classifier's order.
    public var labels: [Int]
    /// How many texts fell into each range of confidence of a ``PredictionReference``.
    public var confidence: [Int]
    /// Words and new words; both 0 for a classifier that does not know its words.
    public var words = WordCount()

    /// Nothing yet.
    public init(labels: Int, ranges: Int) {
        self.labels = [Int](repeating: 0, count: labels)
        confidence = [Int](repeating: 0, count: ranges)
    }

    /// How many texts.
    public var texts: Int { labels.reduce(0, +) }

    /// Adds the counts of another tally of the same classifier.
    public mutating func add(_ other: PredictionTally) {
        for place in labels.indices where place < other.labels.count { labels[place] += other.labels[place] }
        for place in confidence.indices where place < other.confidence.count {
            confidence[place] += other.confidence[place]
        }
        words += other.words
    }
}

/// What a classifier said of the held-out texts of its training, to compare what it says of customers' texts with.
public struct PredictionReference: Equatable, Sendable {
    /// Where the ranges of confidence touch, ascending.
    public let edges: [Double]
    /// What it said.
    public private(set) var tally: PredictionTally

    /// Ranges of confidence in which equally many of the held-out texts fall.
    static let ranges = 10

    /// A reference that was measured before.
    public init(edges: [Double], tally: PredictionTally) {
        self.edges = edges
        self.tally = tally
    }

    /// The reference of held-out texts: its ranges of confidence are their deciles.
    init(of predictions: [TextClassifier.Prediction], labels: Int) {
        let sorted = predictions.map(\.confidence).sorted()
        edges =
            sorted.isEmpty
            ? [] : (1..<PredictionReference.ranges).map { sorted[sorted.count * $0 / PredictionReference.ranges] }
        tally = PredictionTally(labels: labels, ranges: edges.count + 1)
        for prediction in predictions { count(prediction, in: &tally) }
    }

    /// An empty tally to count in.
    public var empty: PredictionTally { PredictionTally(labels: tally.labels.count, ranges: edges.count + 1) }

    /// Counts what the classifier said of a text; what another classifier said changes nothing.
    public func count(_ prediction: TextClassifier.Prediction, in tally: inout PredictionTally) {
        guard tally.labels.indices.contains(prediction.place), tally.confidence.count == edges.count + 1 else { return }
        tally.labels[prediction.place] += 1
        tally.confidence[edges.firstIndex { prediction.confidence < $0 } ?? edges.count] += 1
        if let words = prediction.words { tally.words += words }
    }
}

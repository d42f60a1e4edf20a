/// Whether what a classifier says of customers' texts still looks like what it said when it was trained.
public enum DriftState: String, FieldChoice, Sendable {
    /// Too few texts to say.
    case unknown
    /// Nothing that chance does not explain.
    case stable
    /// Something moved; look again in some days.
    case watch
    /// It reads other texts than it was trained for: train it again.
    case drifted
}

/// How far a classifier's work on customers' texts lies from its held-out texts, over the last seven days (UTC).
public struct ClassifierDrift: Record {
    /// Customers' texts of the last seven days, today included.
    public var texts: Int64 = 0
    /// Held-out texts of the training that they are compared with.
    public var reference: Int64 = 0
    /// The population stability index of the labels, without what chance gives; absent when there are too few texts.
    public var labels: Double?
    /// The same of how sure it was, in tenths of the held-out texts.
    public var confidence: Double?
    /// The share of customers' words that training never saw, 0 to 1; absent when there are too few texts, and for
    /// classifiers that do not know their words.
    public var newWords: Double?
    /// The same share of the held-out texts.
    public var usualNewWords: Double?
    /// What that comes to.
    public var state = DriftState.unknown

    /// From this index on a change is worth a look, and from the second on it is one.
    public static let thresholds = (watch: 0.1, drifted: 0.25)
    /// The same for the share of new words beyond the usual.
    public static let wordThresholds = (watch: 0.05, drifted: 0.1)

    /// Blank numbers.
    public init() {}

    /// The larger index; `nil` when there are too few texts.
    public var index: Double? { [labels, confidence].compactMap { $0 }.max() }

    /// How much of customers' words is new beyond what was new of the held-out texts, 0 to 1; `nil` when either is not
    /// known.
    public var newWordsBeyondUsual: Double? {
        guard let newWords, let usualNewWords else { return nil }
        return max(0, newWords - usualNewWords)
    }

    /// What the numbers come to.
    public var judged: DriftState {
        let (limits, words) = (ClassifierDrift.thresholds, ClassifierDrift.wordThresholds)
        guard let index else { return .unknown }
        let beyond = newWordsBeyondUsual ?? 0
        if index >= limits.drifted || beyond >= words.drifted { return .drifted }
        return index >= limits.watch || beyond >= words.watch ? .watch : .stable
    }

    /// Fewer texts than this, on either side, say nothing.
    public static let leastTexts: Int64 = 100

    /// What is missing for a verdict; `nil` when there is one.
    public var missing: String? {
        guard state == .unknown else { return nil }
        return reference < ClassifierDrift.leastTexts
            ? "cannot be said: \(reference) of \(ClassifierDrift.leastTexts) held-out texts"
            : "not enough yet: \(texts) of \(ClassifierDrift.leastTexts) texts"
    }

    /// `ClassifierDrift`.
    public static let recordName = "ClassifierDrift"
    /// For the API reference.
    public static let summary = "How far a classifier's work lies from its held-out texts, over the last seven days."
    /// A bank that opened in another country.
    public static var example: ClassifierDrift {
        var value = ClassifierDrift()
        (value.texts, value.reference) = (412, 1993)
        (value.labels, value.confidence) = (0.31, 0.12)
        (value.newWords, value.usualNewWords) = (0.06, 0.02)
        value.state = value.judged
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("texts", &texts, "Customers' texts of the last seven days (UTC), today included.")
        visitor.field("reference_texts", &reference, "Held-out texts that they are compared with.")
        visitor.field("labels", &labels, "Population stability index of the labels, without what chance gives.")
        visitor.field("confidence", &confidence, "The same of the confidence.")
        visitor.field("new_words", &newWords, "The share of words that training never saw, 0 to 1.")
        visitor.field("usual_new_words", &usualNewWords, "The same share of the held-out texts.")
        visitor.field("state", &state, "unknown, stable, watch or drifted.")
    }
}

public import Vocabulary

/// How a classifier did on texts that it never saw, in a few numbers.
public struct ClassifierSummary: Record {
    /// How many texts were asked.
    public var texts: Int64 = 0
    /// How many labels it knows.
    public var labels: Int64 = 0
    /// The share it had right, 0 to 1.
    public var accuracy = 0.0
    /// The mean over the labels of the harmonic mean of precision and recall, 0 to 1.
    public var macroF1 = 0.0
    /// How far its confidence is from how often it is right (expected calibration error, fifteen ranges), 0 to 1.
    public var calibrationError = 0.0
    /// The share that it takes for out of scope although it is not, 0 to 1.
    public var rejected = 0.0
    /// The confidence below which a text is out of scope, 0 to 1.
    public var threshold = 0.0
    /// How many texts it learned from.
    public var learned: Int64 = 0
    /// SHA-256 of the data set.
    public var dataHash = ""
    /// The spec and the seed it was trained with.
    public var spec = ""
    /// How much the texts of rare labels counted; absent when each text counted as much as every other.
    public var classWeights: ClassWeights?

    /// Blank numbers.
    public init() {}

    /// `ClassifierSummary`.
    public static let recordName = "ClassifierSummary"
    /// For the API reference.
    public static let summary = "How a classifier did on texts that it never saw."
    /// Questions to a bank.
    public static var example: ClassifierSummary {
        var value = ClassifierSummary()
        value.texts = 1993
        value.labels = 77
        value.accuracy = 0.915
        value.macroF1 = 0.914
        value.calibrationError = 0.012
        value.rejected = 0.03
        value.threshold = 0.47
        value.learned = 7979
        value.dataHash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        value.spec = "words 2, seed 1"
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("texts", &texts, "How many texts were asked.")
        visitor.field("labels", &labels, "How many labels it knows.")
        visitor.field("accuracy", &accuracy, "The share it had right, 0 to 1.")
        visitor.field("macro_f1", &macroF1, "The mean of the labels' F1, 0 to 1.")
        visitor.field("calibration_error", &calibrationError, "How far confidence is from being right, 0 to 1.")
        visitor.field("rejected", &rejected, "The share wrongly taken for out of scope, 0 to 1.")
        visitor.field("threshold", &threshold, "The confidence below which a text is out of scope.")
        visitor.field("learned", &learned, "How many texts it learned from.")
        visitor.field("data_hash", &dataHash, "SHA-256 of the data set.", .length(0...64))
        visitor.field("spec", &spec, "The spec and the seed it was trained with.", .length(0...500))
        visitor.field("class_weights", &classWeights, "balanced when rare labels counted as much as others.")
    }
}

/// How a classifier does for one label.
public struct LabelScore: Record {
    /// The label.
    public var label = ""
    /// How many texts of the evaluation have it.
    public var texts: Int64 = 0
    /// Of the texts given this label, the share that have it; absent when none was.
    public var precision: Double?
    /// Of the texts that have it, the share that was found; absent without such texts.
    public var recall: Double?
    /// The harmonic mean of both.
    public var f1 = 0.0

    /// A blank score.
    public init() {}

    /// `LabelScore`.
    public static let recordName = "LabelScore"
    /// For the API reference.
    public static let summary = "How a classifier does for one label."
    /// A label that is found well.
    public static var example: LabelScore {
        var value = LabelScore()
        value.label = "card_arrival"
        value.texts = 31
        value.precision = 0.94
        value.recall = 0.97
        value.f1 = 0.95
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("label", &label, "The label.", .length(0...200))
        visitor.field("texts", &texts, "How many texts of the evaluation have it.")
        visitor.field("precision", &precision, "Of the texts given this label, the share that have it.")
        visitor.field("recall", &recall, "Of the texts that have it, the share that was found.")
        visitor.field("f1", &f1, "The harmonic mean of both.")
    }
}

/// How often one label was taken for another.
public struct LabelConfusion: Record {
    /// The label that the texts have.
    public var label = ""
    /// The label that they were given.
    public var given = ""
    /// How many texts.
    public var texts: Int64 = 0

    /// A blank confusion.
    public init() {}

    /// `LabelConfusion`.
    public static let recordName = "LabelConfusion"
    /// For the API reference.
    public static let summary = "How often one label was taken for another, or found."
    /// Two labels that are alike.
    public static var example: LabelConfusion {
        var value = LabelConfusion()
        value.label = "card_arrival"
        value.given = "card_delivery_estimate"
        value.texts = 3
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("label", &label, "The label that the texts have.", .length(0...200))
        visitor.field("given", &given, "The label that they were given.", .length(0...200))
        visitor.field("texts", &texts, "How many texts.")
    }
}

/// A range of confidence: how sure the classifier was and how often right.
public struct ConfidenceRange: Record {
    /// Texts in the range.
    public var texts: Int64 = 0
    /// Its mean confidence there.
    public var confidence = 0.0
    /// The share it had right.
    public var accuracy = 0.0

    /// A blank range.
    public init() {}

    /// `ConfidenceRange`.
    public static let recordName = "ConfidenceRange"
    /// For the API reference.
    public static let summary = "How sure a classifier was in a range of confidence, and how often right."
    /// A sure one.
    public static var example: ConfidenceRange {
        var value = ConfidenceRange()
        value.texts = 1400
        value.confidence = 0.98
        value.accuracy = 0.97
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("texts", &texts, "Texts in the range.")
        visitor.field("confidence", &confidence, "Its mean confidence there.")
        visitor.field("accuracy", &accuracy, "The share it had right.")
    }
}

/// Everything that the evaluation of a classifier found.
public struct ClassifierReport: Record {
    /// The version.
    public var version = ID<ModelVersion>(0)
    /// In a few numbers.
    public var summary = ClassifierSummary()
    /// Each label, sorted by name.
    public var labels: [LabelScore] = []
    /// Every pair of label and what was given that occurs, right ones included.
    public var confusions: [LabelConfusion] = []
    /// Fifteen ranges of confidence, from 0 to 1.
    public var ranges: [ConfidenceRange] = []
    /// How far its work on customers' texts lies from what is written here; absent for one that read none yet.
    public var drift: ClassifierDrift?

    /// A blank report.
    public init() {}

    /// `ClassifierReport`.
    public static let recordName = "ClassifierReport"
    /// For the API reference.
    public static let summary = "Everything that the evaluation of a classifier found."
    /// Of a small one.
    public static var example: ClassifierReport {
        var value = ClassifierReport()
        value.version = ID(5)
        value.summary = .example
        value.labels = [.example]
        value.confusions = [.example]
        value.ranges = [.example]
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("version", &version, "The version.")
        visitor.field("summary", &summary, "In a few numbers.")
        visitor.field("labels", &labels, "Each label.", .length(0...1000))
        visitor.field("confusions", &confusions, "Every pair that occurs.", .length(0...1_000_000))
        visitor.field("ranges", &ranges, "Fifteen ranges of confidence.", .length(0...15))
        visitor.field("drift", &drift, "How far its work lies from its held-out texts.")
    }
}

public import Vocabulary

/// A training of a classifier, or of a model at a provider: waiting, under way or over.
public struct TrainingJob: Record {
    /// Where it stands.
    public enum Status: String, FieldChoice, Sendable {
        /// It waits for the job before it.
        case queued
        /// It learns.
        case running
        /// There is a new version.
        case succeeded
        /// It could not be done.
        case failed
        /// Somebody ended it.
        case cancelled

        /// Whether it is over.
        public var isOver: Bool { self != .queued && self != .running }
    }

    /// The job's number.
    public var id = ID<TrainingJob>(0)
    /// The name of the model that gets a new version.
    public var model = ""
    /// What it is for.
    public var kind = ModelKind.intent
    /// Where it stands.
    public var status = Status.queued
    /// How much is done, 0 to 1; an estimate while it learns.
    public var progress = 0.0
    /// In how many seconds it is expected to be done; absent while nobody knows.
    public var secondsLeft: Int64?
    /// Texts of the data set, each once.
    public var texts: Int64 = 0
    /// Labels of the data set.
    public var labels: Int64 = 0
    /// The passes so far.
    public var passes: [TrainingPassRecord] = []
    /// What happened, one line each, oldest first.
    public var log: [String] = []
    /// SHA-256 of data, spec and code: a job with the same is not run twice.
    public var fingerprint = ""
    /// Who started it.
    public var createdBy = ""
    /// When it was asked for.
    public var createdAt = Timestamp(milliseconds: 0)
    /// When it began; again after a restart.
    public var startedAt: Timestamp?
    /// When it was over.
    public var endedAt: Timestamp?
    /// What came of it.
    public var version: ID<ModelVersion>?
    /// Why it failed.
    public var failure: String?
    /// Where it stands at the provider, for a fine-tuning; absent for what is learned here.
    public var tuning: TuningState?

    /// A blank job.
    public init() {}

    /// `TrainingJob`.
    public static let recordName = "TrainingJob"
    /// For the API reference.
    public static let summary = "A training of a classifier, or of a model at a provider."
    /// One under way.
    public static var example: TrainingJob {
        var value = TrainingJob()
        value.id = ID(3)
        value.model = "intents"
        value.status = .running
        value.progress = 0.4
        value.secondsLeft = 6
        value.texts = 9972
        value.labels = 77
        value.passes = [.example]
        value.log = ["9972 texts of 77 labels; 31 repeated"]
        value.createdBy = "ana"
        value.createdAt = Timestamp(milliseconds: 1_795_371_601_000)
        value.startedAt = value.createdAt
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The job's number.")
        visitor.field("model", &model, "The name of the model.", .length(1...256))
        visitor.field("kind", &kind, "What it is for.")
        visitor.field("status", &status, "Where it stands.")
        visitor.field("progress", &progress, "How much is done, 0 to 1.")
        visitor.field("seconds_left", &secondsLeft, "In how many seconds it is expected to be done.")
        visitor.field("texts", &texts, "Texts of the data set, each once.")
        visitor.field("labels", &labels, "Labels of the data set.")
        visitor.field("passes", &passes, "The passes so far.", .length(0...250))
        visitor.field("log", &log, "What happened, one line each.", .length(0...500))
        visitor.field("fingerprint", &fingerprint, "SHA-256 of data, spec and code.", .length(0...64))
        visitor.field("created_by", &createdBy, "Who started it.", .length(0...200))
        visitor.field("created_at", &createdAt, "When it was asked for.")
        visitor.field("started_at", &startedAt, "When it began.")
        visitor.field("ended_at", &endedAt, "When it was over.")
        visitor.field("version", &version, "What came of it.")
        visitor.field("failure", &failure, "Why it failed.", .length(0...2000))
        visitor.field("tuning", &tuning, "Where it stands at the provider; absent for what is learned here.")
    }
}

/// What a pass over the data came to.
public struct TrainingPassRecord: Record {
    /// The mean loss of what was learned, nats.
    public var loss = 0.0
    /// The loss on the texts that decide when to stop.
    public var validationLoss = 0.0
    /// The share of them that were said right, 0 to 1.
    public var validationAccuracy = 0.0

    /// A blank pass.
    public init() {}

    /// `TrainingPass`.
    public static let recordName = "TrainingPass"
    /// For the API reference.
    public static let summary = "What a pass over the data came to."
    /// A first pass.
    public static var example: TrainingPassRecord {
        var value = TrainingPassRecord()
        value.loss = 1.74
        value.validationLoss = 0.47
        value.validationAccuracy = 0.87
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("loss", &loss, "The mean loss of what was learned.")
        visitor.field("validation_loss", &validationLoss, "The loss on texts that are not learned.")
        visitor.field("validation_accuracy", &validationAccuracy, "The share of those said right, 0 to 1.")
    }
}

/// How much the texts of a label count when a classifier is trained.
public enum ClassWeights: String, FieldChoice, Sendable {
    /// Each text as much as every other.
    case even
    /// Each label as much as every other: the texts of rare ones count for more.
    case balanced
}

/// Trains a classifier.
public struct StartTraining: Record {
    /// The name of the model that gets a new version.
    public var model = ""
    /// What it is for.
    public var kind = ModelKind.intent
    /// The data set: CSV or tab-separated values with a head, or JSON lines; empty for the desk's own conversations.
    public var data = ""
    /// The column or member of the texts; the usual names unless given.
    public var textName: String?
    /// The column or member of the labels; the usual names unless given.
    public var labelName: String?
    /// Where all chance comes from.
    public var seed: Int64 = 1
    /// The most passes over the data.
    public var epochs: Int64 = 10
    /// How much the texts of rare labels count.
    public var classWeights = ClassWeights.even
    /// Whether to train although the same data and spec gave a version already.
    public var isAgain = false
    /// What the version is to say about itself.
    public var notes = ""

    /// A blank request.
    public init() {}

    /// `StartTraining`.
    public static let recordName = "StartTraining"
    /// For the API reference.
    public static let summary = "Trains a classifier."
    /// The most characters of a data set.
    public static let mostData = 64 << 20
    /// Intents.
    public static var example: StartTraining {
        var value = StartTraining()
        value.model = "intents"
        value.data = "text,label\nWhere is my card?,card_arrival\n"
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("model", &model, "The name of the model that gets a new version.", .length(1...64))
        visitor.field("kind", &kind, "intent or sentiment.", .natural, .defaulted)
        visitor.field(
            "data", &data, "CSV, tab-separated values or JSON lines; empty for the desk's own conversations.",
            .length(0...StartTraining.mostData), .defaulted)
        visitor.field("text_name", &textName, "The column of the texts.", .length(1...100))
        visitor.field("label_name", &labelName, "The column of the labels.", .length(1...100))
        visitor.field("seed", &seed, "Where all chance comes from.", .range(0...Int64.max), .defaulted)
        visitor.field("epochs", &epochs, "The most passes over the data.", .range(1...200), .defaulted)
        visitor.field(
            "class_weights", &classWeights, "even, or balanced: rare labels count as much.", .natural, .defaulted)
        visitor.field("again", &isAgain, "Whether to train although the same gave a version.", .natural, .defaulted)
        visitor.field("notes", &notes, "What the version is to say about itself.", .length(0...2000), .defaulted)
    }
}

/// Names a training.
public struct TrainingReference: Record {
    /// The job's number.
    public var id = ID<TrainingJob>(0)

    /// A blank reference.
    public init() {}

    /// A reference.
    public init(_ id: ID<TrainingJob>) {
        self.id = id
    }

    /// `TrainingReference`.
    public static let recordName = "TrainingReference"
    /// For the API reference.
    public static let summary = "Names a training."
    /// The third.
    public static let example = TrainingReference(ID(3))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The job's number.")
    }
}

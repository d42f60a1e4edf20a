public import Vocabulary

/// A fine-tuning at a provider: what was sent there, and what the provider says of it.
public struct TuningState: Record {
    /// The name of the endpoint in the configuration.
    public var endpoint = ""
    /// Where it led when the job was asked for (scheme, host and port); nothing is ever sent elsewhere.
    public var origin = ""
    /// The provider's name of the model that learns.
    public var base = ""
    /// What the provider is asked to put into the new model's name.
    public var suffix: String?
    /// Passes over the data; absent leaves it to the provider.
    public var epochs: Int64?
    /// Where the provider's chance comes from; absent leaves it to the provider.
    public var seed: Int64?
    /// The version whose prompt the new one gets.
    public var parent: ID<ModelVersion>?
    /// What the new version is to say about itself.
    public var notes = ""
    /// SHA-256 of the examples.
    public var dataHash = ""
    /// SHA-256 of the examples that are not learned; absent without them.
    public var validationHash: String?
    /// The provider's name of the uploaded examples.
    public var file: String?
    /// The provider's name of the examples that are not learned.
    public var validationFile: String?
    /// When the provider was asked to begin, while nobody knows what came of it.
    public var startAskedAt: Timestamp?
    /// How often it was asked to begin.
    public var starts: Int64 = 0
    /// The provider's name of the job.
    public var remoteJob: String?
    /// How the provider says it stands, in its own word.
    public var remoteStatus: String?
    /// Whether somebody ended it, and the provider has not confirmed it yet.
    public var isCancelling = false
    /// Tokens that were learned from, which is what providers bill; absent until the provider says.
    public var trainedTokens: Int64?
    /// Events of the provider that were read.
    public var events: Int64 = 0
    /// The newest of them.
    public var lastEvent: String?
    /// When it happened, by the provider's clock.
    public var lastEventAt: Timestamp?
    /// The step it is at; absent unless the provider counts.
    public var step: Int64?
    /// How many steps there are; absent unless the provider says.
    public var totalSteps: Int64?
    /// The loss where the provider tells of it, thinned to at most 250 points.
    public var points: [TuningPoint] = []
    /// Lines of the log that were left out in its middle.
    public var linesLeftOut: Int64 = 0
    /// The provider's name of the new model.
    public var model: String?
    /// What keeps it from going on; absent when all is well.
    public var trouble: String?

    /// A blank state.
    public init() {}

    /// `TuningState`.
    public static let recordName = "TuningState"
    /// For the API reference.
    public static let summary = "A fine-tuning at a provider."
    /// The most points that are kept.
    public static let mostPoints = 250
    /// One under way.
    public static var example: TuningState {
        var value = TuningState()
        value.endpoint = "openai"
        value.origin = "https://api.openai.com"
        value.base = "gpt-4o-mini-2024-07-18"
        value.suffix = "desk"
        value.file = "file-abc123"
        value.remoteJob = "ftjob-abc123"
        value.remoteStatus = "running"
        value.events = 12
        value.points = [.example]
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("endpoint", &endpoint, "The name of the endpoint in the configuration.", .length(0...64))
        visitor.field("origin", &origin, "Where it led when the job was asked for.", .length(0...1024))
        visitor.field("base", &base, "The provider's name of the model that learns.", .length(0...256))
        visitor.field("suffix", &suffix, "What is to stand in the new model's name.", .length(1...64))
        visitor.field("epochs", &epochs, "Passes over the data; absent leaves it to the provider.")
        visitor.field("seed", &seed, "Where the provider's chance comes from.")
        visitor.field("parent", &parent, "The version whose prompt the new one gets.")
        visitor.field("notes", &notes, "What the new version is to say about itself.", .length(0...1000))
        visitor.field("data_hash", &dataHash, "SHA-256 of the examples.", .length(0...64))
        visitor.field("validation_hash", &validationHash, "SHA-256 of those not learned.", .length(0...64))
        visitor.field("file", &file, "The provider's name of the uploaded examples.")
        visitor.field("validation_file", &validationFile, "The provider's name of those not learned.")
        visitor.field("start_asked_at", &startAskedAt, "When it was asked to begin, while the outcome is unknown.")
        visitor.field("starts", &starts, "How often it was asked to begin.")
        visitor.field("remote_job", &remoteJob, "The provider's name of the job.")
        visitor.field("remote_status", &remoteStatus, "How the provider says it stands.")
        visitor.field("cancelling", &isCancelling, "Whether the provider is yet to confirm that it is ended.")
        visitor.field("trained_tokens", &trainedTokens, "Tokens that were learned from.")
        visitor.field("events", &events, "Events of the provider that were read.")
        visitor.field("last_event", &lastEvent, "The newest of them.")
        visitor.field("last_event_at", &lastEventAt, "When it happened.")
        visitor.field("step", &step, "The step it is at; absent unless the provider counts.")
        visitor.field("total_steps", &totalSteps, "How many steps there are.")
        visitor.field(
            "points", &points, "The loss where the provider tells of it.", .length(0...TuningState.mostPoints))
        visitor.field("lines_left_out", &linesLeftOut, "Lines of the log left out in its middle.")
        visitor.field("model", &model, "The provider's name of the new model.")
        visitor.field("trouble", &trouble, "What keeps it from going on.", .length(0...1000))
    }
}

/// The loss at one step, as the provider told it.
public struct TuningPoint: Record {
    /// The step, from 1.
    public var step: Int64 = 0
    /// The loss of what is learned.
    public var loss = 0.0
    /// The loss of what is not learned; absent where the provider did not measure it.
    public var validationLoss: Double?

    /// A blank point.
    public init() {}

    /// The loss at a step.
    public init(step: Int64, loss: Double, validationLoss: Double? = nil) {
        (self.step, self.loss, self.validationLoss) = (step, loss, validationLoss)
    }

    /// `TuningPoint`.
    public static let recordName = "TuningPoint"
    /// For the API reference.
    public static let summary = "The loss at one step, as the provider told it."
    /// An early step.
    public static let example = TuningPoint(step: 10, loss: 1.25, validationLoss: 1.31)

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("step", &step, "The step.")
        visitor.field("loss", &loss, "The loss of what is learned.")
        visitor.field("validation_loss", &validationLoss, "The loss of what is not learned.")
    }
}

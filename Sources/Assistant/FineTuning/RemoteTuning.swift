internal import JSON
public import Vocabulary

/// A fine-tuning as the provider describes it.
public struct RemoteTuning: Equatable, Sendable {
    /// How it stands; what is unknown counts as going on.
    public enum Stage: Equatable, Sendable {
        /// It is checked, or waits.
        case waiting
        /// It learns.
        case running
        /// There is a new model.
        case succeeded
        /// It could not be done.
        case failed
        /// Somebody ended it.
        case cancelled
    }

    /// The provider's name of the job.
    public var id: String
    /// How it stands, in the provider's word.
    public var status: String
    /// The file it learns from.
    public var file: String?
    /// The new model's name, when there is one.
    public var model: String?
    /// Tokens that were learned from.
    public var trainedTokens: Int64?
    /// Why it failed, in the provider's words.
    public var failure: String?
    /// When it was asked for.
    public var createdAt: Timestamp?
    /// When the provider expects it to be done.
    public var expectedEnd: Timestamp?

    /// A job.
    public init(id: String, status: String) {
        (self.id, self.status) = (id, status)
    }

    /// How it stands.
    public var stage: Stage {
        switch status {
        case "succeeded": .succeeded
        case "failed", "error": .failed
        case "cancelled", "canceled": .cancelled
        case "running": .running
        default: .waiting
        }
    }

    /// - Returns: `nil` for what is no job.
    init?(_ document: JSONValue) {
        guard let id = document["id"]?.text, RemoteName.isSound(id), let status = document["status"]?.text else {
            return nil
        }
        self.init(id: id, status: ChatFailure.safe(status))
        file = document["training_file"]?.text
        model = document["fine_tuned_model"]?.text.flatMap { $0.isEmpty ? nil : $0 }
        trainedTokens = document["trained_tokens"]?.wholeNumber
        createdAt = document["created_at"]?.moment
        expectedEnd = document["estimated_finish"]?.moment
        guard let error = document["error"], error != .null else { return }
        let words = error["message"]?.text ?? error.text ?? ""
        failure = words.isEmpty ? nil : SafeText(untrusted: words, limit: 1000).oneLine.text
    }
}

/// Something that happened in a fine-tuning, as the provider tells it.
public struct TuningEvent: Equatable, Sendable {
    /// The provider's name of the event.
    public var id: String
    /// When it happened.
    public var at: Timestamp?
    /// What happened, safe to show.
    public var message: String
    /// Whether it only tells of figures.
    public var isMetrics = false
    /// The step it tells of.
    public var step: Int64?
    /// How many steps there are.
    public var totalSteps: Int64?
    /// The loss of what is learned.
    public var loss: Double?
    /// The loss of what is not learned.
    public var validationLoss: Double?

    /// An event.
    public init(id: String, at: Timestamp?, message: String) {
        (self.id, self.at, self.message) = (id, at, message)
    }

    /// - Returns: `nil` for what is no event.
    init?(_ document: JSONValue) {
        guard let id = document["id"]?.text, RemoteName.isSound(id) else { return nil }
        let words = document["message"]?.text ?? ""
        self.init(
            id: id, at: document["created_at"]?.moment, message: SafeText(untrusted: words, limit: 220).oneLine.text)
        isMetrics = document["type"]?.text == "metrics"
        let data = document["data"]
        step = data?["step"]?.wholeNumber.flatMap { $0 > 0 ? $0 : nil }
        totalSteps = data?["total_steps"]?.wholeNumber.flatMap { $0 > 0 ? $0 : nil }
        loss = data?["train_loss"]?.double
        validationLoss = data?["valid_loss"]?.double ?? data?["full_valid_loss"]?.double
        readMessage(words.prefix(400))
    }

    /// Older events carry their figures in the message only: `Step 10/100: training loss=0.52, validation loss=0.61`.
    private mutating func readMessage(_ words: Substring) {
        guard step == nil, let match = words.firstMatch(of: #/^Step ([0-9]{1,9})/([0-9]{1,9})/#) else { return }
        (step, totalSteps) = (Int64(match.1), Int64(match.2))
        loss = loss ?? words.firstMatch(of: #/training loss=([0-9]+(?:\.[0-9]+)?)/#).flatMap { Double($0.1) }
        validationLoss =
            validationLoss ?? words.firstMatch(of: #/validation loss=([0-9]+(?:\.[0-9]+)?)/#).flatMap { Double($0.1) }
    }
}

/// Names that a provider gives to files, jobs and events.
enum RemoteName {
    /// Whether a name can stand in an address without changing where it leads.
    static func isSound(_ name: String) -> Bool {
        (1...200).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":")].contains($0)
            } && name.contains { $0 != "." }
    }
}

extension JSONValue {
    /// A moment in Unix seconds.
    fileprivate var moment: Timestamp? {
        guard let seconds = wholeNumber, (0...253_402_300_799).contains(seconds) else { return nil }
        return Timestamp(milliseconds: seconds * 1000)
    }
}

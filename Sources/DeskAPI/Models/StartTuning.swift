public import Vocabulary

/// Fine-tunes a model at a provider.
public struct StartTuning: Record {
    /// The name of an endpoint of the configuration that speaks OpenAI's protocol.
    public var endpoint = ""
    /// The provider's name of the model that learns.
    public var model = ""
    /// The examples as JSON lines; empty for the desk's own conversations.
    public var data = ""
    /// Examples that are not learned, for the loss on them; empty for none.
    public var validation = ""
    /// What the provider is asked to put into the new model's name.
    public var suffix: String?
    /// Where the provider's chance comes from; absent leaves it to the provider.
    public var seed: Int64?
    /// Passes over the data; absent leaves it to the provider.
    public var epochs: Int64?
    /// The version whose prompt the new one gets; the newest of that model at that endpoint unless given.
    public var parent: ID<ModelVersion>?
    /// Whether to pay again for what gave a version already.
    public var isAgain = false
    /// What the version is to say about itself.
    public var notes = ""

    /// A blank request.
    public init() {}

    /// `StartTuning`.
    public static let recordName = "StartTuning"
    /// For the API reference.
    public static let summary = "Fine-tunes a model at a provider."
    /// The most bytes of a file of examples.
    public static let mostData = 100_000_000
    /// Three lines of a file.
    public static var example: StartTuning {
        var value = StartTuning()
        (value.endpoint, value.model, value.suffix, value.epochs) = ("openai", "gpt-4o-mini-2024-07-18", "desk", 3)
        value.data =
            #"{"messages":[{"role":"user","content":"Where is my card?"},{"role":"assistant","content":"On its way."}]}"#
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("endpoint", &endpoint, "The name of an endpoint of the configuration.", .length(1...64))
        visitor.field("model", &model, "The provider's name of the model that learns.", .length(1...256))
        visitor.field(
            "data", &data, "The examples as JSON lines; empty for the desk's own conversations.",
            .length(0...StartTuning.mostData), .defaulted)
        visitor.field(
            "validation", &validation, "Examples that are not learned.", .length(0...StartTuning.mostData), .defaulted)
        visitor.field("suffix", &suffix, "What is to stand in the new model's name.", .length(1...64))
        visitor.field("seed", &seed, "Where the provider's chance comes from.", .range(0...2_147_483_647))
        visitor.field("epochs", &epochs, "Passes over the data.", .range(1...50))
        visitor.field("parent", &parent, "The version whose prompt the new one gets.")
        visitor.field("again", &isAgain, "Whether to pay again for what gave a version.", .natural, .defaulted)
        visitor.field("notes", &notes, "What the version is to say about itself.", .length(0...1000), .defaulted)
    }
}

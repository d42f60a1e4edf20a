/// What the assistant answered, and how it came to it.
public struct Answer: Equatable, Sendable {
    /// Where an answer comes from.
    public enum Kind: String, Equatable, Sendable {
        /// The best sentences of the knowledge base.
        case knowledge
        /// A language model that read passages of the knowledge base.
        case languageModel
        /// Nothing fits: the customer is offered a person.
        case unknown
    }

    /// Where the answer comes from.
    public var kind: Kind
    /// The answer as the customer reads it.
    public var text: String
    /// The passages it was made from, best first.
    public var sources: [KnowledgeIndex.Hit] = []
    /// What wrote it: `knowledge-base`, or the language model's name.
    public var model: String
    /// What it cost; for the knowledge base an estimate of the answer's length, and no prompt.
    public var usage: TokenUsage
    /// From the question to the first word.
    public var firstToken: Duration
    /// From the question to the last word.
    public var total: Duration
    /// Why the language model did not answer, when it should have.
    public var failure: ChatFailure?

    /// The name under which the knowledge base answers.
    public static let knowledgeBase = "knowledge-base"

    /// Why the language model did not answer, in one line that is safe to show.
    public var fellBackBecause: String? { failure?.description }

    /// How sure the knowledge base is of its best passage; `nil` for an answer it did not give.
    public var confidence: Double? {
        kind == .languageModel ? nil : sources.first?.confidence
    }
}

/// How an answer grows.
public enum AnswerEvent: Equatable, Sendable {
    /// More text, to be put behind what came before.
    case delta(String)
    /// What came before is void; the answer begins again.
    case replaced
    /// The whole answer; always the last event.
    case finished(Answer)
}

/// One earlier contribution to the conversation.
public struct Turn: Equatable, Sendable {
    /// Who spoke.
    public enum Speaker: Equatable, Sendable {
        /// Who asks.
        case customer
        /// The assistant.
        case assistant
        /// A person at the desk.
        case agent
    }

    /// Who spoke.
    public let speaker: Speaker
    /// What was said.
    public let text: String

    /// A contribution.
    public init(_ speaker: Speaker, _ text: String) {
        self.speaker = speaker
        self.text = text
    }
}

/// What a customer asks, and what was said before.
public struct Question: Equatable, Sendable {
    /// The customer's words.
    public let text: String
    /// What was said before, oldest first, without the question itself.
    public let turns: [Turn]

    /// A question.
    public init(_ text: String, after turns: [Turn] = []) {
        self.text = text
        self.turns = turns
    }
}

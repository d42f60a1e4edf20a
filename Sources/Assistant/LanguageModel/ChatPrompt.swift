/// What a language model is asked: instructions, and the conversation so far.
public struct ChatPrompt: Equatable, Sendable {
    /// Who speaks.
    public enum Role: String, Equatable, Sendable {
        /// The customer.
        case user
        /// The desk: the assistant, or a person at it.
        case assistant
    }

    /// One contribution to the conversation.
    public struct Message: Equatable, Sendable {
        /// Who speaks.
        public var role: Role
        /// What was said.
        public var text: String

        /// A contribution.
        public init(_ role: Role, _ text: String) {
            self.role = role
            self.text = text
        }
    }

    /// The instructions, which customers cannot change.
    public var system: String
    /// The conversation, oldest first; begins and ends with the customer, roles take turns.
    public var messages: [Message]
    /// The most tokens the answer may have.
    public var answerLimit: Int

    /// A prompt.
    public init(system: String, messages: [Message], answerLimit: Int = 700) {
        self.system = system
        self.messages = messages
        self.answerLimit = answerLimit
    }

    /// About how many tokens the prompt has.
    var estimatedTokens: Int {
        messages.reduce(TokenEstimate.of(system)) { $0 + TokenEstimate.of($1.text) + 4 }
    }
}

/// A rough count of tokens for when the provider does not say.
enum TokenEstimate {
    /// Four ASCII characters a token, and one token for each other scalar but accents; at least 1 for any text.
    static func of(_ text: some StringProtocol) -> Int {
        var ascii = 0
        var other = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case ..<0x80: ascii += 1
            case ..<0x250: ascii += 2
            default: other += 1
            }
        }
        return (ascii + 3) / 4 + other
    }
}

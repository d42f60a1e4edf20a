/// Why a language model ended its answer.
enum FinishReason: Equatable, Sendable {
    /// It had said everything.
    case complete
    /// The limit of tokens was reached in the middle.
    case length
    /// The provider withheld the rest.
    case filtered
    /// Something else, in the provider's word.
    case other(String)

    init(_ word: String) {
        switch word {
        case "stop", "end_turn", "stop_sequence": self = .complete
        case "length", "max_tokens", "model_context_window_exceeded": self = .length
        case "content_filter", "refusal": self = .filtered
        default: self = .other(word)
        }
    }
}

/// What a language model's stream says, in the same words for every provider.
enum ChatEvent: Equatable, Sendable {
    /// The next piece of the answer.
    case token(String)
    /// It wants a tool called; only who passes answers on can do that.
    case call
    /// It thinks: nothing to show, but it is at work.
    case thinking
    /// What the provider counted so far; a later one replaces it.
    case usage(UsageReport)
    /// The answer is whole.
    case finished(FinishReason)
}

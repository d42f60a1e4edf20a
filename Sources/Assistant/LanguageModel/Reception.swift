internal import Vocabulary

/// What has arrived of one answer; survives a failed attempt, because only an answer without words may be tried again.
struct Reception {
    private(set) var text = ""
    private(set) var firstToken: Monotonic?
    private(set) var isAtWork = false
    private(set) var finish: FinishReason?
    /// Whether the model wants a tool called.
    private(set) var hasCall = false
    /// Whether anything was passed on: then it cannot be tried again.
    private var isPassedOn = false
    /// Events before the first that says something.
    private var held: [[UInt8]] = []
    private var report = UsageReport()

    /// Notes an event; gives the piece of text to pass on.
    mutating func take(_ event: ChatEvent, at now: Monotonic) -> String? {
        switch event {
        case .token(let token):
            isAtWork = isAtWork || !token.isEmpty
            // Many models begin with a blank or an empty line; an answer does not.
            let piece = text.isEmpty ? String(token.drop(while: \.isWhitespace)) : token
            guard !piece.isEmpty else { return nil }
            if firstToken == nil { firstToken = now }
            text += piece
            return piece
        case .thinking: isAtWork = true
        case .call:
            isAtWork = true
            hasCall = true
        case .usage(let later): report.take(later)
        case .finished(let reason): finish = reason
        }
        return nil
    }

    /// Whether it ended for another reason than that everything was said.
    var endsOtherwise: Bool { finish.map { $0 != .complete } ?? false }

    /// Whether anything of the answer was passed on.
    var hasPassed: Bool { firstToken != nil || isPassedOn }

    /// Keeps an event until one comes that says something.
    mutating func hold(_ event: [UInt8]) {
        if held.count < 32 { held.append(event) }
    }

    /// The events that were kept; from now on it cannot be tried again.
    mutating func release() -> [[UInt8]] {
        isPassedOn = true
        defer { held = [] }
        return held
    }

    /// The provider's count, or an estimate that says so.
    func usage(estimating promptEstimate: Int) -> TokenUsage {
        // Zero tokens for an answer with words is no count (some compatible servers fill in zeros).
        let isReported = report.wholePrompt != nil && report.answer ?? 0 > 0
        return TokenUsage(
            prompt: report.wholePrompt ?? promptEstimate,
            answer: isReported ? report.answer ?? 0 : TokenEstimate.of(text),
            cached: report.cached ?? 0, cacheWritten: report.cacheWritten ?? 0,
            reasoning: isReported ? report.reasoning ?? 0 : 0, isEstimated: !isReported)
    }
}

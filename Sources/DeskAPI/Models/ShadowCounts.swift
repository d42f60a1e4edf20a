/// What a version did with questions that it answered out of the customers' sight.
public struct ShadowCounts: Record {
    /// Questions it was asked.
    public var requests: Int64 = 0
    /// Those it could not be asked, or whose answer broke off.
    public var errors: Int64 = 0
    /// Those it answered without words, or with something unreadable.
    public var empty: Int64 = 0
    /// Those whose first word came later than five seconds.
    public var slow: Int64 = 0
    /// Those whose answer its provider withheld.
    public var withheld: Int64 = 0
    /// Questions of its share that it was not asked, because as many as may be were under way.
    public var dropped: Int64 = 0
    /// Questions of its share that it was not asked, because a budget had not enough left.
    public var overBudget: Int64 = 0
    /// Tokens of the prompts; part of those of the version.
    public var promptTokens: Int64 = 0
    /// Tokens of the answers; part of those of the version.
    public var answerTokens: Int64 = 0
    /// Answers whose tokens were estimated.
    public var estimated: Int64 = 0
    /// What the answers cost, in nano-dollars; part of the cost of the version.
    public var cost: Int64 = 0
    /// Questions that both versions answered.
    public var compared: Int64 = 0
    /// Of these, those in which only this version did not know and offered a person.
    public var refusedAlone: Int64 = 0
    /// Of these, those in which only the stable version did not know and offered a person.
    public var answeredAlone: Int64 = 0
    /// Of these, those in which the words of both answers come from a passage that they were given.
    public var grounded: Int64 = 0
    /// Of these, those in which it is the same passage.
    public var samePassage: Int64 = 0
    /// Milliseconds to the first word, median of the last hundred or so; absent before the first answer.
    public var firstTokenP50: Double?
    /// The same, 95th percentile.
    public var firstTokenP95: Double?
    /// Milliseconds to the last word, median.
    public var totalP50: Double?
    /// The same, 95th percentile.
    public var totalP95: Double?
    /// Why it failed last.
    public var lastError: String?

    /// No question yet.
    public init() {}

    /// `ShadowCounts`.
    public static let recordName = "ShadowCounts"
    /// For the API reference.
    public static let summary = "What a version did with questions out of the customers' sight."
    /// A hundred questions.
    public static var example: ShadowCounts {
        var value = ShadowCounts()
        (value.requests, value.errors, value.slow, value.dropped) = (100, 2, 1, 4)
        (value.promptTokens, value.answerTokens, value.cost) = (61_000, 9800, 15_030_000)
        (value.compared, value.refusedAlone, value.answeredAlone) = (97, 3, 5)
        (value.grounded, value.samePassage) = (80, 71)
        (value.firstTokenP50, value.totalP50) = (420, 1900)
        return value
    }

    /// The share of the questions it failed to answer, 0 to 1; `nil` without questions.
    public var failedShare: Double? {
        requests > 0 ? Double(errors + empty + withheld) / Double(requests) : nil
    }

    /// The share of grounded pairs that rest on the same passage, 0 to 1; `nil` without such.
    public var samePassageShare: Double? { grounded > 0 ? Double(samePassage) / Double(grounded) : nil }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("requests", &requests, "Questions it was asked.")
        visitor.field("errors", &errors, "Those it could not be asked, or whose answer broke off.")
        visitor.field("empty", &empty, "Those it answered without words.")
        visitor.field("slow", &slow, "Those whose first word came later than five seconds.")
        visitor.field("withheld", &withheld, "Those whose answer its provider withheld.")
        visitor.field("dropped", &dropped, "Those it was not asked because too many were under way.")
        visitor.field("over_budget", &overBudget, "Those it was not asked because of a budget.")
        visitor.field("prompt_tokens", &promptTokens, "Tokens of the prompts; part of those of the version.")
        visitor.field("answer_tokens", &answerTokens, "Tokens of the answers; part of those of the version.")
        visitor.field("estimated", &estimated, "Answers whose tokens were estimated.")
        visitor.field("cost_nanodollars", &cost, "What the answers cost, in nano-dollars.")
        visitor.field("compared", &compared, "Questions that both versions answered.")
        visitor.field("refused_alone", &refusedAlone, "Of compared, those only this version did not know.")
        visitor.field("answered_alone", &answeredAlone, "Of compared, those only the stable version did not know.")
        visitor.field("grounded", &grounded, "Of compared, those where both rest on a passage.")
        visitor.field("same_passage", &samePassage, "Of grounded, those where it is the same passage.")
        visitor.field("first_token_p50_ms", &firstTokenP50, "Milliseconds to the first word, median.")
        visitor.field("first_token_p95_ms", &firstTokenP95, "Milliseconds to the first word, 95th percentile.")
        visitor.field("total_p50_ms", &totalP50, "Milliseconds to the last word, median.")
        visitor.field("total_p95_ms", &totalP95, "Milliseconds to the last word, 95th percentile.")
        visitor.field("last_error", &lastError, "Why it failed last.", .length(0...500))
    }
}

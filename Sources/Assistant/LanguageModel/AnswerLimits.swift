/// How long a customer is made to wait for a language model, all attempts together.
public struct AnswerLimits: Equatable, Sendable {
    /// For one connection to stand.
    public var connect: Duration
    /// From the question to the first token, all attempts together.
    public var firstToken: Duration
    /// Between two arrivals of bytes.
    public var idle: Duration
    /// From the question to the last token.
    public var total: Duration
    /// How many times a request is sent again; only before the first token.
    public var retries: Int
    /// The most bytes of text an answer may have.
    public var answerBytes: Int

    /// Limits by part: 3 s, 10 s, 10 s, 30 s; two retries; 32 KiB.
    public init(
        connect: Duration = .seconds(3), firstToken: Duration = .seconds(10), idle: Duration = .seconds(10),
        total: Duration = .seconds(30), retries: Int = 2, answerBytes: Int = 32_768
    ) {
        self.connect = connect
        self.firstToken = firstToken
        self.idle = idle
        self.total = total
        self.retries = retries
        self.answerBytes = answerBytes
    }

    /// The limits for an answer that is passed on to another program, which may be long.
    ///
    /// A stream may take ten minutes while it does not fall silent. An answer in one piece shows nothing before it is
    /// whole, so it has as long for that as a customer's whole answer.
    func forRelay(isStream: Bool) -> AnswerLimits {
        var limits = self
        limits.answerBytes = max(answerBytes, 4 << 20)
        if isStream {
            limits.total = max(total, .seconds(600))
        } else {
            limits.firstToken = total
            limits.idle = total
        }
        return limits
    }

    /// How long to wait before sending again: at random up to 0.5 s, 1 s, 2 s … 8 s, but never less than the server asks.
    ///
    /// "Full jitter" of the AWS Architecture Blog (2015): many waiters do not come back at the same moment.
    ///
    /// - Parameters:
    ///   - retry: 0 before the first retry.
    ///   - asked: what the server's `Retry-After` says.
    ///   - chance: 0 up to 1.
    static func pause(before retry: Int, asked: Duration?, chance: Double) -> Duration {
        let ceiling = min(8, 0.5 * Double(1 << min(max(retry, 0), 10)))
        return max(.seconds(ceiling * chance), asked ?? .zero)
    }
}

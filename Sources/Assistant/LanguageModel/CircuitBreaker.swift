internal import Vocabulary

/// Leaves a provider alone after repeated failures, then lets a single request through to see whether it is well again.
///
/// Nygard, "Release It!": closed, open, half-open. Pure; times come from the caller.
struct CircuitBreaker: Equatable, Sendable {
    /// How a request that was let through ended.
    enum Outcome: Equatable, Sendable {
        case well
        case ill
        /// It says nothing: cancelled, or the request itself was wrong.
        case unknown
    }

    private enum Condition: Equatable {
        case closed(failures: Int)
        case open(until: Monotonic)
        case halfOpen
    }

    private let failureLimit: Int
    private let firstRest: Duration
    private let longestRest: Duration
    private var condition = Condition.closed(failures: 0)
    private var rest: Duration

    init(failureLimit: Int = 5, firstRest: Duration = .seconds(10), longestRest: Duration = .seconds(120)) {
        self.failureLimit = failureLimit
        self.firstRest = firstRest
        self.longestRest = longestRest
        rest = firstRest
    }

    /// How it stands.
    func health(at now: Monotonic) -> LanguageModelClient.Health {
        switch condition {
        case .closed(let failures): failures == 0 ? .well : .failing(failures)
        case .open(let until): .resting(max(.zero, until - now))
        case .halfOpen: .trying
        }
    }

    /// Whether a request may be sent now; each that may must be followed by ``record(_:at:)``.
    mutating func admits(at now: Monotonic) -> Bool {
        switch condition {
        case .closed: return true
        case .halfOpen: return false
        case .open(let until):
            guard until <= now else { return false }
            condition = .halfOpen
            return true
        }
    }

    /// Notes how an admitted request ended.
    mutating func record(_ outcome: Outcome, at now: Monotonic) {
        switch (outcome, condition) {
        case (.well, _):
            condition = .closed(failures: 0)
            rest = firstRest
        case (.unknown, .halfOpen): condition = .open(until: now)
        case (.unknown, _): break
        case (.ill, .halfOpen):
            rest = min(longestRest, rest * 2)
            condition = .open(until: now + rest)
        case (.ill, .closed(let failures)):
            condition = failures + 1 < failureLimit ? .closed(failures: failures + 1) : .open(until: now + rest)
        case (.ill, .open): break
        }
    }
}

/// A circuit breaker that many answers share.
actor SharedBreaker {
    private var breaker: CircuitBreaker

    init(_ breaker: CircuitBreaker) {
        self.breaker = breaker
    }

    func health(at now: Monotonic) -> LanguageModelClient.Health { breaker.health(at: now) }

    func admits(at now: Monotonic) -> Bool { breaker.admits(at: now) }

    func record(_ outcome: CircuitBreaker.Outcome, at now: Monotonic) { breaker.record(outcome, at: now) }
}

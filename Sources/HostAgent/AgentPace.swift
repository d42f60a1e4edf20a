internal import DeskAPI
internal import Vocabulary

/// Decides how many samples go at once, when the next batch goes, and which are given up.
///
/// A gateway that is away is asked ever more rarely, with full jitter (M. Brooker, "Exponential Backoff And Jitter",
/// 2015), so that a hundred hosts do not come back in the same moment.
struct AgentPace: Equatable {
    /// What is to be done after an answer.
    enum Step: Equatable {
        /// The batch is with the gateway; the next may go after this long.
        case goOn(after: Duration)
        /// The batch stays; try again after this long.
        case retry(after: Duration)
        /// The gateway will never take this row.
        case giveUp
    }

    /// The most rows of a batch.
    static let mostRows = 120
    /// Values of a batch, so that its text stays well below what a gateway accepts.
    static let mostValues = 40_000
    /// Between two batches of a backlog: 600 seconds of samples in one.
    static let catchUpPause = 0.2
    /// The first wait is drawn from up to this many seconds, each next from up to twice as much, up to the longest.
    static let firstWait = 1.0
    static let longestWait = 30.0

    private(set) var rows = AgentPace.mostRows
    private var failures = 0

    /// How many rows of so many metrics go at once.
    func rows(ofMetrics count: Int) -> Int { max(1, min(rows, AgentPace.mostValues / max(1, count))) }

    /// The gateway has the batch.
    mutating func succeeded(waiting: Int, _ randomness: inout some RandomNumberGenerator) -> Step {
        failures = 0
        rows = min(AgentPace.mostRows, rows * 2)
        guard waiting > 0 else { return .goOn(after: .zero) }
        return .goOn(after: .seconds(AgentPace.catchUpPause * Double.random(in: 0.5...1.5, using: &randomness)))
    }

    /// The gateway did not take the batch.
    mutating func failed(
        _ problem: Problem, sent: Int, _ randomness: inout some RandomNumberGenerator
    ) -> Step {
        if AgentPace.isRefusal(problem.code) {
            guard sent > 1 else { return .giveUp }
            // One bad row must not take the others with it: it is found by halves.
            rows = max(1, sent / 2)
            return .retry(after: .zero)
        }
        let ceiling = min(AgentPace.longestWait, AgentPace.firstWait * Double(1 << min(failures, 10)))
        failures += 1
        let wait = max(0.1, Double.random(in: 0...ceiling, using: &randomness))
        return .retry(after: .seconds(max(wait, Double(min(problem.retryAfter ?? 0, 600)))))
    }

    /// Whether the same rows will be refused again, whenever they come.
    private static func isRefusal(_ code: Problem.Code) -> Bool {
        code == .invalidField || code == .malformed || code == .tooLarge
    }
}

internal import DeskAPI
internal import Vocabulary

/// Knows how long a connection may take for what it is doing; pure, asked about twice a second.
struct ConnectionClock {
    /// What a connection is doing.
    enum Stage: Equatable {
        /// Just connected, or between two requests, without a byte of the next.
        case idle
        /// Sends the head of a request.
        case head
        /// Sends the body of a request.
        case body
        /// Waits for its answer.
        case answer
        /// Was told that it must go.
        case farewell
    }

    /// What is to be done about it.
    enum Verdict: Equatable {
        /// Nothing.
        case fine
        /// The client is told, then the connection closed.
        case timedOut(String)
        /// The connection is closed without a word.
        case close
    }

    private(set) var stage = Stage.idle
    private var since: Monotonic
    private(set) var isFresh = true
    /// Bytes of the body so far.
    private var taken = 0

    /// How long a connection that was told to go may still send what nobody reads.
    static let farewellTime = Duration.seconds(2)
    /// Bytes of a body that earn it a further second: a large one needs more time, as long as it comes.
    static let leastRate = 64 * 1024

    init(at now: Monotonic) {
        since = now
    }

    /// Bytes arrived, of whatever.
    mutating func heard(at now: Monotonic) {
        if stage == .idle { enter(.head, at: now) }
    }

    /// The connection begins to do something else.
    mutating func enter(_ next: Stage, at now: Monotonic) {
        guard stage != .farewell else { return }
        isFresh = false
        stage = next
        since = now
        taken = 0
    }

    /// So many bytes of a body arrived.
    mutating func took(_ bytes: Int) {
        taken += bytes
    }

    /// How long the connection is doing what it does.
    func age(at now: Monotonic) -> Duration { now - since }

    /// What is to be done now.
    func verdict(at now: Monotonic, limits: HTTPLimits) -> Verdict {
        let age = now - since
        switch stage {
        case .idle where age > (isFresh ? limits.headerTime : limits.idleTime): return .close
        case .head where age > limits.headerTime:
            return .timedOut("the request's headers took longer than \(limits.headerTime.inSeconds) s")
        case .body where age > limits.bodyTime + .milliseconds(taken / (ConnectionClock.leastRate / 1000)):
            return .timedOut("the request's body came too slowly: \(taken) bytes in \(age.inSeconds) s")
        case .farewell where age > ConnectionClock.farewellTime: return .close
        default: return .fine
        }
    }
}

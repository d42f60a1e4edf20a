public import Vocabulary

/// One message to one receiver: what it says does not change any more, however often it is tried.
public struct NoticeMessage: Equatable, Sendable {
    /// Where a message stands.
    public enum State: String, CaseIterable, Sendable {
        /// It is to be sent.
        case waiting
        /// The receiver took it.
        case sent
        /// It was given up; a person can try it again or discard it.
        case dead
        /// A person discarded it.
        case discarded
    }

    /// What came of an attempt.
    public enum Outcome: Equatable, Sendable {
        /// The receiver took it.
        case delivered
        /// It may go better later; the receiver may have said when.
        case failed(String, retryAfter: Duration?)
        /// It would fail in the same way again.
        case refused(String)
    }

    /// The message's number.
    public internal(set) var id: Int64
    /// Who is told.
    public internal(set) var receiver: String
    /// The labels of its group, by name.
    public internal(set) var group: [NoticeDestination.Label]
    /// The same for every attempt, of every process: receivers know a repeated message by it.
    public internal(set) var key: String
    /// What it says; never empty.
    public internal(set) var entries: [NoticeEntry]
    /// Where it stands.
    public internal(set) var state = State.waiting
    /// How often it was tried.
    public internal(set) var attempts = 0
    /// When it is tried next.
    public internal(set) var nextAt: Timestamp
    /// When it was made.
    public internal(set) var createdAt: Timestamp
    /// When it was tried last.
    public internal(set) var triedAt: Timestamp?
    /// Why the last attempt failed.
    public internal(set) var fault: String?

    /// A message that is not kept, such as a test.
    public init(receiver: String, key: String, entries: [NoticeEntry], at: Timestamp) {
        id = 0
        self.receiver = receiver
        group = []
        self.key = key
        self.entries = entries
        nextAt = at
        createdAt = at
    }

    /// Takes what came of an attempt.
    ///
    /// - Parameters:
    ///   - limit: The attempts after which it is given up.
    ///   - backOff: How long it waits between them.
    mutating func take(
        _ outcome: Outcome, limit: Int, backOff: NoticeBackOff, at now: Timestamp,
        using generator: inout some RandomNumberGenerator
    ) {
        guard state == .waiting else { return }
        attempts += 1
        triedAt = now
        switch outcome {
        case .delivered:
            state = .sent
            fault = nil
        case .refused(let reason):
            state = .dead
            fault = NoticeMessage.told(reason)
        case .failed(let reason, let wish):
            fault = NoticeMessage.told(reason)
            if attempts >= limit {
                state = .dead
            } else {
                nextAt = now + backOff.wait(after: attempts, wish: wish, using: &generator)
            }
        }
    }

    /// A person wants it tried once more, from the first attempt on.
    mutating func revive(at now: Timestamp) {
        state = .waiting
        attempts = 0
        nextAt = now
    }

    private static func told(_ reason: String) -> String { SafeText(untrusted: reason, limit: 500).oneLine.text }
}

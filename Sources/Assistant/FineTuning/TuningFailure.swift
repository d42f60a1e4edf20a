public import Transfer
internal import Vocabulary

/// Why a provider did not do what it was asked about a fine-tuning.
public enum TuningFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The connection failed.
    case transfer(TransferFailure)
    /// The provider refused, with its status and words.
    case refused(status: Int, message: String, retryAfter: Duration?)
    /// What it answered cannot be understood.
    case garbled(String)
    /// Its list goes on for so long that it was not read to its end.
    case endless(pages: Int)

    /// What happened, in one line that is safe to show.
    public var description: String {
        switch self {
        case .transfer(let failure): SafeText(untrusted: failure.reason, limit: 200).oneLine.text
        case .refused(let status, let message, _): "status \(status): \(message)"
        case .garbled(let what): "it answered something that cannot be understood: \(what)"
        case .endless(let pages): "its list goes on after \(pages) pages"
        }
    }

    /// Whether the same may succeed when it is asked again.
    public var mayPass: Bool {
        switch self {
        case .transfer(.invalidRequest), .transfer(.addressRefused), .transfer(.tooLarge), .endless: false
        case .transfer, .garbled: true
        case .refused(let status, _, _): [408, 425, 429].contains(status) || status >= 500
        }
    }

    /// Whether the provider certainly did not do it: it said so, or nothing reached it.
    public var isCertain: Bool {
        switch self {
        case .transfer(.refused), .transfer(.unresolved), .transfer(.timedOut(.connect, _)),
            .transfer(.addressRefused), .transfer(.invalidRequest):
            true
        case .transfer, .garbled, .endless: false
        // What stands between may say 408 or 5xx for a request that arrived all the same.
        case .refused(let status, _, _): (400..<500).contains(status) && status != 408
        }
    }

    /// Whether there is no such thing at the provider, or it has no such operation.
    public var isMissing: Bool {
        guard case .refused(let status, _, _) = self else { return false }
        return [404, 405, 410, 501].contains(status)
    }

    /// Whether it answered something that cannot be understood.
    public var isGarbled: Bool {
        if case .garbled = self { true } else { false }
    }

    /// Whether its list was not read to its end.
    public var isEndless: Bool {
        if case .endless = self { true } else { false }
    }

    /// How long the provider asks to be left alone.
    public var retryAfter: Duration? {
        guard case .refused(_, _, let wait) = self else { return nil }
        return wait
    }
}

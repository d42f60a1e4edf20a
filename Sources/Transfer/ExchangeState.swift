internal import Vocabulary

/// What is known of one exchange: pure, so that every order of arrivals, pauses and deadlines can be tested.
struct ExchangeState {
    /// A reader that waits, and what it is told; resumed outside the lock.
    struct Wake {
        let reader: Reader
        let answer: Answer
    }

    enum Reader {
        case head(CheckedContinuation<Result<HTTPHead, TransferFailure>, Never>)
        case bytes(CheckedContinuation<Result<[UInt8]?, TransferFailure>, Never>)
    }

    enum Answer {
        case head(HTTPHead)
        case bytes([UInt8])
        case end
        case failure(TransferFailure)
    }

    /// What the library is told about bytes it offered.
    enum Taken: Int32 {
        case stop = -1
        case pause = 0
        case yes = 1
    }

    /// Above this many unread bytes the server has to wait; below half of it, it may go on.
    static let highWater = 65_536
    /// What is thrown away at most to keep a connection that nobody reads any more.
    static let discardLimit = 65_536

    private let patience: Patience
    private let bodyLimit: Int
    private let server: String
    private let started: Monotonic
    private var assembly = HeadAssembly()
    private var head: HTTPHead?
    private var certificateEnd: Timestamp?
    private var unread: [UInt8] = []
    private var received = 0
    private var lastArrival: Monotonic?
    private var isPaused = false
    private var discardUntil: Monotonic?
    private var deadline: Monotonic?
    private var verdict: TransferFailure?
    private var hasEnded = false
    private var reader: Reader?

    init(_ request: HTTPRequest, server: String, at started: Monotonic) {
        patience = request.patience
        bodyLimit = request.bodyLimit
        self.server = server
        self.started = started
    }

    /// Whether nothing more will arrive.
    var isOver: Bool { hasEnded || verdict != nil }

    /// Whether what still comes is thrown away.
    var isDiscarding: Bool { discardUntil != nil }

    /// The connection stands, and the server's certificate ends then.
    mutating func takeCertificate(end: Timestamp) {
        certificateEnd = end
    }

    /// A line of the head arrived.
    mutating func takeHead(_ line: [UInt8], at now: Monotonic) -> (Taken, Wake?) {
        lastArrival = now
        guard head == nil else { return (.yes, nil) }
        switch assembly.take(line) {
        case .unfinished: return (.yes, nil)
        case .tooLarge: return (.stop, fail(.tooLarge(limit: 65_536)))
        case .finished(let finished):
            if let length = finished["content-length"].flatMap({ Int($0) }), length > bodyLimit {
                return (.stop, fail(.tooLarge(limit: bodyLimit)))
            }
            head = finished
            head?.certificateEnd = certificateEnd
            return (.yes, wake())
        }
    }

    /// Bytes of the body arrived.
    mutating func takeBody(_ bytes: UnsafeBufferPointer<UInt8>, at now: Monotonic) -> (Taken, Wake?) {
        lastArrival = now
        guard verdict == nil else { return (.stop, nil) }
        if discardUntil != nil {
            received += bytes.count
            return (received <= ExchangeState.discardLimit ? .yes : .stop, nil)
        }
        guard unread.count < ExchangeState.highWater else {
            isPaused = true
            return (.pause, nil)
        }
        received += bytes.count
        guard received <= bodyLimit else { return (.stop, fail(.tooLarge(limit: bodyLimit))) }
        unsafe unread.append(contentsOf: bytes)
        return (.yes, wake())
    }

    /// The exchange is over; a reason found before (a limit, a refused address) outlives the library's.
    mutating func end(_ failure: TransferFailure?) -> Wake? {
        hasEnded = true
        if verdict == nil, let failure { verdict = failure }
        if verdict == nil, head == nil { verdict = .malformed(server: server) }
        return wake()
    }

    /// The exchange cannot go on for this reason.
    mutating func fail(_ failure: TransferFailure) -> Wake? {
        if !isOver { verdict = failure }
        return wake()
    }

    /// A reader waits for what comes next.
    mutating func wait(_ next: Reader) -> Wake? {
        precondition(reader == nil, "an HTTP stream has one reader")
        reader = next
        return wake()
    }

    /// Whether the library must be told to go on, now that the reader has caught up.
    mutating func resumeIfCaughtUp(at now: Monotonic) -> Bool {
        guard isPaused, unread.count < ExchangeState.highWater / 2 else { return false }
        isPaused = false
        lastArrival = now
        return true
    }

    /// Nobody reads any more: what comes until then is thrown away.
    mutating func discard(until end: Monotonic) {
        discardUntil = end
        unread = []
        received = 0
    }

    /// The reader's own limit; `nil` lifts it.
    mutating func setDeadline(_ moment: Monotonic?) {
        deadline = moment
    }

    /// When the next limit passes, and which.
    var nextLimit: (moment: Monotonic, phase: TransferFailure.Phase) {
        var next = (moment: started + patience.total, phase: TransferFailure.Phase.total)
        func consider(_ moment: Monotonic, _ phase: TransferFailure.Phase) {
            if moment < next.moment { next = (moment, phase) }
        }
        if let deadline { consider(deadline, .deadline) }
        if let discardUntil { consider(discardUntil, .deadline) }
        if let lastArrival {
            if !isPaused { consider(lastArrival + patience.idle, .idle) }
        } else {
            consider(started + patience.firstByte, .firstByte)
        }
        return next
    }

    private mutating func wake() -> Wake? {
        guard let reader, let answer = answer(for: reader) else { return nil }
        self.reader = nil
        return Wake(reader: reader, answer: answer)
    }

    private mutating func answer(for reader: Reader) -> Answer? {
        if case .head = reader {
            if let verdict { return .failure(verdict) }
            return head.map { .head($0) }
        }
        if !unread.isEmpty, verdict != .cancelled {
            defer { unread = [] }
            return .bytes(unread)
        }
        if let verdict { return .failure(verdict) }
        return hasEnded ? .end : nil
    }
}

extension ExchangeState.Wake {
    /// Lets the reader go on.
    func resume() {
        switch (reader, answer) {
        case (.head(let reader), .head(let head)): reader.resume(returning: .success(head))
        case (.head(let reader), .failure(let failure)): reader.resume(returning: .failure(failure))
        case (.bytes(let reader), .bytes(let bytes)): reader.resume(returning: .success(bytes))
        case (.bytes(let reader), .end): reader.resume(returning: .success(nil))
        case (.bytes(let reader), .failure(let failure)): reader.resume(returning: .failure(failure))
        default: preconditionFailure("a reader is answered with what it asked for")
        }
    }
}

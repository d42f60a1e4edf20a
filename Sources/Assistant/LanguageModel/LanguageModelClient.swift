public import Transfer
internal import Vocabulary

/// Asks one language model, within one budget of time for all attempts together.
public final class LanguageModelClient: Sendable {
    /// A whole answer.
    public struct Completion: Equatable, Sendable {
        /// The answer.
        public let text: String
        /// What it cost.
        public let usage: TokenUsage
        /// From the question to the first token.
        public let firstToken: Duration
        /// From the question to the last token.
        public let total: Duration
        /// How often the request was sent.
        public let attempts: Int
        /// Whether the limit of tokens ended the answer in the middle.
        public let isCutShort: Bool
    }

    /// How the endpoint does, as the circuit breaker has it.
    public enum Health: Equatable, Sendable {
        /// It answers, or was not asked yet.
        case well
        /// So many requests in a row failed; 1 to 4.
        case failing(Int)
        /// It is left alone for so long.
        case resting(Duration)
        /// A single request looks whether it is well again.
        case trying
    }

    /// Which model, and where.
    public let endpoint: LanguageModelEndpoint
    private let transfer: Transfer
    private let limits: AnswerLimits
    private let breaker: SharedBreaker

    /// A client; answers to many customers share one, because its circuit breaker learns from all of them.
    public init(_ endpoint: LanguageModelEndpoint, over transfer: Transfer, limits: AnswerLimits = AnswerLimits()) {
        self.endpoint = endpoint
        self.transfer = transfer
        self.limits = limits
        breaker = SharedBreaker(CircuitBreaker())
    }

    /// How the endpoint does.
    public func health() async -> Health { await breaker.health(at: transfer.now) }

    /// Asks, and passes each piece of the answer on as it arrives.
    ///
    /// Attempts that fail before the first token are repeated while the budget lasts; after it, a failure is final,
    /// and the pieces passed on are not the answer.
    ///
    /// - Throws: ``ChatFailure``; `.transfer(.cancelled)` when the task was cancelled.
    public func answer(
        _ prompt: ChatPrompt, pieces: (String) async -> Void
    ) async throws(ChatFailure) -> Completion {
        try await carryOut(.prompt(prompt)) { piece in
            if case .text(let text) = piece { await pieces(text) }
        }
    }

    /// Passes a client's request on, and each event of the answer back as the provider wrote it.
    ///
    /// Attempts that fail before the first event was passed back are repeated while the budget lasts.
    ///
    /// - Throws: ``ChatFailure``.
    public func relay(
        _ request: RelayRequest, events: ([UInt8]) async -> Void
    ) async throws(ChatFailure) -> Completion {
        try await carryOut(.relay(request)) { piece in
            if case .event(let data) = piece { await events(data) }
        }
    }

    /// What is asked.
    private enum Ask {
        case prompt(ChatPrompt)
        case relay(RelayRequest)

        var isRelay: Bool {
            if case .relay = self { true } else { false }
        }

        var estimatedTokens: Int {
            switch self {
            case .prompt(let prompt): prompt.estimatedTokens
            case .relay(let request): request.estimatedTokens
            }
        }

        func limits(_ usual: AnswerLimits) -> AnswerLimits {
            switch self {
            case .prompt: usual
            case .relay(let request): usual.forRelay(isStream: request.isStream)
            }
        }

        func request(at endpoint: LanguageModelEndpoint) -> HTTPRequest {
            switch self {
            case .prompt(let prompt): endpoint.request(prompt)
            case .relay(let request): endpoint.request(request)
            }
        }
    }

    /// What arrives.
    private enum Piece {
        /// A piece of the answer.
        case text(String)
        /// An event, or a whole document, as the provider wrote it.
        case event([UInt8])
    }

    private func carryOut(
        _ prompt: Ask, pieces: (Piece) async -> Void
    ) async throws(ChatFailure) -> Completion {
        let start = transfer.now
        let limits = prompt.limits(limits)
        var attempts = 0
        var before: ChatFailure?
        while true {
            var reception = Reception()
            do {
                try await admitted()
                attempts += 1
                try await attempt(prompt, from: start, &reception, pieces)
                await breaker.record(.well, at: transfer.now)
                return completion(of: reception, to: prompt, from: start, attempts)
            } catch {
                // When the breaker opened between two attempts, the failure that opened it says more.
                if error == .resting { throw before ?? error }
                await breaker.record(error.isIllness ? .ill : .unknown, at: transfer.now)
                before = error
                guard !reception.hasPassed else { throw error }
                try await pauseAfter(error, retry: attempts - 1, from: start, limits)
            }
        }
    }

    private func admitted() async throws(ChatFailure) {
        guard await breaker.admits(at: transfer.now) else { throw .resting }
    }

    /// Waits before another attempt, or gives the failure on when there is to be none.
    private func pauseAfter(
        _ failure: ChatFailure, retry: Int, from start: Monotonic, _ limits: AnswerLimits
    ) async throws(ChatFailure) {
        guard failure.mayPass, retry < limits.retries else { throw failure }
        let pause = AnswerLimits.pause(before: retry, asked: failure.retryAfter, chance: Double.random(in: 0..<1))
        guard transfer.now + pause < start + limits.firstToken else { throw failure }
        do { try await Task.sleep(for: pause) } catch { throw .transfer(.cancelled) }
    }

    private func attempt(
        _ prompt: Ask, from start: Monotonic, _ reception: inout Reception, _ pieces: (Piece) async -> Void
    ) async throws(ChatFailure) {
        let stream = try await open(prompt, from: start)
        guard stream.head.status == 200 else {
            throw .refusal(stream.head, body: await beginning(of: stream))
        }
        let type = stream.head["content-type"]?.lowercased() ?? ""
        // Some compatible servers name no type; what is named must be an event stream.
        if type.isEmpty || type.hasPrefix("text/event-stream") {
            try await receive(stream, for: prompt, from: start, &reception, pieces)
        } else {
            try await receiveWhole(stream, type, for: prompt, &reception, pieces)
        }
        // Who passes on leaves it to the client what a withheld answer or a call of a tool is worth.
        guard reception.finish != .filtered || prompt.isRelay else { throw .filtered }
        let isCall = prompt.isRelay && (reception.finish != .complete || reception.hasCall)
        guard isCall || !reception.text.allSatisfy(\.isWhitespace) else { throw .empty }
    }

    private func open(_ prompt: Ask, from start: Monotonic) async throws(ChatFailure) -> HTTPStream {
        let now = transfer.now
        var request = prompt.request(at: endpoint)
        let limits = prompt.limits(limits)
        let untilFirst = start + limits.firstToken - now
        request.patience = Patience(
            connect: min(limits.connect, untilFirst), firstByte: untilFirst, idle: limits.idle,
            total: start + limits.total - now)
        do { return try await transfer.stream(request) } catch { throw .transfer(error) }
    }

    private func receive(
        _ stream: HTTPStream, for prompt: Ask, from start: Monotonic, _ reception: inout Reception,
        _ pieces: (Piece) async -> Void
    ) async throws(ChatFailure) {
        stream.setDeadline(start + prompt.limits(limits).firstToken)
        var parser = ServerSentEventParser()
        var decoder = ChatStreamDecoder(endpoint.wire)
        var chunks = stream.makeAsyncIterator()
        while let events = try await nextEvents(&chunks, &parser, decoder) {
            for event in events {
                try await pass(try decoder.take(event), of: event, to: &reception, pieces, prompt)
            }
            if decoder.isFinished { return stream.discardRest() }
            if reception.isAtWork { stream.setDeadline(nil) }
        }
        if let last = parser.finish() {
            try await pass(try decoder.take(last), of: last, to: &reception, pieces, prompt)
        }
        try await pass(try decoder.end(), of: nil, to: &reception, pieces, prompt)
    }

    /// The events in the next bytes; `nil` when there are no more, or when what is lost is no part of the answer.
    private func nextEvents(
        _ chunks: inout HTTPStream.Iterator, _ parser: inout ServerSentEventParser, _ decoder: ChatStreamDecoder
    ) async throws(ChatFailure) -> [ServerSentEvent]? {
        let chunk: [UInt8]?
        do { chunk = try await chunks.next() } catch {
            guard error != .cancelled, decoder.isWhole else { throw .transfer(error) }
            return nil
        }
        do { return try chunk.map { bytes throws(ServerSentEventParser.TooLong) in try parser.feed(bytes) } } catch {
            throw .tooLong(limit: error.limit)
        }
    }

    private func receiveWhole(
        _ stream: HTTPStream, _ type: String, for prompt: Ask, _ reception: inout Reception,
        _ pieces: (Piece) async -> Void
    ) async throws(ChatFailure) {
        let body = await beginning(of: stream, most: prompt.isRelay ? prompt.limits(limits).answerBytes * 2 : 1 << 18)
        guard type.hasPrefix("application/json"), let events = endpoint.wholeAnswer(body) else {
            throw .notAStream(
                contentType: ChatFailure.safe(type), beginning: ChatFailure.words(of: body, type: type))
        }
        let whole = ServerSentEvent(data: body)
        try await pass(events, of: whole, to: &reception, pieces, prompt)
    }

    private func pass(
        _ events: [ChatEvent], of raw: ServerSentEvent?, to reception: inout Reception, _ pieces: (Piece) async -> Void,
        _ prompt: Ask
    ) async throws(ChatFailure) {
        for event in events {
            if let piece = reception.take(event, at: transfer.now), !prompt.isRelay { await pieces(.text(piece)) }
        }
        if let raw, prompt.isRelay, !raw.data.isEmpty {
            // The first event is looked at before anything is promised: an empty beginning may still fail elsewhere.
            if reception.isAtWork || reception.hasPassed || reception.endsOtherwise {
                for held in reception.release() { await pieces(.event(held)) }
                await pieces(.event(raw.data))
            } else {
                reception.hold(raw.data)
            }
        }
        let most = prompt.limits(limits).answerBytes
        guard reception.text.utf8.count <= most else { throw .tooLong(limit: most) }
    }

    /// The first part of a body, enough for an error message or an answer in one piece; what is lost after is not missed.
    private func beginning(of stream: HTTPStream, most: Int = 1 << 18) async -> [UInt8] {
        var body: [UInt8] = []
        var chunks = stream.makeAsyncIterator()
        while body.count < most, let chunk = try? await chunks.next() { body.append(contentsOf: chunk) }
        return body
    }

    private func completion(
        of reception: Reception, to prompt: Ask, from start: Monotonic, _ attempts: Int
    ) -> Completion {
        let now = transfer.now
        return Completion(
            text: reception.text, usage: reception.usage(estimating: prompt.estimatedTokens),
            firstToken: (reception.firstToken ?? now) - start,
            total: now - start, attempts: attempts, isCutShort: reception.finish == .length)
    }
}

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

    /// Asks, and passes each piece of the answer on as it arrives.
    ///
    /// Attempts that fail before the first token are repeated while the budget lasts; after it, a failure is final,
    /// and the pieces passed on are not the answer.
    ///
    /// - Throws: ``ChatFailure``; `.transfer(.cancelled)` when the task was cancelled.
    public func answer(
        _ prompt: ChatPrompt, pieces: (String) async -> Void
    ) async throws(ChatFailure) -> Completion {
        let start = transfer.now
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
                guard reception.firstToken == nil else { throw error }
                try await pauseAfter(error, retry: attempts - 1, from: start)
            }
        }
    }

    private func admitted() async throws(ChatFailure) {
        guard await breaker.admits(at: transfer.now) else { throw .resting }
    }

    /// Waits before another attempt, or gives the failure on when there is to be none.
    private func pauseAfter(_ failure: ChatFailure, retry: Int, from start: Monotonic) async throws(ChatFailure) {
        guard failure.mayPass, retry < limits.retries else { throw failure }
        let pause = AnswerLimits.pause(before: retry, asked: failure.retryAfter, chance: Double.random(in: 0..<1))
        guard transfer.now + pause < start + limits.firstToken else { throw failure }
        do { try await Task.sleep(for: pause) } catch { throw .transfer(.cancelled) }
    }

    private func attempt(
        _ prompt: ChatPrompt, from start: Monotonic, _ reception: inout Reception, _ pieces: (String) async -> Void
    ) async throws(ChatFailure) {
        let stream = try await open(prompt, from: start)
        guard stream.head.status == 200 else {
            throw .refusal(stream.head, body: await beginning(of: stream))
        }
        let type = stream.head["content-type"]?.lowercased() ?? ""
        // Some compatible servers name no type; what is named must be an event stream.
        if type.isEmpty || type.hasPrefix("text/event-stream") {
            try await receive(stream, from: start, &reception, pieces)
        } else {
            try await receiveWhole(stream, type, &reception, pieces)
        }
        guard reception.finish != .filtered else { throw .filtered }
        guard !reception.text.allSatisfy(\.isWhitespace) else { throw .empty }
    }

    private func open(_ prompt: ChatPrompt, from start: Monotonic) async throws(ChatFailure) -> HTTPStream {
        let now = transfer.now
        var request = endpoint.request(prompt)
        let untilFirst = start + limits.firstToken - now
        request.patience = Patience(
            connect: min(limits.connect, untilFirst), firstByte: untilFirst, idle: limits.idle,
            total: start + limits.total - now)
        do { return try await transfer.stream(request) } catch { throw .transfer(error) }
    }

    private func receive(
        _ stream: HTTPStream, from start: Monotonic, _ reception: inout Reception, _ pieces: (String) async -> Void
    ) async throws(ChatFailure) {
        stream.setDeadline(start + limits.firstToken)
        var parser = ServerSentEventParser()
        var decoder = ChatStreamDecoder(endpoint.wire)
        var chunks = stream.makeAsyncIterator()
        while let events = try await nextEvents(&chunks, &parser, decoder) {
            for event in events {
                try await pass(try decoder.take(event), to: &reception, pieces)
            }
            if decoder.isFinished { return stream.discardRest() }
            if reception.isAtWork { stream.setDeadline(nil) }
        }
        if let last = parser.finish() { try await pass(try decoder.take(last), to: &reception, pieces) }
        try await pass(try decoder.end(), to: &reception, pieces)
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
        _ stream: HTTPStream, _ type: String, _ reception: inout Reception, _ pieces: (String) async -> Void
    ) async throws(ChatFailure) {
        let body = await beginning(of: stream)
        guard type.hasPrefix("application/json"), let events = endpoint.wholeAnswer(body) else {
            throw .notAStream(
                contentType: ChatFailure.safe(type), beginning: ChatFailure.words(of: body, type: type))
        }
        try await pass(events, to: &reception, pieces)
    }

    private func pass(
        _ events: [ChatEvent], to reception: inout Reception, _ pieces: (String) async -> Void
    ) async throws(ChatFailure) {
        for event in events {
            if let piece = reception.take(event, at: transfer.now) { await pieces(piece) }
        }
        guard reception.text.utf8.count <= limits.answerBytes else { throw .tooLong(limit: limits.answerBytes) }
    }

    /// The first part of a body, enough for an error message or an answer in one piece; what is lost after is not missed.
    private func beginning(of stream: HTTPStream) async -> [UInt8] {
        var body: [UInt8] = []
        var chunks = stream.makeAsyncIterator()
        while body.count < 1 << 18, let chunk = try? await chunks.next() { body.append(contentsOf: chunk) }
        return body
    }

    private func completion(
        of reception: Reception, to prompt: ChatPrompt, from start: Monotonic, _ attempts: Int
    ) -> Completion {
        let now = transfer.now
        return Completion(
            text: reception.text, usage: reception.usage(of: prompt), firstToken: (reception.firstToken ?? now) - start,
            total: now - start, attempts: attempts, isCutShort: reception.finish == .length)
    }
}

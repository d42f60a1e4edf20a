import Glibc
import JSON
import Testing
import Transfer
import Vocabulary

@testable import Assistant

/// A real client over real libcurl against servers that do what servers do.
@Suite(.timeLimit(.minutes(1))) struct LanguageModelClientTests {
    let transfer: Transfer
    let prompt = ChatPrompt(system: "s", messages: [.init(.user, "Why is the sky blue today?")])

    init() throws {
        transfer = try Transfer.start(reach: .alsoPrivate)
    }

    @Test(arguments: ChatWire.allCases, [true, false])
    func `an answer arrives whole, with its usage`(wire: ChatWire, byteByByte: Bool) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            let stream = wire.stream("Because ", "of “air”.")
            if byteByByte { for byte in stream.utf8 { connection.send([byte]) } } else { connection.send(stream) }
        }
        let pieces = Pieces()
        let completion = try await client(server, wire).answer(prompt) { await pieces.add($0) }
        #expect(completion.text == "Because of “air”.")
        #expect(await pieces.all == ["Because ", "of “air”."])
        #expect(completion.usage == TokenUsage(prompt: 20, answer: 2))
        #expect(completion.attempts == 1 && !completion.isCutShort)
        #expect(completion.firstToken > .zero && completion.firstToken <= completion.total)
    }

    @Test func `blanks before the first word are no part of the answer`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(ChatWire.openai.stream("\n", " \n Air", " is", " blue."))
        }
        let pieces = Pieces()
        let completion = try await client(server).answer(prompt) { await pieces.add($0) }
        #expect(completion.text == "Air is blue.")
        #expect(await pieces.all == ["Air", " is", " blue."])
    }

    @Test func `usage that the provider does not give is estimated and marked`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send("data: {\"choices\":[{\"delta\":{\"content\":\"Because of air.\"}}]}\n\ndata: [DONE]\n\n")
        }
        let completion = try await client(server).answer(prompt) { _ in }
        #expect(completion.usage == TokenUsage(prompt: prompt.estimatedTokens, answer: 4, isEstimated: true))
    }

    @Test(arguments: ChatWire.allCases)
    func `an answer in one piece from a server that does not stream`(wire: ChatWire) async throws {
        let body =
            wire == .openai
            ? #"{"choices":[{"message":{"content":"Air."},"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#
            : #"{"content":[{"type":"text","text":"Air."}],"stop_reason":"max_tokens","usage":{"input_tokens":3,"output_tokens":2}}"#
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(200, body)
        }
        let completion = try await client(server, wire).answer(prompt) { _ in }
        #expect(completion.text == "Air." && completion.isCutShort)
        #expect(completion.usage == TokenUsage(prompt: 3, answer: 2))
    }

    @Test(arguments: ChatWire.allCases, [true, false])
    func `a stream that is cut is an error, never a clean end`(wire: ChatWire, withReset: Bool) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
            let half = wire.piece("half an")
            connection.send("\(String(half.utf8.count, radix: 16))\r\n\(half)\r\n")
            if withReset { connection.reset() }
        }
        let failure = await #expect(throws: ChatFailure.self) { try await client(server, wire).answer(prompt) { _ in } }
        #expect(failure == .transfer(.cut(server: "127.0.0.1:\(server.port)")))
    }

    @Test(arguments: ChatWire.allCases)
    func `a stream that ends in good order but too early is cut`(wire: ChatWire) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(wire.piece("half an"))
        }
        await #expect(throws: ChatFailure.cut) { try await client(server, wire).answer(prompt) { _ in } }
        await server.sees { $0 == .accepted }
    }

    @Test func `what is lost behind the end is not missed`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9999\r\n\r\n")
            connection.send(ChatWire.openai.piece("Air."))
            connection.send("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")
        }
        #expect(try await client(server).answer(prompt) { _ in }.text == "Air.")
    }

    @Test(arguments: [
        ("text/html", "<html><body>Welcome to the captive portal", "an HTML page"),
        ("application/json", "<html>not json</html>", "an HTML page"),
        ("application/json", "{\"status\":\"ok\"}", "{\"status\":\"ok\"}"),
        ("text/plain", "\u{1b}[2Jhello", "␛[2Jhello"),
    ])
    func `200 with something else is no answer`(type: String, body: String, shown: String) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(200, body, type: type)
        }
        await #expect(throws: ChatFailure.notAStream(contentType: type, beginning: shown)) {
            try await client(server).answer(prompt) { _ in }
        }
    }

    @Test(arguments: ChatWire.allCases)
    func `an empty answer is an error`(wire: ChatWire) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(wire.stream(" \n"))
        }
        await #expect(throws: ChatFailure.empty) { try await client(server, wire).answer(prompt) { _ in } }
    }

    @Test(arguments: [400, 401, 403, 404, 422])
    func `a refusal for good is asked only once`(status: Int) async throws {
        let server = try LoopbackServer { connection in
            while connection.readRequest() != nil {
                connection.respond(status, "{\"error\":{\"message\":\"no\\u001b[2J\",\"code\":1}}")
            }
        }
        let failure = ChatFailure.refused(status: status, message: "no␛[2J", retryAfter: nil)
        await #expect(throws: failure) { try await client(server).answer(prompt) { _ in } }
        await server.sees { if case .request = $0 { true } else { false } }
    }

    @Test(arguments: [408, 429, 500, 503])
    func `a refusal that may pass is asked again`(status: Int) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(status, "<html>busy</html>", type: "text/html", headers: ["Retry-After: 0"])
            connection.readRequest()
            connection.beginStream()
            connection.send(ChatWire.openai.stream("Air."))
        }
        let completion = try await client(server).answer(prompt) { _ in }
        #expect(completion.text == "Air." && completion.attempts == 2)
    }

    @Test func `a wait beyond the budget is not begun`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(429, "", headers: ["Retry-After: 60"])
        }
        let start = transfer.now
        await #expect(throws: ChatFailure.refused(status: 429, message: "no reason given", retryAfter: .seconds(60))) {
            try await client(server).answer(prompt) { _ in }
        }
        #expect(transfer.now - start < .seconds(5))
    }

    @Test func `after the first token nothing is asked again`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(ChatWire.openai.piece("half") + "data: {\"error\":{\"message\":\"mid\"}}\n\n")
        }
        await #expect(throws: ChatFailure.provider("mid")) { try await client(server).answer(prompt) { _ in } }
        var accepted = 0
        var requests = 0
        for await event in server.events {
            if event == .accepted { accepted += 1 }
            if case .request = event { requests += 1 }
            if requests == 1 { break }
        }
        #expect(accepted == 1)
    }

    @Test func `a silent server is given up within the budget and not asked twice`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.waitForPeerToClose()
        }
        var limits = AnswerLimits()
        limits.firstToken = .milliseconds(150)
        let start = transfer.now
        let failure = await #expect(throws: ChatFailure.self) {
            try await client(server, limits: limits).answer(prompt) { _ in }
        }
        #expect(failure == .transfer(.timedOut(.firstByte, server: "127.0.0.1:\(server.port)")))
        #expect(transfer.now - start < .seconds(5))
    }

    @Test func `a server that only keeps the line open is given up at the first token's limit`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            while connection.send(": still here\n\n") { usleep(10_000) }
        }
        var limits = AnswerLimits()
        limits.firstToken = .milliseconds(200)
        await #expect(throws: ChatFailure.transfer(.timedOut(.deadline, server: "127.0.0.1:\(server.port)"))) {
            try await client(server, limits: limits).answer(prompt) { _ in }
        }
    }

    @Test(arguments: ["data: {\"choices\": nonsense}\n\n", "data: \u{0}\u{1}\n\n", "data: [1,2\n\n"])
    func `garbage in the stream is named`(garbage: String) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(garbage)
        }
        let failure = await #expect(throws: ChatFailure.self) { try await client(server).answer(prompt) { _ in } }
        guard case .garbled = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
    }

    @Test func `an endless event is refused`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send("data: ")
            while connection.send([UInt8](repeating: 65, count: 65_536)) {}
        }
        await #expect(throws: ChatFailure.tooLong(limit: 1 << 20)) { try await client(server).answer(prompt) { _ in } }
    }

    @Test func `an endless answer is refused`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            while connection.send(ChatWire.openai.piece(String(repeating: "blah ", count: 500))) {}
        }
        await #expect(throws: ChatFailure.tooLong(limit: 32_768)) { try await client(server).answer(prompt) { _ in } }
    }

    @Test func `cancelling stops the stream at the server`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(ChatWire.openai.piece("half"))
            connection.waitForPeerToClose()
        }
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let client = client(server)
        let work = Task { [prompt] in try await client.answer(prompt) { _ in begin.yield() } }
        for await _ in began { break }
        work.cancel()
        await #expect(throws: ChatFailure.transfer(.cancelled)) { try await work.value }
        await server.sees { $0 == .closedByPeer }
    }

    @Test func `a dead server is left alone after five failures`() async throws {
        let port = try LoopbackServer.deafPort()
        var limits = AnswerLimits()
        limits.retries = 0
        let endpoint = LanguageModelEndpoint(url: "http://127.0.0.1:\(port)/v1", model: "m", key: nil, wire: .openai)
        let client = LanguageModelClient(endpoint, over: transfer, limits: limits)
        for _ in 0..<5 {
            await #expect(throws: ChatFailure.transfer(.refused(server: "127.0.0.1:\(port)"))) {
                try await client.answer(prompt) { _ in }
            }
        }
        await #expect(throws: ChatFailure.resting) { try await client.answer(prompt) { _ in } }
    }

    private func client(
        _ server: LoopbackServer, _ wire: ChatWire = .openai, limits: AnswerLimits = AnswerLimits()
    ) -> LanguageModelClient {
        let endpoint = LanguageModelEndpoint(url: server.url + "/v1", model: "m", key: nil, wire: wire)
        return LanguageModelClient(endpoint, over: transfer, limits: limits)
    }
}

/// Collects pieces of an answer.
actor Pieces {
    private(set) var all: [String] = []

    func add(_ piece: String) { all.append(piece) }
}

extension ChatWire {
    /// The events of a whole answer of two tokens for a prompt of twenty.
    func stream(_ pieces: String...) -> String {
        switch self {
        case .openai:
            pieces.map(piece).joined() + """
                data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: {"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":2}}

                data: [DONE]


                """
        case .anthropic:
            """
            event: message_start
            data: {"type":"message_start","message":{"usage":{"input_tokens":20,"output_tokens":1}}}


            """ + pieces.map(piece).joined() + """
                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

                event: message_stop
                data: {"type":"message_stop"}


                """
        }
    }

    /// One piece of text as an event.
    func piece(_ text: String) -> String {
        let quoted = JSONValue.string(text).encoded
        return switch self {
        case .openai: "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\(quoted)}}]}\n\n"
        case .anthropic:
            "event: content_block_delta\n"
                + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\(quoted)}}\n\n"
        }
    }
}

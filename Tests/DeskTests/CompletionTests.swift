import Assistant
import DeskAPI
import Foundation
import JSON
import Models
import NIOConcurrencyHelpers
import Testing
import Vocabulary

@testable import Desk

/// Clients that speak OpenAI's protocol, through the desk, to a provider whose every byte is ours.
@Suite struct CompletionTests {
    @Test func `a plain answer has the provider's choices and what it cost`() async throws {
        let server = try LoopbackServer { connection in
            while connection.readRequest() != nil {
                connection.respond(
                    200,
                    #"{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"Hi."},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":4}}}"#
                )
            }
        }
        let desk = try await ready(server)
        let answer = await ask(desk, #"{"model":"production","messages":[{"role":"user","content":"Hello"}]}"#)
        #expect(answer.status == 200 && !answer.isStream)
        let document = try answer.json()
        #expect(document["choices"]?[0]?["message"]?["content"]?.text == "Hi.")
        #expect(document["usage"]?["prompt_tokens_details"]?["cached_tokens"]?.wholeNumber == 4)
        #expect(document["object"]?.text == "chat.completion" && document["model"]?.text == "production")
        let sent = try await request(to: server)
        #expect(sent.contains(#""model":"m""#) && sent.contains(#""stream":false"#))
        try await counted(desk) {
            $0.requests == 1 && $0.promptTokens == 9 && $0.answerTokens == 2 && $0.estimated == 0
        }
        try await desk.end()
    }

    @Test(arguments: [true, false])
    func `a stream tells what it cost only to who asked`(wantsUsage: Bool) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(piece("Press ") + piece("a."))
            connection.send(
                #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"# + "\n\n"
                    + #"data: {"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":2}}"#
                    + "\n\ndata: [DONE]\n\n")
        }
        let desk = try await ready(server)
        let options = wantsUsage ? #","stream_options":{"include_usage":true}"# : ""
        let answer = await ask(
            desk, #"{"model":"production","stream":true\#(options),"messages":[{"role":"user","content":"Hello"}]}"#)
        #expect(answer.isStream && answer.isEnded && answer.text.hasSuffix("data: [DONE]\n\n"))
        #expect(answer.said == "Press a.")
        #expect(answer.events.contains { $0["usage"]?["total_tokens"]?.wholeNumber == 22 } == wantsUsage)
        #expect(try await request(to: server).contains(#""stream_options":{"include_usage":true}"#))
        try await counted(desk) { $0.promptTokens == 20 && $0.answerTokens == 2 }
        try await desk.end()
    }

    @Test(arguments: [true, false])
    func `calls of tools and unknown fields go through as they are`(isStream: Bool) async throws {
        let call = #"[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]"#
        let server = try LoopbackServer { connection in
            connection.readRequest()
            if isStream {
                connection.beginStream()
                connection.send(
                    #"data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}"# + "\n\n"
                        + #"data: {"choices":[{"index":0,"delta":{"tool_calls":\#(call)}}]}"# + "\n\n"
                        + #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#
                        + "\n\ndata: [DONE]\n\n"
                )
            } else {
                connection.respond(
                    200,
                    #"{"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":\#(call)},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}"#
                )
            }
        }
        let desk = try await ready(server)
        let answer = await ask(
            desk,
            #"{"model":"production","stream":\#(isStream),"seed":7,"tools":[{"type":"function","function":{"name":"f"}}],"messages":[{"role":"user","content":"x"}]}"#
        )
        #expect(answer.status == 200 && answer.text.contains(#""arguments":"{}""#), "\(answer.text)")
        let sent = try await request(to: server)
        #expect(sent.contains(#""seed":7"#) && sent.contains(#""tools":[{"#))
        try await desk.end()
    }

    @Test(arguments: [
        (429, ["Retry-After: 7"], 429, "rate_limited", Int64?.some(7)), (500, [], 502, "upstream_error", nil),
        (401, [], 502, "upstream_refused_key", nil),
        (404, [], 502, "upstream_unknown_model", nil), (400, [], 400, "context_length_exceeded", nil),
    ])
    func `a refusal keeps its meaning`(
        status: Int, headers: [String], expected: Int, code: String, wait: Int64?
    ) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(
                status, #"{"error":{"message":"the context length is exceeded","code":3}}"#, headers: headers)
        }
        let desk = try await ready(server)
        for isStream in [false, true] {
            let answer = await ask(
                desk, #"{"model":"production","stream":\#(isStream),"messages":[{"role":"user","content":"x"}]}"#)
            #expect(answer.status == expected && !answer.isStream)
            #expect(try answer.json()["error"]?["code"]?.text == code)
            #expect(answer.headers["Retry-After"] == wait.map { "\($0)" })
        }
        try await desk.end()
    }

    @Test(arguments: [true, false])
    func `an answer may be long for another program`(isStream: Bool) async throws {
        let long = String(repeating: "word ", count: 20_000)
        let server = try LoopbackServer { connection in
            connection.readRequest()
            guard isStream else {
                let message = #"{"role":"assistant","content":"\#(long)"}"#
                connection.respond(
                    200, #"{"choices":[{"index":0,"message":\#(message),"finish_reason":"stop"}]}"#)
                return
            }
            connection.beginStream()
            for _ in 0..<100 { connection.send(piece(String(repeating: "word ", count: 200))) }
            connection.send("data: [DONE]\n\n")
        }
        let desk = try await ready(server)
        let answer = await ask(
            desk, #"{"model":"production","stream":\#(isStream),"messages":[{"role":"user","content":"x"}]}"#)
        #expect(answer.status == 200)
        let said = isStream ? answer.said : try answer.json()["choices"]?[0]?["message"]?["content"]?.text
        #expect(said == long)
        try await desk.end()
    }

    @Test func `a silent provider is a 504 within the deadline, a portal's page no answer`() async throws {
        for (play, status) in [(Fault.hangs, 504), (.sendsHTML, 502), (.isEmpty, 502), (.sendsGarbage, 502)] {
            let server = try LoopbackServer { play.play($0) }
            let desk = try await ready(server, AnswerLimits(firstToken: .milliseconds(300), retries: 0))
            let answer = await ask(
                desk, #"{"model":"production","stream":true,"messages":[{"role":"user","content":"x"}]}"#)
            #expect(answer.status == status && !answer.isStream, "\(play): \(answer.status)")
            try await desk.end()
        }
    }

    @Test(arguments: [Fault.cuts, .breaks, .errsMidway])
    func `what breaks in the middle never ends clean`(fault: Fault) async throws {
        let server = try LoopbackServer { fault.play($0) }
        let desk = try await ready(server, AnswerLimits(firstToken: .milliseconds(300), retries: 0))
        let answer = await ask(
            desk, #"{"model":"production","stream":true,"messages":[{"role":"user","content":"x"}]}"#)
        #expect(answer.isStream && answer.isEnded && answer.said == "half")
        #expect(!answer.text.contains("[DONE]"))
        #expect(answer.events.last?["error"]?["message"]?.text != nil)
        try await desk.end()
    }

    @Test(arguments: [
        ("{", "no JSON"), ("[]", "object"), (#"{"messages":[]}"#, "model must be"),
        (#"{"model":"production","messages":"hi"}"#, "messages must be a list"),
        (#"{"model":"production","messages":[{"role":"king","content":"x"}]}"#, "role must be"),
        (#"{"model":"production","messages":[{"role":"user","content":7}]}"#, "content must be"),
        (#"{"model":"production","n":2,"messages":[{"role":"user","content":"x"}]}"#, "n must be 1"),
        (#"{"model":"production","stream":"yes","messages":[{"role":"user","content":"x"}]}"#, "stream must be"),
    ])
    func `a wrong request names its field`(body: String, words: String) async throws {
        let desk = try await OpenDesk.open()
        let answer = await ask(desk, body)
        #expect(answer.status == 400)
        #expect(try #require(try answer.json()["error"]?["message"]?.text).contains(words))
        try await desk.end()
    }

    @Test func `who may not ask, and what is not there, is told so`() async throws {
        let desk = try await OpenDesk.open()
        try await registered(desk, "knowledge-base")
        let body = #"{"model":"nope","messages":[{"role":"user","content":"x"}]}"#
        #expect(await ask(desk, body).status == 404)
        #expect(await ask(desk, body, as: .anonymous).status == 401)
        #expect(await ask(desk, body, as: Caller(identity: .customer(ID(1)), role: .customer, name: "c")).status == 403)
        let names = try #require(try desk.desk.completionModels(named: nil, for: .local(name: "ana")))
        #expect(String(decoding: names, as: UTF8.self).contains(#""id":"production","object":"model""#))
        #expect(try desk.desk.completionModels(named: "nope", for: .local(name: "ana")) == nil)
        try await desk.end()
    }

    @Test func `a budget that is used up is a 429 that names it`() async throws {
        let server = try LoopbackServer { connection in
            while connection.readRequest() != nil {
                connection.respond(
                    200,
                    #"{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi."},"finish_reason":"stop"}],"usage":{"prompt_tokens":90,"completion_tokens":5}}"#
                )
            }
        }
        let desk = try await OpenDesk.open(answering: server, budgets: [Budget(for: .day, 100, .tokens)])
        try await registered(desk, "m")
        let body = #"{"model":"production","max_tokens":50,"messages":[{"role":"user","content":"Hello"}]}"#
        #expect(await ask(desk, body).status == 200)
        let refused = await ask(desk, body)
        #expect(refused.status == 429 && (Int(refused.headers["Retry-After"] ?? "") ?? 0) > 0)
        let error = try refused.json()["error"]
        #expect(error?["code"]?.text == "insufficient_quota")
        #expect(error?["message"]?.text?.contains("the budget `day` (tokens)") == true)
        let states = try await desk.agent.call(Operations.listBudgets, Nothing()).items
        #expect(states.map(\.used) == [95] && states.map(\.reserved) == [0])
        try await desk.end()
    }

    @Test func `what breaks in the middle counts against the budget, by what came`() async throws {
        let server = try LoopbackServer { Fault.cuts.play($0) }
        let desk = try await OpenDesk.open(answering: server, budgets: [Budget(for: .day, 10_000, .tokens)])
        try await registered(desk, "m")
        _ = await ask(
            desk,
            #"{"model":"production","stream":true,"max_tokens":50,"messages":[{"role":"user","content":"Hello"}]}"#)
        let state = try #require(try await desk.agent.call(Operations.listBudgets, Nothing()).items.first)
        #expect((1...50).contains(state.used) && state.reserved == 0, "\(state)")
        let version: ModelVersion = try await desk.until {
            let version = try await desk.models()["m"]
            return version?.requests == 1 ? version : nil
        }
        #expect(version.errors == 1 && version.estimated == 1 && version.answerTokens > 0)
        try await desk.end()
    }

    @Test func `customers get an answer from the articles when a budget is used up, and it says why`() async throws {
        let server = try LoopbackServer { Fault.hangs.play($0) }
        let desk = try await OpenDesk.open(answering: server, budgets: [Budget(for: .customer, 10, .tokens)])
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        let answer = try await desk.answer()
        #expect(answer.text.contains("`a`") && !answer.text.contains("language model"))
        #expect(answer.answer?.fallbackReason?.contains("the budget `customer` (tokens)") == true)
        #expect(try await desk.models()["m"]?.errors == 0)
        try await desk.end()
    }

    @Test func `the articles answer where no model is, and say that they only estimate`() async throws {
        let desk = try await OpenDesk.open()
        try await registered(desk, "knowledge-base")
        let question =
            #"[{"role":"system","content":"be kind"},{"role":"user","content":"How do I acknowledge an alert?"}]"#
        let plain = await ask(desk, #"{"model":"production","messages":\#(question)}"#)
        #expect(try plain.json()["choices"]?[0]?["message"]?["content"]?.text?.contains("`a`") == true)
        let stream = await ask(desk, #"{"model":"production","stream":true,"messages":\#(question)}"#)
        #expect(stream.said.contains("`a`") && stream.text.hasSuffix("data: [DONE]\n\n"))
        try await desk.end()
    }

    @Test func `the Anthropic protocol is spoken behind OpenAI's`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            for data in [
                #"{"type":"message_start","message":{"usage":{"input_tokens":5,"cache_read_input_tokens":2}}}"#,
                #"{"type":"content_block_delta","delta":{"type":"text_delta","text":"Bon"}}"#,
                #"{"type":"content_block_delta","delta":{"type":"text_delta","text":"jour"}}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}"#,
                #"{"type":"message_stop"}"#,
            ] { connection.send("data: \(data)\n\n") }
        }
        let desk = try await ready(server, wire: .anthropic)
        let answer = await ask(
            desk,
            #"{"model":"production","stream":true,"stream_options":{"include_usage":true},"max_tokens":50,"messages":[{"role":"system","content":"Be French."},{"role":"user","content":"Hi"}]}"#
        )
        #expect(answer.said == "Bonjour")
        #expect(answer.events.contains { $0["choices"]?[0]?["finish_reason"]?.text == "stop" })
        #expect(answer.events.last?["usage"]?["prompt_tokens"]?.wholeNumber == 7)
        let sent = try await request(to: server)
        #expect(sent.contains(#""system":"Be French.""#) && sent.contains(#""max_tokens":50"#))
        try await desk.end()
    }
}

extension CompletionTests {
    private func ready(
        _ server: LoopbackServer, _ limits: AnswerLimits = AnswerLimits(retries: 0), wire: ChatWire = .openai
    ) async throws -> OpenDesk {
        let desk = try await OpenDesk.open(answering: server, limits: limits, wire: wire)
        try await registered(desk, "m")
        return desk
    }

    /// Waits until the assistant has registered what answers.
    private func registered(_ desk: OpenDesk, _ model: String) async throws {
        if try await desk.models()[model]?.aliases.contains("production") ?? false { return }
        _ = try await desk.next { event in
            if case .modelChanged(let version) = event, version.model == model,
                version.aliases.contains("production")
            {
                version
            } else {
                nil
            }
        }
    }

    private func counted(_ desk: OpenDesk, _ fits: (ModelVersion) -> Bool) async throws {
        _ = try await desk.next { event in
            if case .modelChanged(let version) = event, fits(version) { version } else { nil }
        }
    }

    private func ask(
        _ desk: OpenDesk, _ body: String, as caller: Caller = .local(name: "ana")
    ) async -> RecordedAnswer {
        let recorder = AnswerRecorder()
        await desk.desk.complete(Array(body.utf8), thread: nil, for: caller, to: recorder)
        return recorder.answer
    }

    private func request(to server: LoopbackServer) async throws -> String {
        for await event in server.events {
            if case .request(let text) = event { return text }
        }
        throw POSIXError(.ECONNRESET)
    }
}

/// What a client would have got.
struct RecordedAnswer {
    var status = 0
    var headers: [String: String] = [:]
    var isStream = false
    var isEnded = false
    var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func json() throws -> JSONValue { try JSONParser.parse(bytes) }

    /// The documents of a stream.
    var events: [JSONValue] {
        text.components(separatedBy: "\n\n").compactMap { try? JSONParser.parse(String($0.dropFirst("data: ".count))) }
    }

    /// The text of a stream.
    var said: String {
        events.compactMap { $0["choices"]?[0]?["delta"]?["content"]?.text }.joined()
    }
}

/// Keeps an answer.
final class AnswerRecorder: CompletionResponder {
    private let state = NIOLockedValueBox(RecordedAnswer())

    var answer: RecordedAnswer { state.withLockedValue { $0 } }

    func answer(status: Int, headers: [(name: String, value: String)], body: [UInt8]) async {
        state.withLockedValue { answer in
            answer.status = status
            answer.headers = Dictionary(headers.map { ($0.name, $0.value) }) { first, _ in first }
            answer.bytes = body
            answer.isEnded = true
        }
    }

    func begin(headers: [(name: String, value: String)]) async {
        state.withLockedValue { ($0.status, $0.isStream) = (200, true) }
    }

    func write(_ bytes: [UInt8]) async -> Bool {
        state.withLockedValue { $0.bytes += bytes }
        return true
    }

    func end() async {
        state.withLockedValue { $0.isEnded = true }
    }
}

/// A piece of an OpenAI-compatible stream.
private func piece(_ text: String) -> String {
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"}}]}\n\n"
}

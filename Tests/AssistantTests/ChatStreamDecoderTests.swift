import JSON
import Testing

@testable import Assistant

@Suite struct ChatStreamDecoderTests {
    @Test func `an OpenAI stream is told in common words`() throws {
        let events = try decode(
            .openai,
            #"{"choices":[{"index":0,"delta":{"role":"assistant","content":null}}],"usage":null}"#,
            #"{"choices":[{"index":0,"delta":{"content":"Hel"}}]}"#,
            #"{"choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}]}"#,
            #"{"choices":[{"index":1,"delta":{"content":"another choice"}}]}"#,
            #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
            #"{"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":2,"total_tokens":22}}"#, "[DONE]")
        #expect(
            events == [.token("Hel"), .token("lo"), .usage(UsageReport(prompt: 20, answer: 2)), .finished(.complete)])
    }

    @Test func `usage counts where the last chunk has choices too`() throws {
        let last =
            #"{"choices":[{"delta":{},"finish_reason":"length"}],"usage":{"prompt_tokens":9,"completion_tokens":4}}"#
        #expect(try decode(.openai, last) == [.usage(UsageReport(prompt: 9, answer: 4)), .finished(.length)])
    }

    @Test func `thinking is no text`() throws {
        let events = try decode(
            .openai, #"{"choices":[{"delta":{"reasoning_content":"hm"}}]}"#,
            #"{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}"#, "[DONE]")
        #expect(events == [.thinking, .token("ab"), .finished(.complete)])
    }

    @Test func `an Anthropic stream is told in common words`() throws {
        let events = try decode(
            .anthropic,
            #"{"type":"message_start","message":{"usage":{"input_tokens":20,"cache_read_input_tokens":5,"output_tokens":1}}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#, #"{"type":"ping"}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}"#,
            #"{"type":"content_block_stop","index":0}"#, #"{"type":"something_new","x":1}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":12}}"#,
            #"{"type":"message_stop"}"#)
        #expect(
            events == [
                .usage(UsageReport(prompt: 20, answer: 1, cached: 5, isCacheApart: true)), .thinking, .token("Hi"),
                .usage(UsageReport(answer: 12, isCacheApart: true)),
                .finished(.complete),
            ])
    }

    @Test(arguments: ChatWire.allCases)
    func `a stream that just ends is cut`(wire: ChatWire) {
        let piece =
            wire == .openai
            ? #"{"choices":[{"delta":{"content":"a"}}]}"#
            : #"{"type":"content_block_delta","delta":{"type":"text_delta","text":"a"}}"#
        #expect(throws: ChatFailure.cut) { try decode(wire, piece) }
    }

    @Test(arguments: [
        (#"{"error":{"message":"overloaded","code":500}}"#, "overloaded"), (#"{"error":"no more"}"#, "no more"),
        (#"{"type":"error","error":{"type":"overloaded_error","message":"later"}}"#, "later"),
        (#"{"error":{"message":"\u001b[31mred"}}"#, "␛[31mred"), (#"{"error":{}}"#, "an error without words"),
    ])
    func `an error within the stream is an error`(data: String, words: String) {
        for wire in ChatWire.allCases {
            #expect(throws: ChatFailure.provider(words)) { try decode(wire, data) }
        }
    }

    @Test(arguments: ["<html>", "{\"choices\":", "", "nonsense [DONE]"])
    func `an event that is no JSON is garbage`(data: String) {
        for wire in ChatWire.allCases {
            let failure = #expect(throws: ChatFailure.self) { try decode(wire, data) }
            guard case .garbled = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
        }
    }

    @Test func `bytes that are no UTF-8 are garbage`() {
        let data = Array(#"{"choices":[{"delta":{"content":""#.utf8) + [0xFF, 0xFE] + Array(#""}}]}"#.utf8)
        #expect(throws: ChatFailure.self) {
            var decoder = ChatStreamDecoder(.openai)
            _ = try decoder.take(ServerSentEvent(data: data))
        }
    }

    private func decode(_ wire: ChatWire, _ events: String...) throws -> [ChatEvent] {
        var decoder = ChatStreamDecoder(wire)
        let decoded = try events.flatMap { try decoder.take(ServerSentEvent(data: Array($0.utf8))) }
        return try decoded + decoder.end()
    }
}

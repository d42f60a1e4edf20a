import JSON
import Testing
import Vocabulary

@testable import Assistant

/// What an answer counts as, from what a provider said of it, in whatever order and how often.
@Suite struct TokenUsageTests {
    @Test func `cached and reasoning tokens are parts of prompt and answer`() throws {
        let usage = try count(
            .openai,
            #"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#,
            #"{"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"prompt_tokens_details":{"cached_tokens":600},"completion_tokens_details":{"reasoning_tokens":64}}}"#,
            "[DONE]")
        #expect(usage == TokenUsage(prompt: 1000, answer: 100, cached: 600, reasoning: 64))
    }

    @Test func `reasoning that a server counts beside the answer is part of it too, once`() throws {
        let usage = try count(
            .openai,
            #"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":35,"completion_tokens_details":{"reasoning_tokens":20}}}"#,
            "[DONE]")
        #expect(usage == TokenUsage(prompt: 10, answer: 25, reasoning: 20))
    }

    @Test func `Anthropic's cache is no part of its input, and is counted once however often it is said`() throws {
        let usage = try count(
            .anthropic,
            #"{"type":"message_start","message":{"usage":{"input_tokens":8,"cache_read_input_tokens":600,"cache_creation_input_tokens":392,"output_tokens":1}}}"#,
            #"{"type":"content_block_delta","delta":{"type":"text_delta","text":"Hi"}}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":8,"cache_read_input_tokens":600,"cache_creation_input_tokens":392,"output_tokens":100}}"#,
            #"{"type":"message_stop"}"#)
        #expect(usage == TokenUsage(prompt: 1000, answer: 100, cached: 600, cacheWritten: 392))
    }

    @Test func `usage that comes in every chunk is that of the last`() throws {
        let usage = try count(
            .openai,
            #"{"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":9,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":4}}}"#,
            #"{"choices":[{"delta":{"content":"b"}}],"usage":{"prompt_tokens":9,"completion_tokens":2}}"#,
            #"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3}}"#,
            #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3}}"#, "[DONE]")
        #expect(usage == TokenUsage(prompt: 9, answer: 3, cached: 4))
    }

    @Test func `without usage both are estimated, and nothing is said of parts`() throws {
        let usage = try count(
            .openai, #"{"choices":[{"delta":{"content":"Hello there"},"finish_reason":"stop"}],"usage":null}"#)
        #expect(usage == TokenUsage(prompt: 7, answer: 3, isEstimated: true))
    }

    @Test func `parts are never more than the whole, and nonsense is no count`() throws {
        let usage = try count(
            .openai,
            #"{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":99},"completion_tokens_details":{"reasoning_tokens":-5}}}"#
        )
        #expect(usage == TokenUsage(prompt: 10, answer: 2, cached: 10))
        let most = try count(
            .anthropic,
            #"{"type":"message_start","message":{"usage":{"input_tokens":9223372036854775807,"cache_read_input_tokens":9223372036854775807}}}"#,
            #"{"type":"content_block_delta","delta":{"type":"text_delta","text":"a"}}"#, #"{"type":"message_stop"}"#)
        #expect(most.isEstimated && most.prompt == 7)
    }

    private func count(_ wire: ChatWire, _ events: String...) throws -> TokenUsage {
        var decoder = ChatStreamDecoder(wire)
        var reception = Reception()
        for data in events {
            for event in try decoder.take(ServerSentEvent(data: Array(data.utf8))) {
                _ = reception.take(event, at: Monotonic(nanoseconds: 0))
            }
        }
        return reception.usage(estimating: 7)
    }
}

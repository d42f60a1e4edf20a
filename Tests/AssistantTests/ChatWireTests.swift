import JSON
import Testing

@testable import Assistant

@Suite struct ChatWireTests {
    private let prompt = ChatPrompt(
        system: "Be brief.",
        messages: [.init(.user, "Hi \"there\""), .init(.assistant, "Hello"), .init(.user, "Why?")],
        answerLimit: 50)

    @Test func `an OpenAI request asks for a stream with its usage`() throws {
        let request = endpoint("http://h:1/v1", .openai).request(prompt)
        let body = try JSONParser.parse(try #require(request.body))
        #expect(request.url == "http://h:1/v1/chat/completions")
        #expect(request.headers.contains(.init("Authorization", "Bearer secret")))
        #expect(body["model"] == "m" && body["stream"] == true && body["max_tokens"] == 50)
        #expect(body["stream_options"]?["include_usage"] == true)
        #expect(body["messages"]?.elements?.map { $0["role"]?.text } == ["system", "user", "assistant", "user"])
        #expect(body["messages"]?[1]?["content"] == "Hi \"there\"")
    }

    @Test func `an Anthropic request keeps the instructions apart`() throws {
        let request = endpoint("http://h:1/v1/", .anthropic).request(prompt)
        let body = try JSONParser.parse(try #require(request.body))
        #expect(request.url == "http://h:1/v1/messages")
        #expect(request.headers.contains(.init("x-api-key", "secret")))
        #expect(request.headers.contains(.init("anthropic-version", "2023-06-01")))
        #expect(!request.headers.contains { $0.name == "Authorization" })
        #expect(body["system"] == "Be brief." && body["stream"] == true && body["max_tokens"] == 50)
        #expect(body["messages"]?.elements?.map { $0["role"]?.text } == ["user", "assistant", "user"])
    }

    @Test(arguments: [
        ("https://api.openai.com", "https://api.openai.com/v1/chat/completions"),
        ("https://api.openai.com/v1/", "https://api.openai.com/v1/chat/completions"),
        ("http://127.0.0.1:9/openai/v1/chat/completions", "http://127.0.0.1:9/openai/v1/chat/completions"),
    ])
    func `the operation is added to the base address`(url: String, address: String) {
        #expect(endpoint(url, .openai).address == address)
    }

    @Test func `OpenAI itself gets the name of the limit that its newer models know`() throws {
        let body = try JSONParser.parse(
            try #require(endpoint("https://api.openai.com/v1", .openai).request(prompt).body))
        #expect(body["max_completion_tokens"] == 50 && body["max_tokens"] == nil)
    }

    @Test(arguments: [
        ("https://Me:Secret@API.example.com:8443/v1?key=1", "https://api.example.com:8443"),
        ("http://127.0.0.1:9200/v1", "http://127.0.0.1:9200"),
    ])
    func `the origin shows no secret`(url: String, origin: String) {
        #expect(endpoint(url, .openai).origin == origin)
    }

    private func endpoint(_ url: String, _ wire: ChatWire) -> LanguageModelEndpoint {
        LanguageModelEndpoint(url: url, model: "m", key: "secret", wire: wire)
    }
}

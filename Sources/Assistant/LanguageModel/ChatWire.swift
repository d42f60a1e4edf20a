internal import JSON
internal import Transfer

/// How a language model is spoken to.
public enum ChatWire: String, Equatable, Sendable, CaseIterable {
    /// OpenAI-compatible chat completions (OpenAI, Ollama, llama.cpp, vLLM, Azure and many more).
    case openai
    /// The Anthropic messages API.
    case anthropic
}

/// Where a language model is reached, and how.
public struct LanguageModelEndpoint: Equatable, Sendable {
    /// The base address, such as `https://api.openai.com/v1`; the path of the operation is added unless it is there.
    public let url: String
    /// The provider's name for the model.
    public let model: String
    /// How it is spoken to.
    public let wire: ChatWire
    /// The secret, if it takes one; never shown, logged or stored.
    private let key: String?

    /// An endpoint.
    public init(url: String, model: String, key: String?, wire: ChatWire) {
        self.url = url
        self.model = model
        self.wire = wire
        self.key = key
    }

    /// The same endpoint asked for another model.
    public func asking(for model: String) -> LanguageModelEndpoint {
        LanguageModelEndpoint(url: url, model: model, key: key, wire: wire)
    }

    /// Whether it takes a secret.
    public var hasKey: Bool { key != nil }

    /// Scheme, host and port: what may be shown and recorded.
    public var origin: String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return url[..<scheme.upperBound].lowercased() + (authority.split(separator: "@").last ?? "").lowercased()
    }

    /// The address of the operation that answers.
    var address: String { address(of: chatOperation) }

    private var chatOperation: String { wire == .openai ? "/chat/completions" : "/messages" }

    /// The address of an operation: `/v1` is added to a bare host, as the providers' own libraries do.
    private func address(of operation: String) -> String {
        var base = url
        while base.hasSuffix("/") { base.removeLast() }
        if base.hasSuffix(chatOperation) { return base.dropLast(chatOperation.count) + operation }
        let path = base.firstRange(of: "://").map { base[$0.upperBound...] } ?? base[...]
        return base + (path.contains("/") ? "" : "/v1") + operation
    }

    /// A request for another operation than an answer, with the endpoint's key.
    func request(_ method: HTTPRequest.Method, _ operation: String, type: String? = nil) -> HTTPRequest {
        var headers = [HTTPRequest.Header("Accept", "application/json")]
        if let type { headers.append(.init("Content-Type", type)) }
        if let key { headers.append(.init("Authorization", "Bearer \(key)")) }
        return HTTPRequest(method, address(of: operation), headers: headers)
    }

    /// A text of the provider in which the key is not repeated.
    func withoutKey(_ text: String) -> String {
        guard let key, !key.isEmpty else { return text }
        return text.replacing(key, with: "[key]")
    }

    /// The request that asks for a streamed answer.
    func request(_ prompt: ChatPrompt) -> HTTPRequest { request(body: body(prompt), isStream: true) }

    /// A request with this body and the endpoint's own headers.
    func request(body: [UInt8], isStream: Bool) -> HTTPRequest {
        var headers = [
            HTTPRequest.Header("Content-Type", "application/json"),
            HTTPRequest.Header("Accept", isStream ? "text/event-stream" : "application/json"),
        ]
        switch wire {
        case .openai: if let key { headers.append(.init("Authorization", "Bearer \(key)")) }
        case .anthropic:
            headers.append(.init("anthropic-version", "2023-06-01"))
            if let key { headers.append(.init("x-api-key", key)) }
        }
        return HTTPRequest(.post, address, headers: headers, body: body)
    }

    private func body(_ prompt: ChatPrompt) -> [UInt8] {
        var writer = JSONWriter(capacity: 4096)
        writer.object { writer in
            writer.name("model")
            writer.string(model)
            writer.name("stream")
            writer.bool(true)
            switch wire {
            case .openai: writeOpenAI(prompt, &writer)
            case .anthropic: writeAnthropic(prompt, &writer)
            }
        }
        return writer.bytes
    }

    private func writeOpenAI(_ prompt: ChatPrompt, _ writer: inout JSONWriter) {
        writer.name("stream_options")
        writer.value(["include_usage": true])
        // OpenAI's newer models refuse the old name; most compatible servers know only the old one.
        writer.name(origin.hasSuffix("api.openai.com") ? "max_completion_tokens" : "max_tokens")
        writer.integer(prompt.answerLimit)
        writer.name("messages")
        writer.array { writer in
            writer.message("system", prompt.system)
            for message in prompt.messages { writer.message(message.role.rawValue, message.text) }
        }
    }

    private func writeAnthropic(_ prompt: ChatPrompt, _ writer: inout JSONWriter) {
        writer.name("max_tokens")
        writer.integer(prompt.answerLimit)
        writer.name("system")
        writer.string(prompt.system)
        writer.name("messages")
        writer.array { writer in
            for message in prompt.messages { writer.message(message.role.rawValue, message.text) }
        }
    }

    /// The answer in a document that a server sent whole although a stream was asked for; `nil` when it is none.
    func wholeAnswer(_ body: [UInt8]) -> [ChatEvent]? {
        guard let document = try? JSONParser.parse(body) else { return nil }
        switch wire {
        case .openai:
            guard let choice = document["choices"]?[0], let message = choice["message"] else { return nil }
            let isCall = !(message["tool_calls"]?.elements ?? []).isEmpty
            guard let text = message["content"]?.joinedText ?? message["refusal"]?.text ?? (isCall ? "" : nil) else {
                return nil
            }
            let reason = FinishReason(choice["finish_reason"]?.text ?? "stop")
            return [isCall ? .call : nil, .token(text), document["usage"]?.openAIUsage, .finished(reason)]
                .compactMap { $0 }
        case .anthropic:
            guard let text = document["content"]?.joinedText else { return nil }
            let reason = FinishReason(document["stop_reason"]?.text ?? "end_turn")
            return [.token(text), document["usage"]?.anthropicUsage, .finished(reason)].compactMap { $0 }
        }
    }
}

extension JSONWriter {
    /// One message of a prompt.
    fileprivate mutating func message(_ role: String, _ text: String) {
        value(["role": .string(role), "content": .string(text)])
    }
}

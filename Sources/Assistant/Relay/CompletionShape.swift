internal import JSON
internal import Vocabulary

/// Writes answers as OpenAI-compatible clients read them, whatever the provider speaks.
public struct CompletionShape: Sendable {
    private let id: String
    private let created: Int64
    /// What the client asked for: it is told that name back, and the version in a header.
    private let model: String
    private let wantsUsage: Bool
    private let isAnthropic: Bool
    private var hasRole = false
    private var decoder: ChatStreamDecoder

    /// A shape.
    ///
    /// - Parameters:
    ///   - id: what the client knows the answer by.
    ///   - created: when, in seconds since 1970.
    ///   - model: the name that the client asked for.
    ///   - wantsUsage: whether the client asked for an event with what it cost.
    ///   - isAnthropic: whether the provider speaks the Anthropic protocol.
    public init(id: String, created: Int64, model: String, wantsUsage: Bool, isAnthropic: Bool) {
        self.id = id
        self.created = created
        self.model = model
        self.wantsUsage = wantsUsage
        self.isAnthropic = isAnthropic
        decoder = ChatStreamDecoder(isAnthropic ? .anthropic : .openai)
    }

    /// The client's events for one of the provider's; what it cost comes at the end, once.
    public mutating func events(for data: [UInt8]) -> [UInt8] {
        isAnthropic ? anthropic(data) : openAI(data)
    }

    private func openAI(_ data: [UInt8]) -> [UInt8] {
        // What the provider wrote was read once already: what cannot be read was not passed on.
        guard let document = try? JSONParser.parse(data), let choices = document["choices"]?.elements,
            !choices.isEmpty
        else { return [] }
        return CompletionShape.event(chunk(.array(choices)))
    }

    private mutating func anthropic(_ data: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in (try? decoder.take(ServerSentEvent(data: data))) ?? [] {
            switch part {
            case .token(let text): bytes += delta(text, finish: nil)
            case .finished(let reason): bytes += delta(nil, finish: CompletionShape.word(reason))
            case .thinking, .usage, .call: break
            }
        }
        return bytes
    }

    /// A piece of text, or the end with its reason.
    public mutating func delta(_ text: String?, finish: String?) -> [UInt8] {
        var members: [JSONValue.Member] = []
        if !hasRole { members.append(.init("role", "assistant")) }
        hasRole = true
        if let text { members.append(.init("content", .string(text))) }
        let choice: JSONValue = [
            "index": 0, "delta": .object(members), "finish_reason": finish.map { .string($0) } ?? .null,
        ]
        return CompletionShape.event(chunk(.array([choice])))
    }

    private func chunk(_ choices: JSONValue, _ usage: JSONValue? = nil) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("id", .string(id)), .init("object", "chat.completion.chunk"), .init("created", .integer(created)),
            .init("model", .string(model)), .init("choices", choices),
        ]
        if let usage { members.append(.init("usage", usage)) }
        return .object(members)
    }

    /// The last events: what it cost, if that was asked for, and the mark of a clean end.
    public func end(_ usage: TokenUsage) -> [UInt8] {
        var bytes = wantsUsage ? CompletionShape.event(chunk(.array([]), CompletionShape.value(usage))) : []
        bytes += Array("data: [DONE]\n\n".utf8)
        return bytes
    }

    /// The whole answer: the provider's choices, or the text in one.
    public func whole(_ document: [UInt8]?, text: String, finish: String, _ usage: TokenUsage) -> [UInt8] {
        var choices: JSONValue = .array([
            [
                "index": 0, "message": ["role": "assistant", "content": .string(text)],
                "finish_reason": .string(finish),
            ]
        ])
        var cost = CompletionShape.value(usage)
        if !isAnthropic, let document, let parsed = try? JSONParser.parse(document), let given = parsed["choices"] {
            choices = given
            // Parts such as cached and reasoning tokens are the provider's to tell.
            if !usage.isEstimated, let reported = parsed["usage"], reported.members != nil { cost = reported }
        }
        var writer = JSONWriter(capacity: 1024)
        writer.value(
            .object([
                .init("id", .string(id)), .init("object", "chat.completion"), .init("created", .integer(created)),
                .init("model", .string(model)), .init("choices", choices), .init("usage", cost),
            ]))
        return writer.bytes
    }

    private static func value(_ usage: TokenUsage) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("prompt_tokens", .integer(Int64(usage.prompt))),
            .init("completion_tokens", .integer(Int64(usage.answer))),
            .init("total_tokens", .integer(Int64(usage.prompt + usage.answer))),
        ]
        if usage.cached > 0 {
            members.append(.init("prompt_tokens_details", ["cached_tokens": .integer(Int64(usage.cached))]))
        }
        if usage.reasoning > 0 {
            members.append(
                .init("completion_tokens_details", ["reasoning_tokens": .integer(Int64(usage.reasoning))]))
        }
        return .object(members)
    }

    private static func event(_ document: JSONValue) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.value(document)
        return Array("data: ".utf8) + writer.bytes + [10, 10]
    }

    private static func word(_ reason: FinishReason) -> String {
        switch reason {
        case .complete: "stop"
        case .length: "length"
        case .filtered: "content_filter"
        case .other(let word): word
        }
    }
}

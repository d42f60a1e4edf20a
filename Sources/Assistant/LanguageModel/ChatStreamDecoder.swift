internal import JSON

/// Turns a provider's stream of events into ``ChatEvent``s: pure, one for each answer.
struct ChatStreamDecoder: Sendable {
    private let wire: ChatWire
    private var reason: FinishReason?
    /// Whether the provider said that nothing more comes.
    private(set) var isFinished = false

    init(_ wire: ChatWire) {
        self.wire = wire
    }

    /// Takes the next event of the stream.
    ///
    /// - Throws: ``ChatFailure/garbled(_:)`` or ``ChatFailure/provider(_:)``.
    mutating func take(_ event: ServerSentEvent) throws(ChatFailure) -> [ChatEvent] {
        guard !isFinished else { return [] }
        if wire == .openai, event.data.starts(with: "[DONE]".utf8) { return finish() }
        let document: JSONValue
        do { document = try JSONParser.parse(event.data) } catch {
            throw .garbled(ChatFailure.safe(error.description))
        }
        if let error = document["error"], error != .null {
            throw .provider(ChatFailure.safe(ChatFailure.message(in: document) ?? "an error without words"))
        }
        return switch wire {
        case .openai: takeOpenAI(document)
        case .anthropic: takeAnthropic(document)
        }
    }

    /// Whether the provider gave a reason for ending: what is lost after that is no part of the answer.
    var isWhole: Bool { isFinished || reason != nil }

    /// The stream ended: clean only when the provider had said that the answer is whole.
    ///
    /// - Throws: ``ChatFailure/cut``.
    mutating func end() throws(ChatFailure) -> [ChatEvent] {
        if isFinished { return [] }
        guard reason != nil else { throw .cut }
        return finish()
    }

    private mutating func finish() -> [ChatEvent] {
        isFinished = true
        return [.finished(reason ?? .complete)]
    }

    private mutating func takeOpenAI(_ document: JSONValue) -> [ChatEvent] {
        var events: [ChatEvent] = []
        for choice in document["choices"]?.elements ?? [] where choice["index"]?.wholeNumber ?? 0 == 0 {
            if let delta = choice["delta"] { events += openAIDelta(delta) }
            if let word = choice["finish_reason"]?.text { reason = FinishReason(word) }
        }
        if let usage = document["usage"]?.openAIUsage { events.append(usage) }
        return events
    }

    private func openAIDelta(_ delta: JSONValue) -> [ChatEvent] {
        let text = delta["content"]?.joinedText ?? delta["refusal"]?.text ?? ""
        if !text.isEmpty { return [.token(text)] }
        if let calls = delta["tool_calls"]?.elements, !calls.isEmpty { return [.call] }
        let thought = delta["reasoning_content"]?.text ?? delta["reasoning"]?.text ?? ""
        return thought.isEmpty ? [] : [.thinking]
    }

    private mutating func takeAnthropic(_ document: JSONValue) -> [ChatEvent] {
        switch document["type"]?.text {
        case "message_start": return [document["message"]?["usage"]?.anthropicUsage].compactMap { $0 }
        case "content_block_delta":
            guard let delta = document["delta"] else { return [] }
            if delta["type"]?.text == "text_delta" { return [.token(delta["text"]?.text ?? "")] }
            return [.thinking]
        case "message_delta":
            if let word = document["delta"]?["stop_reason"]?.text { reason = FinishReason(word) }
            return [document["usage"]?.anthropicUsage].compactMap { $0 }
        case "message_stop": return finish()
        default: return []
        }
    }
}

extension JSONValue {
    /// A number of tokens: whole and not negative.
    fileprivate func count(_ name: String) -> Int? {
        self[name]?.wholeNumber.flatMap { $0 >= 0 ? Int(exactly: $0) : nil }
    }

    /// What an OpenAI-compatible provider counted.
    var openAIUsage: ChatEvent? {
        guard case .object = self else { return nil }
        return .usage(prompt: count("prompt_tokens"), answer: count("completion_tokens"))
    }

    /// What an Anthropic provider counted: its input leaves out what came from or went into the cache.
    var anthropicUsage: ChatEvent? {
        guard case .object = self else { return nil }
        let cached = (count("cache_creation_input_tokens") ?? 0) + (count("cache_read_input_tokens") ?? 0)
        return .usage(prompt: count("input_tokens").map { $0 + cached }, answer: count("output_tokens"))
    }

    /// Text, or the texts of a list of parts.
    var joinedText: String? {
        text ?? elements.map { $0.compactMap { $0["text"]?.text }.joined() }
    }
}

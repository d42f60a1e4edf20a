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
        // More than a million million is no count, and sums of counts must not overflow.
        self[name]?.wholeNumber.flatMap { (0...1_000_000_000_000).contains($0) ? Int($0) : nil }
    }

    /// What an OpenAI-compatible provider counted.
    var openAIUsage: ChatEvent? {
        guard case .object = self else { return nil }
        let prompt = self["prompt_tokens_details"]
        var report = UsageReport(
            prompt: count("prompt_tokens"), answer: count("completion_tokens"), cached: prompt?.count("cached_tokens"),
            cacheWritten: prompt?.count("cache_creation_tokens"),
            reasoning: self["completion_tokens_details"]?.count("reasoning_tokens"))
        // Some compatible servers leave reasoning out of the answer; their total tells.
        if let input = report.prompt, let answer = report.answer, let reasoning = report.reasoning, reasoning > 0,
            count("total_tokens") == input + answer + reasoning
        {
            report.answer = answer + reasoning
        }
        return .usage(report)
    }

    /// What an Anthropic provider counted: its input leaves out what came from or went into the cache.
    var anthropicUsage: ChatEvent? {
        guard case .object = self else { return nil }
        return .usage(
            UsageReport(
                prompt: count("input_tokens"), answer: count("output_tokens"),
                cached: count("cache_read_input_tokens"), cacheWritten: count("cache_creation_input_tokens"),
                isCacheApart: true))
    }

    /// Text, or the texts of a list of parts.
    var joinedText: String? {
        text ?? elements.map { $0.compactMap { $0["text"]?.text }.joined() }
    }
}

public import JSON
internal import Transfer

/// A chat request of a client that is passed on: everything it says, but for the model and what the gateway decides.
public struct RelayRequest: Equatable, Sendable {
    /// The members of the client's document, without `model`, `stream` and `stream_options`.
    public let members: [JSONValue.Member]
    /// Whether the answer is to come piece by piece.
    public let isStream: Bool

    /// A request to be passed on.
    public init(_ members: [JSONValue.Member], isStream: Bool) {
        self.members = members.filter { !["model", "stream", "stream_options"].contains($0.name) }
        self.isStream = isStream
    }

    /// How many tokens the answer may have: what the client says, or 4,096.
    public var answerLimit: Int {
        func given(_ name: String) -> Int? {
            members.first { $0.name == name }?.value.wholeNumber.map { Int(min(max($0, 0), 1_000_000_000)) }
        }
        return given("max_completion_tokens") ?? given("max_tokens") ?? 4096
    }

    /// About how many tokens the prompt has.
    public var estimatedTokens: Int {
        let messages = members.first { $0.name == "messages" }?.value.elements ?? []
        return messages.reduce(0) { $0 + TokenEstimate.of($1["content"]?.joinedText ?? "") + 4 }
    }
}

extension LanguageModelEndpoint {
    /// The client's request as this endpoint takes it.
    func request(_ relay: RelayRequest) -> HTTPRequest {
        switch wire {
        case .openai: request(body: openAIBody(relay), isStream: relay.isStream)
        case .anthropic: request(body: anthropicBody(relay), isStream: relay.isStream)
        }
    }

    private func openAIBody(_ relay: RelayRequest) -> [UInt8] {
        var members: [JSONValue.Member] = [.init("model", .string(model))]
        members += relay.members
        members.append(.init("stream", .bool(relay.isStream)))
        // What an answer costs is asked for always; the client gets it only when it asked.
        if relay.isStream { members.append(.init("stream_options", ["include_usage": true])) }
        return encoded(members)
    }

    /// System messages apart, roles that take turns, and the limits that the protocol demands.
    private func anthropicBody(_ relay: RelayRequest) -> [UInt8] {
        var system: [String] = []
        var turns: [(role: String, text: String)] = []
        for message in relay.members.first(where: { $0.name == "messages" })?.value.elements ?? [] {
            let text = message["content"]?.joinedText ?? ""
            switch message["role"]?.text {
            case "system", "developer": system.append(text)
            case "assistant": turns.append(("assistant", text))
            default: turns.append(("user", text))
            }
        }
        func given(_ name: String) -> JSONValue? { relay.members.first { $0.name == name }?.value }
        var members: [JSONValue.Member] = [.init("model", .string(model)), .init("stream", .bool(relay.isStream))]
        members.append(.init("max_tokens", given("max_completion_tokens") ?? given("max_tokens") ?? .integer(1024)))
        if !system.isEmpty { members.append(.init("system", .string(system.joined(separator: "\n\n")))) }
        for name in ["temperature", "top_p"] {
            if let value = given(name) { members.append(.init(name, value)) }
        }
        if let stop = given("stop") {
            members.append(.init("stop_sequences", stop.elements == nil ? .array([stop]) : stop))
        }
        members.append(
            .init("messages", .array(turns.map { ["role": .string($0.role), "content": .string($0.text)] })))
        return encoded(members)
    }

    private func encoded(_ members: [JSONValue.Member]) -> [UInt8] {
        var writer = JSONWriter(capacity: 4096)
        writer.value(.object(members))
        return writer.bytes
    }
}

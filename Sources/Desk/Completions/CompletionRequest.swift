internal import Assistant
internal import JSON
internal import Models
internal import Transfer
internal import Vocabulary

/// A chat completion as a client asks for it, checked.
struct CompletionRequest {
    /// The name of a deployment, such as `production`, or `version-4`.
    let model: String
    let relay: RelayRequest
    /// Whether the client wants the last event to say what it cost.
    let wantsUsage: Bool
    /// The last words of the user and what was said before, for the knowledge base.
    let question: Question

    /// Reads a client's document.
    ///
    /// - Throws: ``CompletionFailure`` that names the field.
    init(_ body: [UInt8]) throws(CompletionFailure) {
        let document: JSONValue
        do throws(JSONFailure) { document = try JSONParser.parse(body, maximumDepth: 64) } catch {
            throw .invalid(
                "the body is no JSON: \(SafeText(untrusted: error.description, limit: 200).oneLine.text)", nil)
        }
        guard let members = document.members else { throw .invalid("the body must be a JSON object", nil) }
        guard let model = document["model"]?.text, !model.isEmpty else {
            throw .invalid("model must be the name of a deployment, such as production", "model")
        }
        guard let messages = document["messages"]?.elements, !messages.isEmpty else {
            throw .invalid("messages must be a list with at least one message", "messages")
        }
        for (place, message) in messages.enumerated() {
            guard message.members != nil, let role = message["role"]?.text else {
                throw .invalid("each message must be an object with a role", "messages[\(place)].role")
            }
            guard ["system", "developer", "user", "assistant", "tool", "function"].contains(role) else {
                throw .invalid("role must be system, developer, user, assistant or tool", "messages[\(place)].role")
            }
            switch message["content"] {
            case .string, .array, .null, nil: break
            default: throw .invalid("content must be a text or a list of parts", "messages[\(place)].content")
            }
        }
        var isStream = false
        switch document["stream"] {
        case .bool(let given): isStream = given
        case .null, nil: break
        default: throw .invalid("stream must be true or false", "stream")
        }
        if let count = document["n"], count != .null, count.wholeNumber != 1 {
            throw .invalid("n must be 1: ask again for another answer", "n")
        }
        self.model = model
        relay = RelayRequest(members, isStream: isStream)
        wantsUsage = document["stream_options"]?["include_usage"]?.boolean ?? false
        question = CompletionRequest.question(messages)
    }

    private static func question(_ messages: [JSONValue]) -> Question {
        let turns = messages.compactMap { message -> Turn? in
            let text =
                message["content"]?.text ?? message["content"]?.elements?.compactMap { $0["text"]?.text }.joined()
            guard let text, !text.isEmpty else { return nil }
            switch message["role"]?.text {
            case "user": return Turn(.customer, text)
            case "assistant": return Turn(.assistant, text)
            default: return nil
            }
        }
        let last = turns.lastIndex { $0.speaker == .customer }
        return Question(last.map { turns[$0].text } ?? "", after: Array(turns[..<(last ?? 0)]))
    }
}

/// Why a chat completion is not answered, as an OpenAI-compatible client reads it.
struct CompletionFailure: Error {
    let status: Int
    let type: String
    let code: String
    let message: String
    var parameter: String?
    /// How many seconds the client should wait.
    var retryAfter: Int64?

    static func invalid(_ message: String, _ parameter: String?) -> CompletionFailure {
        CompletionFailure(
            status: 400, type: "invalid_request_error", code: "invalid_request", message: message, parameter: parameter)
    }

    /// The document.
    var body: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("error")
            writer.value([
                "message": .string(message), "type": .string(type), "code": .string(code),
                "param": parameter.map { .string($0) } ?? .null,
            ])
        }
        return writer.bytes
    }

    /// The failure as an event in a stream that has begun; no mark of a clean end follows it.
    var event: [UInt8] { Array("data: ".utf8) + body + [10, 10] }

    var headers: [(name: String, value: String)] {
        retryAfter.map { [("Retry-After", String($0))] } ?? []
    }
}

extension CompletionFailure {
    /// What a client is told of a provider's failure: never with a clean end, and with the provider's wish to be left
    /// alone; what is wrong with the gateway's own key is not the client's to see as its own.
    init(_ failure: ChatFailure) {
        let words = failure.description
        retryAfter = nil
        parameter = nil
        switch failure {
        case .refused(let status, let text, let wait):
            retryAfter = wait.map { Int64($0.inSeconds.rounded(.up)) }
            message = text
            switch status {
            case 429: (self.status, type, code) = (429, "rate_limit_error", "rate_limited")
            case 404: (self.status, type, code) = (502, "api_error", "upstream_unknown_model")
            case 400, 413, 422:
                code = failure.isContextOverflow ? "context_length_exceeded" : "invalid_request"
                (self.status, type) = (400, "invalid_request_error")
            case 408: (self.status, type, code) = (504, "timeout_error", "upstream_timeout")
            case 401, 403: (self.status, type, code) = (502, "api_error", "upstream_refused_key")
            default: (self.status, type, code) = (502, "api_error", "upstream_error")
            }
        case .transfer(.timedOut(_, _)):
            (status, type, code, message) = (504, "timeout_error", "upstream_timeout", "the model \(words)")
        case .resting:
            (status, type, code, message) = (503, "api_error", "upstream_resting", "the model \(words)")
            retryAfter = 10
        default: (status, type, code, message) = (502, "api_error", "upstream_error", "the model \(words)")
        }
    }
}

extension CompletionFailure {
    /// What a client is told of a budget that is used up.
    init(_ refusal: BudgetRefusal, at now: Timestamp) {
        (status, type, code) = (429, "insufficient_quota", "insufficient_quota")
        message = refusal.description
        // Waiting helps only what may fit then.
        retryAfter = refusal.isTooSmall ? nil : refusal.renewsAt.map { Int64(($0 - now).inSeconds.rounded(.up)) }
    }
}

internal import JSON
public import Transfer
internal import Vocabulary

/// Why a language model gave no answer, or only part of one.
public enum ChatFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The connection failed.
    case transfer(TransferFailure)
    /// The provider refused, with its status and words.
    case refused(status: Int, message: String, retryAfter: Duration?)
    /// The answer is no event stream; with the beginning of what it is.
    case notAStream(contentType: String, beginning: String)
    /// The stream holds something unreadable.
    case garbled(String)
    /// The provider reported an error within the stream.
    case provider(String)
    /// The stream ended before the answer did.
    case cut
    /// The answer has no words.
    case empty
    /// The provider withheld the answer.
    case filtered
    /// The answer or one event of it is too long.
    case tooLong(limit: Int)
    /// It failed so often that it is left alone for a while.
    case resting
    /// It was not asked: a budget has not enough left, in these words.
    case budget(String)

    /// What happened, in one line that is safe to show.
    public var description: String {
        switch self {
        case .transfer(let failure): SafeText(untrusted: failure.reason, limit: 300).oneLine.text
        case .refused(let status, let message, _): "status \(status): \(message)"
        case .notAStream(let type, let beginning): "answered \(type) instead of an event stream: \(beginning)"
        case .garbled(let what): "streamed something unreadable: \(what)"
        case .provider(let message): "reported: \(message)"
        case .cut: "broke off in the middle of its answer"
        case .empty: "gave an empty answer"
        case .filtered: "withheld its answer"
        case .tooLong(let limit): "did not stop within \(limit) bytes"
        case .resting: "failed several times in a row and is left alone for a while"
        case .budget(let words): "was not asked: \(words)"
        }
    }

    /// Whether the same request may succeed when it is sent again; only asked before the first token.
    ///
    /// A server that stays silent is not asked twice: the customer has waited long enough.
    var mayPass: Bool {
        switch self {
        case .transfer(let failure):
            switch failure {
            case .refused, .unresolved, .cut, .timedOut(.connect, _): true
            default: false
            }
        case .refused(let status, _, _): status == 408 || status == 429 || status >= 500
        case .provider, .cut: true
        default: false
        }
    }

    /// Whether it says something about the provider's health, rather than about this one request.
    var isIllness: Bool {
        switch self {
        case .transfer(.cancelled), .transfer(.stopped), .filtered, .resting: false
        case .refused(let status, _, _): status == 408 || status == 429 || status >= 500
        default: true
        }
    }

    /// Whether the prompt was too long for the model, as OpenAI, Anthropic, llama.cpp and vLLM say it.
    public var isContextOverflow: Bool {
        guard case .refused(let status, let message, _) = self, [400, 413, 422].contains(status) else { return false }
        let words = message.lowercased()
        return words.contains("context") && (words.contains("exceed") || words.contains("length"))
            || ["prompt", "input"].contains(where: words.contains) && words.contains("too long")
            || words.contains("too many tokens")
    }

    /// How long the provider asks to be left alone.
    var retryAfter: Duration? {
        guard case .refused(_, _, let wait) = self else { return nil }
        return wait
    }
}

extension ChatFailure {
    /// The failure that a response other than 200 stands for, with the provider's own words found in its body.
    static func refusal(_ head: HTTPHead, body: [UInt8]) -> ChatFailure {
        .refused(
            status: head.status, message: words(of: body, type: head["content-type"] ?? ""),
            retryAfter: RetryAfter.wait(in: head))
    }

    /// The first words of a body: the message of a JSON error, or the text itself.
    static func words(of body: [UInt8], type: String) -> String {
        if let document = try? JSONParser.parse(body), let message = message(in: document) { return safe(message) }
        let text = safe(String(decoding: body.prefix(2000), as: UTF8.self))
        if type.lowercased().contains("html") || text.hasPrefix("<") { return "an HTML page" }
        return text.isEmpty ? "no reason given" : text
    }

    /// The message of an error document, in the shapes that providers use.
    static func message(in document: JSONValue) -> String? {
        let error = document["error"]
        return error?["message"]?.text ?? error?.text ?? document["message"]?.text ?? document["detail"]?.text
    }

    static func safe(_ text: String) -> String {
        SafeText(untrusted: text, limit: 200).oneLine.text
    }
}

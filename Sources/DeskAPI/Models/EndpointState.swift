/// How a server of language models does, as its circuit breaker has it.
public enum EndpointHealth: String, FieldChoice, Sendable {
    /// Nobody asked it since the gateway started.
    case unused
    /// It answers.
    case well
    /// Its last requests failed, but not often enough for it to be left alone.
    case failing
    /// It failed five times in a row, and is left alone for a while.
    case resting
    /// A single request looks whether it is well again.
    case trying
}

/// A server of language models, with its limits and how it does.
public struct EndpointState: Record {
    /// Its name in the configuration; `assistant` is the one of `assistant.url`.
    public var name = ""
    /// Scheme, host and port.
    public var origin = ""
    /// The protocol that it speaks: `openai` or `anthropic`.
    public var wire = ""
    /// Whether it is given a key; the key itself is shown nowhere.
    public var hasKey = false
    /// Whether the configuration names it; otherwise it is a server of this machine at its usual port.
    public var isConfigured = false
    /// How long the first token may take, milliseconds.
    public var firstTokenMilliseconds: Int64 = 0
    /// How long a whole answer may take, milliseconds.
    public var wholeMilliseconds: Int64 = 0
    /// How often a request is sent again.
    public var retries: Int64 = 0
    /// How it does.
    public var health = EndpointHealth.unused
    /// How many requests failed in a row.
    public var failures: Int64 = 0
    /// For how long it is still left alone, milliseconds.
    public var restsMilliseconds: Int64?

    /// A blank state.
    public init() {}

    /// `EndpointState`.
    public static let recordName = "EndpointState"
    /// For the API reference.
    public static let summary = "A server of language models, with its limits and how it does."
    /// A server that is left alone.
    public static var example: EndpointState {
        var value = EndpointState()
        (value.name, value.origin, value.wire) = ("claude", "https://api.anthropic.com", "anthropic")
        (value.hasKey, value.isConfigured) = (true, true)
        (value.firstTokenMilliseconds, value.wholeMilliseconds, value.retries) = (10_000, 30_000, 2)
        (value.health, value.restsMilliseconds) = (.resting, 8_200)
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "Its name in the configuration.")
        visitor.field("origin", &origin, "Scheme, host and port.")
        visitor.field("wire", &wire, "The protocol that it speaks.")
        visitor.field("has_key", &hasKey, "Whether it is given a key.")
        visitor.field("configured", &isConfigured, "Whether the configuration names it.")
        visitor.field("first_token_ms", &firstTokenMilliseconds, "How long the first token may take.")
        visitor.field("whole_ms", &wholeMilliseconds, "How long a whole answer may take.")
        visitor.field("retries", &retries, "How often a request is sent again.")
        visitor.field("health", &health, "How it does.")
        visitor.field("failures", &failures, "How many requests failed in a row.")
        visitor.field("rests_ms", &restsMilliseconds, "For how long it is still left alone.")
    }
}

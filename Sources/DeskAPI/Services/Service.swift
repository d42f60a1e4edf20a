public import Vocabulary

/// A service that the gateway asks again and again whether it answers.
public struct Service: Record {
    /// Its name, as in the metrics `service.NAME.up` and `service.NAME.latency`.
    public var name = ""
    /// How it is asked.
    public var kind = Kind.http
    /// What is asked, without credentials.
    public var target = ""
    /// Whether it answered last; absent before the first answer.
    public var isUp: Bool?
    /// Milliseconds that its last good answer took; absent while it is down.
    public var latency: Double?
    /// When it was asked last.
    public var checkedAt: Timestamp?
    /// Why it failed last, in words; kept when it is up again.
    public var lastFailure: String?
    /// When it failed last.
    public var lastFailedAt: Timestamp?
    /// When its certificate ends; absent for what is not asked over TLS.
    public var certificateEnd: Timestamp?

    /// How a service is asked.
    public enum Kind: String, FieldChoice, Sendable {
        /// An HTTP request.
        case http
        /// A TCP connection.
        case tcp
        /// The beginning of PostgreSQL's protocol.
        case postgresql
        /// Redis' `PING`.
        case redis
        /// A language model's list of models.
        case llm
    }

    /// A blank service.
    public init() {}

    /// `Service`.
    public static let recordName = "Service"
    /// For the API reference.
    public static let summary = "A service that the gateway asks again and again."

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "Its name, as in service.NAME.up.", .length(1...64))
        visitor.field("kind", &kind, "How it is asked.")
        visitor.field("target", &target, "What is asked, without credentials.", .length(1...2048))
        visitor.field("up", &isUp, "Whether it answered last; absent before the first answer.")
        visitor.field("latency_ms", &latency, "Milliseconds that its answer took; absent while it is down.")
        visitor.field("checked_at", &checkedAt, "When it was asked last.")
        visitor.field("last_failure", &lastFailure, "Why it failed last.", .length(0...500))
        visitor.field("last_failed_at", &lastFailedAt, "When it failed last.")
        visitor.field("certificate_end", &certificateEnd, "When its certificate ends; only over TLS.")
    }

    /// A web server that answers.
    public static var example: Service {
        var value = Service()
        value.name = "web"
        value.target = "https://shop.example/health"
        value.isUp = true
        value.latency = 41.2
        value.checkedAt = Timestamp(milliseconds: 1_795_371_601_000)
        value.certificateEnd = Timestamp(milliseconds: 1_802_000_000_000)
        return value
    }
}

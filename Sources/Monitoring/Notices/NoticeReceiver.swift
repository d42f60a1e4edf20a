/// Somebody, or something, that is told about alerts.
public struct NoticeReceiver: Equatable, Sendable {
    /// The name that routes use.
    public var name: String
    /// The way there.
    public var channel: Channel
    /// Whether it is told when an alert is over.
    public var isToldOfTheEnd = true
    /// How often a message is tried before it is a dead letter.
    public var attempts = 20

    /// A receiver.
    public init(name: String, channel: Channel) {
        self.name = name
        self.channel = channel
    }

    /// The way to a receiver.
    public enum Channel: Equatable, Sendable {
        /// An HTTP request.
        case http(Endpoint)
        /// An e-mail.
        case mail(Mail)
        /// A program on this machine.
        case program(Program)
        /// Nothing more: the consoles show every alert anyway.
        case console
    }

    /// What an HTTP receiver understands.
    public enum Format: String, CaseIterable, Sendable {
        /// Watchdesk's own JSON.
        case webhook
        /// Slack's incoming webhooks, which Mattermost, Rocket.Chat and Discord (`…/slack`) take too.
        case slack
        /// What Alertmanager sends to its webhook receivers, version 4.
        case alertmanagerWebhook = "alertmanager-webhook"
        /// Alertmanager itself: `POST /api/v2/alerts`.
        case alertmanager
    }

    /// A text that stands in the file, or the place where a secret one is kept.
    public enum Reference: Equatable, Sendable {
        /// The text itself.
        case text(String)
        /// `env:NAME` or `file:/path`.
        case secret(String)

        /// What may be shown.
        public var shown: String {
            switch self {
            case .text(let text): text
            case .secret(let place): place
            }
        }
    }

    /// An HTTP receiver.
    public struct Endpoint: Equatable, Sendable {
        /// What it understands.
        public var format: Format
        /// Its address.
        public var url: Reference
        /// Headers that are sent along.
        public var headers: [Header] = []
        /// A token for `Authorization: Bearer`.
        public var bearer: Reference?
        /// How long everything together may take.
        public var timeout = Duration.seconds(10)

        /// A receiver.
        public init(_ format: Format, url: Reference) {
            self.format = format
            self.url = url
        }
    }

    /// A header of a request.
    public struct Header: Equatable, Sendable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: Reference
    }

    /// How a mail server is spoken to.
    public enum Encryption: String, CaseIterable, Sendable {
        /// In the open first, then encrypted; a server that cannot is refused.
        case starttls
        /// Encrypted from the first byte.
        case implicit
        /// Not at all, for servers on the same machine.
        case none
    }

    /// A mail receiver.
    public struct Mail: Equatable, Sendable {
        /// The server's name or address.
        public var host: String
        /// Its port.
        public var port: Int
        /// How it is spoken to.
        public var encryption = Encryption.starttls
        /// A file of certificates to trust in place of the system's.
        public var authority: String?
        /// Who sends.
        public var from: String
        /// Who receives.
        public var to: [String]
        /// Who logs in.
        public var user: String?
        /// With which password.
        public var password: Reference?
        /// How long everything together may take.
        public var timeout = Duration.seconds(30)
    }

    /// A program that is started.
    public struct Program: Equatable, Sendable {
        /// The program's path and its arguments, with `{names}` in them.
        public var arguments: [String]
        /// How long it may run.
        public var timeout = Duration.seconds(10)
    }
}

extension NoticeReceiver {
    /// The kind, as the file names it.
    public var kind: String {
        switch channel {
        case .http(let endpoint): endpoint.format.rawValue
        case .mail: "email"
        case .program: "command"
        case .console: "console"
        }
    }

    /// Where it is, without anything secret.
    public var target: String {
        switch channel {
        case .http(let endpoint):
            switch endpoint.url {
            case .secret(let place): place
            // Addresses of chats hold their secret in the path.
            case .text(let url): NoticeReceiver.origin(of: url)
            }
        case .mail(let mail): "\(mail.to.joined(separator: ", ")) by \(mail.host):\(mail.port)"
        case .program(let program): program.arguments.first ?? ""
        case .console: "every console"
        }
    }

    /// Scheme, host and port of an address; never a user, a password, a path or a query.
    static func origin(of url: String) -> String {
        guard let mark = url.firstRange(of: "://") else { return "" }
        let authority = url[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return "\(url[..<mark.upperBound])\(authority.split(separator: "@").last ?? "")"
    }

    /// The names that a program's arguments can hold in braces.
    public static let argumentNames = [
        "summary", "severity", "host", "rule", "metric", "category", "reason", "status", "id", "count", "key",
    ]
}

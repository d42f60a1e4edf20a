/// Why an exchange with a server did not come to its end; each case says what a person can do.
public enum TransferFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// Which limit of `Patience` ended the exchange.
    public enum Phase: String, Equatable, Sendable {
        /// No connection stood in time.
        case connect
        /// The connection stood, but no answer began.
        case firstByte
        /// The answer began, then nothing came for too long.
        case idle
        /// Everything together took too long.
        case total
        /// The reader's own deadline passed (``HTTPStream/setDeadline(_:)``).
        case deadline
    }

    /// The request itself is wrong; nothing was sent.
    case invalidRequest(String)
    /// The server's address lies where requests may not go.
    case addressRefused(String)
    /// The server's name is unknown.
    case unresolved(server: String)
    /// Nobody listens there, or a firewall says no.
    case refused(server: String)
    /// A time limit passed.
    case timedOut(Phase, server: String)
    /// The response is larger than the request allows.
    case tooLarge(limit: Int)
    /// The server did not prove who it is, or speaks no TLS.
    case tls(String)
    /// The connection broke before the response was whole.
    case cut(server: String)
    /// What came back is not HTTP.
    case malformed(server: String)
    /// The task that waited was cancelled.
    case cancelled
    /// The ``Transfer`` was stopped.
    case stopped
    /// Anything else, in libcurl's words.
    case other(String)

    /// The reason and the remedy in one line.
    public var description: String { "\(reason); \(remedy)" }

    /// What happened, in a few words.
    public var reason: String {
        switch self {
        case .invalidRequest(let what): what
        case .addressRefused(let address): "the address \(address) may not be used"
        case .unresolved(let server): "the name \(server) is unknown"
        case .refused(let server): "\(server) refused the connection"
        case .timedOut(.connect, let server): "\(server) did not accept a connection in time"
        case .timedOut(.firstByte, let server): "\(server) did not begin to answer in time"
        case .timedOut(.idle, let server): "\(server) fell silent in the middle of its answer"
        case .timedOut(.total, let server): "\(server) took too long in all"
        case .timedOut(.deadline, let server): "\(server) missed the deadline"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .tls(let what): "no secure connection: \(what)"
        case .cut(let server): "\(server) broke the connection before its answer was whole"
        case .malformed(let server): "what \(server) answered is not HTTP"
        case .cancelled: "the request was cancelled"
        case .stopped: "the program is stopping"
        case .other(let what): what
        }
    }

    /// What a person can do about it, in a few words.
    public var remedy: String {
        switch self {
        case .invalidRequest: "correct the address or header"
        case .addressRefused: "link-local and metadata addresses never work; private ones must be allowed"
        case .unresolved: "check the spelling and the name server"
        case .refused: "check that the service runs and the port is right"
        case .timedOut(.connect, _): "check the address, the firewall and the service"
        case .timedOut: "check the service's load, or raise the limit"
        case .tooLarge: "check that the address belongs to the right service"
        case .tls: "check the certificate, the clock, and http:// against https://"
        case .cut: "try again; if it stays, look into the service's log"
        case .malformed: "check that the port belongs to an HTTP service"
        case .cancelled, .stopped: "ask again when it is wanted"
        case .other: "look into the service's log"
        }
    }
}

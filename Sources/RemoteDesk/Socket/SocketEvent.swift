/// What comes out of a WebSocket to a gateway.
enum SocketEvent: Sendable, Equatable {
    /// A text message.
    case text(String)
    /// The gateway ended the connection, with the reason it gave.
    case closed(code: Int, reason: String)
}

/// Why there is no WebSocket to a gateway.
enum SocketFailure: Error, Equatable, Sendable {
    /// The gateway does not want this client, now or ever; for people.
    case refused(String)
    /// It may work later; for people.
    case unreachable(String)
}

/// Why a WebSocket connection ends: the codes of RFC 6455, and ours.
///
/// Clients connect again after 4400 to 4449, and never after 4450 to 4499.
struct CloseCode: Hashable, Sendable {
    let number: UInt16

    init(_ number: UInt16) {
        self.number = number
    }

    static let normal = CloseCode(1000)
    static let goingAway = CloseCode(1001)
    static let protocolError = CloseCode(1002)
    static let unacceptableData = CloseCode(1003)
    static let invalidText = CloseCode(1007)
    static let tooLarge = CloseCode(1009)
    /// The token expired: make a new one.
    static let tokenExpired = CloseCode(4401)
    /// The client takes too little of what is sent to it, or gives no sign of life.
    static let slow = CloseCode(4408)
    /// The gateway stops; it comes back.
    static let shutdown = CloseCode(4410)
    /// Events were missed: join the rooms anew.
    static let lostPosition = CloseCode(4412)
    /// The token is unknown or was revoked.
    static let badToken = CloseCode(4451)
    /// Too many connections of the same caller.
    static let connectionLimit = CloseCode(4454)
    /// Too many faulty requests.
    static let tooManyErrors = CloseCode(4459)

    /// Whether a peer may send this code (RFC 6455, section 7.4).
    var isSendable: Bool {
        switch number {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

internal import DeskAPI
internal import NIOCore

/// Whoever is in rooms and is told what happens there; only touched on its event loop.
protocol RoomListener: AnyObject {
    /// Its number among all connections.
    var number: Int { get }
    /// Who it is; `nil` until it is proved.
    var caller: Caller? { get }
    /// Puts a delivery on its way; ``flush()`` sends it.
    func queue(_ delivery: Delivery)
    func flush()
    /// Ends the connection; it hears and tells nothing more.
    func close(_ code: CloseCode, _ reason: String)
}

extension RoomListener {
    /// Whether a delivery is meant for this connection.
    func wants(_ delivery: Delivery) -> Bool {
        guard let caller else { return false }
        switch delivery.audience {
        case .everybody: break
        case .staff: if !caller.isStaff { return false }
        case .customers: if caller.isStaff { return false }
        }
        return delivery.exceptActor != caller.actor
    }

    /// Events were missed: the client joins its rooms anew, at a moment of its own.
    func lose() {
        close(.lostPosition, retryReason)
    }

    /// When to connect again, in milliseconds: different for each, so that not all come at once.
    var retryTime: Int { 500 + number % 64 * 70 }
    /// The same as the reason of a close frame.
    var retryReason: String { #"{"retry_ms":\#(retryTime)}"# }
}

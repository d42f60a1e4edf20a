/// What passed an interface, or all of them together, in an interval; a counter that ran backwards leaves `nil`.
struct InterfaceReading: Equatable, Sendable {
    /// Bytes per second.
    var received: Double?
    var sent: Double?
    /// Packets per second.
    var packetsReceived: Double?
    var packetsSent: Double?
    /// Per second, both directions.
    var errors: Double?
    var drops: Double?

    /// Compares two readings that are `seconds` apart.
    init(from before: InterfaceCounters, to now: InterfaceCounters, seconds: Double) {
        received = rate(before.bytesReceived, now.bytesReceived, seconds)
        sent = rate(before.bytesSent, now.bytesSent, seconds)
        packetsReceived = rate(before.packetsReceived, now.packetsReceived, seconds)
        packetsSent = rate(before.packetsSent, now.packetsSent, seconds)
        errors = rate(before.errors, now.errors, seconds)
        drops = rate(before.drops, now.drops, seconds)
    }

    /// The sum over interfaces; `nil` when there are none.
    init?(sumOf interfaces: [InterfaceReading]) {
        guard let first = interfaces.first else { return nil }
        self = first
        for interface in interfaces.dropFirst() {
            received = Host.sum(received, interface.received)
            sent = Host.sum(sent, interface.sent)
            packetsReceived = Host.sum(packetsReceived, interface.packetsReceived)
            packetsSent = Host.sum(packetsSent, interface.packetsSent)
            errors = Host.sum(errors, interface.errors)
            drops = Host.sum(drops, interface.drops)
        }
    }
}

/// What passed one network interface since it was made (`/proc/net/dev`).
struct InterfaceCounters: Equatable, Sendable {
    var bytesReceived: UInt64
    var packetsReceived: UInt64
    var bytesSent: UInt64
    var packetsSent: UInt64
    /// Of both directions.
    var errors: UInt64
    /// Of both directions.
    var drops: UInt64

    /// Reads the numbers of a line after the colon; `nil` below the twelve that are used.
    init?(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) {
        guard let bytesReceived = cursor.number(in: bytes), let packetsReceived = cursor.number(in: bytes),
            let receiveErrors = cursor.number(in: bytes), let receiveDrops = cursor.number(in: bytes),
            cursor.number(in: bytes) != nil, cursor.number(in: bytes) != nil, cursor.number(in: bytes) != nil,
            cursor.number(in: bytes) != nil,
            let bytesSent = cursor.number(in: bytes), let packetsSent = cursor.number(in: bytes),
            let sendErrors = cursor.number(in: bytes), let sendDrops = cursor.number(in: bytes)
        else { return nil }
        self.bytesReceived = bytesReceived
        self.packetsReceived = packetsReceived
        self.bytesSent = bytesSent
        self.packetsSent = packetsSent
        errors = receiveErrors &+ sendErrors
        drops = receiveDrops &+ sendDrops
    }

    /// Reads `/proc/net/dev` into `interfaces`; `isPhysical` is asked once for each name.
    static func parse(
        _ bytes: Span<UInt8>, into interfaces: inout DeviceTable<InterfaceCounters>, isPhysical: (String) -> Bool
    ) {
        var cursor = ByteCursor()
        interfaces.begin()
        while !cursor.isAtEnd(of: bytes) {
            cursor.skipBlanks(in: bytes)
            if let name = cursor.field(endingIn: ASCII.colon, in: bytes), !name.isEmpty,
                let counters = InterfaceCounters(&cursor, in: bytes)
            {
                interfaces.take(name, in: bytes, counters, isEligible: isPhysical)
            }
            cursor.nextLine(in: bytes)
        }
        interfaces.end()
    }
}

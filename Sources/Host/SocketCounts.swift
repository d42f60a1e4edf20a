/// Sockets in use (`/proc/net/sockstat`).
struct SocketCounts: Equatable, Sendable {
    var used: UInt64?
    var tcp: UInt64?
    var timeWait: UInt64?
    var udp: UInt64?

    /// Reads the file; `nil` when it names none of these.
    static func parse(_ bytes: Span<UInt8>) -> SocketCounts? {
        var counts = SocketCounts()
        var cursor = ByteCursor()
        while !cursor.isAtEnd(of: bytes) {
            if cursor.skip("sockets: used ", in: bytes) {
                counts.used = cursor.number(in: bytes)
            } else if cursor.skip("TCP: inuse ", in: bytes) {
                counts.tcp = cursor.number(in: bytes)
                counts.timeWait = timeWait(&cursor, in: bytes)
            } else if cursor.skip("UDP: inuse ", in: bytes) {
                counts.udp = cursor.number(in: bytes)
            }
            cursor.nextLine(in: bytes)
        }
        return counts == SocketCounts() ? nil : counts
    }

    private static func timeWait(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) -> UInt64? {
        while !cursor.isAtLineEnd(of: bytes) {
            cursor.skipBlanks(in: bytes)
            if cursor.skip("tw ", in: bytes) { return cursor.number(in: bytes) }
            if cursor.word(in: bytes).isEmpty { return nil }
        }
        return nil
    }
}

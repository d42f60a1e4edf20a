/// One event of an event stream (WHATWG HTML, section 9.2).
struct ServerSentEvent: Equatable, Sendable {
    /// The event's name; empty when the stream gave none.
    var name = ""
    /// The data lines, joined by line feeds.
    var data: [UInt8] = []
}

/// Takes an event stream apart, however its bytes are cut into pieces.
///
/// Lines may end in LF, CR or CRLF; comments and unknown fields are passed over.
struct ServerSentEventParser: Sendable {
    /// An event grew beyond the limit.
    struct TooLong: Error, Equatable {
        let limit: Int
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private let limit: Int
    private var line: [UInt8] = []
    private var event = ServerSentEvent()
    private var hasData = false
    private var skipsLineFeed = false
    private var isFirstLine = true

    /// A parser that refuses events of more than `limit` bytes.
    init(limit: Int = 1 << 20) {
        self.limit = limit
    }

    /// Takes the next bytes and gives the events they complete.
    mutating func feed(_ bytes: [UInt8]) throws(TooLong) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            if skipsLineFeed {
                skipsLineFeed = false
                if byte == 10 { continue }
            }
            if byte == 10 || byte == 13 {
                skipsLineFeed = byte == 13
                if let event = endLine() { events.append(event) }
            } else {
                line.append(byte)
                guard line.count + event.data.count <= limit else { throw TooLong(limit: limit) }
            }
        }
        return events
    }

    /// The stream ended: an event without its closing empty line counts, because some servers leave it out.
    mutating func finish() -> ServerSentEvent? {
        if !line.isEmpty, let event = endLine() { return event }
        return endLine()
    }

    private mutating func endLine() -> ServerSentEvent? {
        if isFirstLine, line.starts(with: ServerSentEventParser.byteOrderMark) { line.removeFirst(3) }
        isFirstLine = false
        defer { line.removeAll(keepingCapacity: true) }
        guard !line.isEmpty else { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == 0x20 { value = value.dropFirst() }
        take(field: String(decoding: line[..<colon], as: UTF8.self), value)
        return nil
    }

    private mutating func take(field: String, _ value: ArraySlice<UInt8>) {
        switch field {
        case "data":
            if hasData { event.data.append(10) }
            event.data.append(contentsOf: value)
            hasData = true
        case "event": event.name = String(decoding: value, as: UTF8.self)
        default: break
        }
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            event = ServerSentEvent()
            hasData = false
        }
        return hasData ? event : nil
    }
}

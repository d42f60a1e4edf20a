import Glibc
import JSON

/// A connection to the gateway that asks one thing after another, as a customer's program does.
final class HTTPConnection {
    private let descriptor: Int32
    private var bytes: [UInt8] = []

    /// Connects to a port of this machine.
    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        var isOn: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, 4)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(descriptor)
            throw Gone()
        }
    }

    deinit {
        close(descriptor)
    }

    /// The gateway cannot be reached, or ended the connection.
    struct Gone: Error {}

    struct Answer {
        let status: Int
        let head: String
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }
    }

    /// Asks and waits for the whole answer.
    ///
    /// - Throws: ``Gone``.
    func ask(
        _ method: String, _ target: String, token: String? = nil, body: [UInt8]? = nil, headers: [String] = []
    ) throws(Gone) -> Answer {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: desk.example"] + headers
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.count)"] }
        try send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? []))
        return try answer()
    }

    func send(_ bytes: [UInt8]) throws(Gone) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Gone() }
            rest = rest.dropFirst(count)
        }
    }

    private func answer() throws(Gone) -> Answer {
        var end: Range<Int>?
        while true {
            if end == nil { end = bytes.firstRange(of: [13, 10, 13, 10]) }
            if let end {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                let length = HTTPConnection.length(head)
                if bytes.count >= end.upperBound + length {
                    let body = Array(bytes[end.upperBound..<end.upperBound + length])
                    bytes.removeFirst(end.upperBound + length)
                    let status = Int(head.dropFirst(9).prefix(3)) ?? 0
                    return Answer(status: status, head: head, body: body)
                }
            }
            try receive()
        }
    }

    private static func length(_ head: String) -> Int {
        for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
            return Int(line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) ?? 0
        }
        return 0
    }

    private func receive() throws(Gone) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { throw Gone() }
        bytes += buffer[..<count]
    }

    /// Waits until at least this many bytes are there and takes them; for what follows an upgrade.
    func take(_ count: Int) throws(Gone) -> [UInt8] {
        while bytes.count < count { try receive() }
        defer { bytes.removeFirst(count) }
        return Array(bytes[..<count])
    }
}

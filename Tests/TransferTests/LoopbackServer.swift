import Foundation
import Glibc

/// A server on a loopback port whose connections a script plays byte by byte: real sockets, any fault.
final class LoopbackServer: Sendable {
    /// What the server saw, in order.
    enum Event: Equatable, Sendable {
        case accepted
        case request(String)
        case closedByPeer
    }

    let port: UInt16
    let events: AsyncStream<Event>
    private let listener: Int32

    /// Starts listening; `script` runs on a thread of its own for each connection, which is closed when it returns.
    init(_ script: @escaping @Sendable (Connection) -> Void) throws {
        let (bound, port) = try boundSocket()
        listener = bound
        self.port = port
        guard listen(bound, 64) == 0 else { throw POSIXError(.EADDRINUSE) }
        let (events, saw) = AsyncStream.makeStream(of: Event.self)
        self.events = events
        Thread.detachNewThread {
            var number = 0
            while true {
                let peer = accept(bound, nil, nil)
                guard peer >= 0 else { return saw.finish() }
                number += 1
                saw.yield(.accepted)
                let connection = Connection(descriptor: peer, number: number, saw: saw)
                Thread.detachNewThread {
                    script(connection)
                    close(connection.descriptor)
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Waits for the first event that fits.
    func sees(_ fits: (Event) -> Bool) async {
        for await event in events where fits(event) { return }
    }

    /// A port nobody listens on: bound, never listening.
    static func deafPort() throws -> UInt16 { try boundSocket().port }

    /// One accepted connection.
    struct Connection: Sendable {
        let descriptor: Int32
        /// 1 for the first connection.
        let number: Int
        let saw: AsyncStream<Event>.Continuation

        /// Reads one request with its body; `nil` when the peer closed.
        @discardableResult
        func readRequest() -> String? {
            var bytes: [UInt8] = []
            while true {
                if let request = whole(bytes) {
                    saw.yield(.request(request))
                    return request
                }
                var chunk = [UInt8](repeating: 0, count: 65_536)
                let count = recv(descriptor, &chunk, chunk.count, 0)
                guard count > 0 else {
                    saw.yield(.closedByPeer)
                    return nil
                }
                bytes += chunk[..<count]
            }
        }

        private func whole(_ bytes: [UInt8]) -> String? {
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { return nil }
            let head = text[..<end.lowerBound].lowercased()
            let length =
                head.components(separatedBy: "\r\ncontent-length: ").dropFirst().first
                .flatMap { $0.components(separatedBy: "\r\n").first }.flatMap { Int($0) } ?? 0
            return text[end.upperBound...].utf8.count >= length ? text : nil
        }

        /// Reads one line without its end; `nil` when the peer closed.
        func readLine() -> String? {
            var bytes: [UInt8] = []
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, 0) == 1 {
                if byte == 10 { return String(decoding: bytes.filter { $0 != 13 }, as: UTF8.self) }
                bytes.append(byte)
            }
            return nil
        }

        /// Reads a mail as it comes over the line, up to the dot that ends it.
        func readMail() {
            var text = ""
            while let line = readLine(), line != "." { text += line + "\r\n" }
            saw.yield(.request(text))
        }

        /// Sends text; `false` when the peer is gone.
        @discardableResult
        func send(_ text: String) -> Bool { send(Array(text.utf8)) }

        /// Sends bytes; `false` when the peer is gone.
        @discardableResult
        func send(_ bytes: [UInt8]) -> Bool {
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }

        /// Sends a head for an event stream that ends when the connection does.
        func beginStream(_ type: String = "text/event-stream") {
            send("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nConnection: close\r\n\r\n")
        }

        /// Sends a whole response.
        func respond(_ status: Int, _ body: String, type: String = "application/json", headers: [String] = []) {
            let head =
                ["HTTP/1.1 \(status) X", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + headers
            send(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
        }

        /// Makes the close that follows a reset (RST) instead of an orderly end.
        func reset() {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        }

        /// Waits until the peer closes its side.
        func waitForPeerToClose() {
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, 0) > 0 {}
            saw.yield(.closedByPeer)
        }
    }
}

/// A socket on a free loopback port.
private func boundSocket() throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(descriptor, address, size) == 0 ? getsockname(descriptor, address, &size) : -1
        }
    }
    guard descriptor >= 0, status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
}

import Glibc
import NIOConcurrencyHelpers
import Threads

/// A language model's server on a loopback port that does wrong what a script says, over real sockets.
final class FaultServer: Sendable {
    let port: Int
    private let listener: Int32
    private let requests = NIOLockedValueBox<[String]>([])

    /// Starts listening; each connection gives one request to `script` and is closed when that returns.
    init(_ script: @escaping @Sendable (_ peer: Int32) -> Void) throws {
        let (listener, port) = try FaultServer.bound()
        (self.listener, self.port) = (listener, port)
        guard listen(listener, 16) == 0 else { throw NothingCame(description: "cannot listen") }
        let requests = requests
        try DedicatedThread.start("fault-server") {
            while true {
                let peer = accept(listener, nil, nil)
                guard peer >= 0 else { return }
                requests.withLockedValue { $0.append(FaultServer.request(from: peer)) }
                script(peer)
                close(peer)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// The heads and bodies that were sent to it.
    var asked: [String] { requests.withLockedValue { $0 } }

    /// A port on which nobody answers.
    static func deafPort() throws -> Int {
        let (descriptor, port) = try bound()
        close(descriptor)
        return port
    }

    private static func bound() throws -> (Int32, Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
            }
        }
        guard status == 0 else { throw NothingCame(description: "no free port") }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func request(from peer: Int32) -> String {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(peer, &buffer, buffer.count, 0)
            guard count > 0 else { return text }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            guard let head = text.firstRange(of: "\r\n\r\n") else { continue }
            let length =
                text[..<head.lowerBound].lowercased().split(separator: "\r\n")
                .first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
            if text[head.upperBound...].utf8.count >= length { return text }
        }
    }

    /// Sends text to a connected peer.
    static func say(_ text: String, to peer: Int32) {
        let bytes = Array(text.utf8)
        _ = send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// A whole answer.
    static func respond(_ status: Int, _ body: String, type: String = "application/json", to peer: Int32) {
        say(
            "HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
                + "Connection: close\r\n\r\n\(body)", to: peer)
    }

    /// The beginning of a stream, and pieces of an answer in OpenAI's format.
    static func stream(_ pieces: [String], to peer: Int32) {
        say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n", to: peer)
        for piece in pieces {
            say(#"data: {"choices":[{"index":0,"delta":{"content":"\#(piece)"}}]}"# + "\n\n", to: peer)
        }
    }

    /// Waits until the other side gives up.
    static func waitForEnd(of peer: Int32) {
        var byte: UInt8 = 0
        while recv(peer, &byte, 1, 0) > 0 {}
    }
}

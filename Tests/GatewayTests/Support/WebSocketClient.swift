import JSON
import Vocabulary

/// A WebSocket client that sends exactly the frames a test says, good or bad.
final class WebSocketClient: Sendable {
    let connection: RawConnection

    /// A frame as it came.
    struct Frame: Sendable, Equatable {
        var first: UInt8
        var payload: [UInt8]

        var opcode: UInt8 { first & 0x0F }
        var text: String { String(decoding: payload, as: UTF8.self) }
        /// The code of a close frame.
        var closeCode: Int? { payload.count < 2 ? nil : Int(payload[0]) << 8 | Int(payload[1]) }
    }

    init(_ connection: RawConnection) {
        self.connection = connection
    }

    /// Connects and shakes hands.
    static func open(
        port: Int, token: String? = nil, headers: [String] = [], receiveBuffer: Int? = nil
    ) async throws -> WebSocketClient {
        let connection = try await RawConnection.open(port: port, receiveBuffer: receiveBuffer)
        let answer = try await handshake(connection, token: token, headers: headers)
        guard answer.status == 101 else { throw NothingCame(description: "\(answer.status): \(answer.text)") }
        return WebSocketClient(connection)
    }

    /// The handshake alone, with the example key of RFC 6455.
    static func handshake(
        _ connection: RawConnection, token: String? = nil, headers: [String] = []
    ) async throws -> RawAnswer {
        try await connection.ask(
            "GET", "/v1/realtime", token: token,
            headers: [
                "Connection: keep-alive, Upgrade", "Upgrade: WebSocket", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            ] + headers)
    }

    /// The bytes of a masked frame.
    static func bytes(first: UInt8, _ payload: [UInt8], masked: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = [first]
        let mark: UInt8 = masked ? 0x80 : 0
        switch payload.count {
        case ..<126: bytes.append(mark | UInt8(payload.count))
        case ..<65_536: bytes += [mark | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default:
            bytes.append(mark | 127)
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(payload.count >> shift & 0xFF)) }
        }
        guard masked else { return bytes + payload }
        let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 % 4] }
    }

    func send(first: UInt8, _ payload: [UInt8] = [], masked: Bool = true) async throws {
        try await connection.send(bytes: WebSocketClient.bytes(first: first, payload, masked: masked))
    }

    func send(_ text: String) async throws {
        try await send(first: 0x81, Array(text.utf8))
    }

    /// The next frame of any kind.
    func frame() async throws -> Frame {
        try await connection.take("a frame", WebSocketClient.takeFrame)
    }

    @Sendable static func takeFrame(_ bytes: inout [UInt8]) -> Frame? {
        guard bytes.count >= 2 else { return nil }
        var start = 2
        var count = Int(bytes[1])
        if count >= 126 {
            let width = count == 126 ? 2 : 8
            guard bytes.count >= 2 + width else { return nil }
            count = bytes[2..<2 + width].reduce(0) { $0 << 8 | Int($1) }
            start += width
        }
        guard bytes.count >= start + count else { return nil }
        let frame = Frame(first: bytes[0], payload: Array(bytes[start..<start + count]))
        bytes.removeFirst(start + count)
        return frame
    }

    /// The next object; pings in between are skipped.
    func object() async throws -> JSONValue {
        while true {
            let frame = try await frame()
            if frame.opcode == 9 { continue }
            guard frame.opcode == 1 else {
                throw NothingCame(
                    description: "close \(frame.closeCode ?? 0) \(frame.text.dropFirst(2)) instead of an object")
            }
            return try JSONParser.parse(frame.payload)
        }
    }

    /// The next pushed event of this name; others in between are skipped.
    func event(_ name: String, room: String? = nil) async throws -> JSONValue {
        while true {
            let object = try await object()
            if object["event"]?.text == name, room == nil || object["room"]?.text == room { return object }
        }
    }

    /// Sends a request and waits for its reply; pushed events in between are skipped.
    func ask(_ id: Int, _ op: String, _ data: String = "{}") async throws -> JSONValue {
        try await send(#"{"id":\#(id),"op":"\#(op)","data":\#(data)}"#)
        return try await reply(id)
    }

    func reply(_ id: Int) async throws -> JSONValue {
        while true {
            let object = try await object()
            if object["id"]?.wholeNumber == Int64(id) { return object }
        }
    }

    /// The code with which the server ends the connection; what comes before is skipped.
    func closeCode() async throws -> Int? {
        while true {
            let frame = try await frame()
            if frame.opcode == 8 { return frame.closeCode }
        }
    }
}

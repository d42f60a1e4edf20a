import JSON

/// A WebSocket to the gateway that waits for what is pushed.
final class WebSocket {
    private let connection: HTTPConnection

    init(port: Int, token: String) throws {
        connection = try HTTPConnection(port: port)
        let answer = try connection.ask(
            "GET", "/v1/realtime", token: token,
            headers: [
                "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            ])
        guard answer.status == 101 else { throw NothingCame(description: "no WebSocket: \(answer.text)") }
    }

    /// Sends one object as a masked text frame.
    func send(_ text: String) throws {
        let payload = Array(text.utf8)
        let key: [UInt8] = [1, 2, 3, 4]
        let length: [UInt8] =
            payload.count < 126
            ? [0x80 | UInt8(payload.count)] : [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        try connection.send([0x81] + length + key + payload.enumerated().map { $1 ^ key[$0 % 4] })
    }

    /// Waits for the next object that fits.
    func object(where fits: (JSONValue) -> Bool) throws -> JSONValue {
        while true {
            let head = try connection.take(2)
            var length = Int(head[1] & 0x7F)
            if length >= 126 {
                length = try connection.take(length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
            }
            let payload = try connection.take(length)
            guard head[0] & 0x0F == 1, let object = try? JSONParser.parse(payload) else { continue }
            if fits(object) { return object }
        }
    }
}

import JSON

/// An HTTP answer as it stood on the wire.
struct RawAnswer: Sendable {
    var status = 0
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue? { try? JSONParser.parse(body) }
    /// The `code` of a problem document.
    var code: String? { json?["code"]?.text }

    subscript(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }

    /// Takes one whole answer from the front of the bytes; an answer to `HEAD` has no body.
    static func take(_ bytes: inout [UInt8], toHead: Bool = false) -> RawAnswer? {
        guard let end = bytes.firstRange(of: [13, 10, 13, 10]) else { return nil }
        var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard !lines.isEmpty else { return nil }
        var answer = RawAnswer()
        answer.status = Int(lines.removeFirst().split(separator: " ").dropFirst().first ?? "") ?? 0
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            answer.headers.append((String(parts[0]), String(parts.last ?? "").trimmingPrefix(" ").description))
        }
        let length = toHead ? 0 : Int(answer["content-length"] ?? "0") ?? 0
        guard bytes.count >= end.upperBound + length else { return nil }
        answer.body = Array(bytes[end.upperBound..<end.upperBound + length])
        bytes.removeFirst(end.upperBound + length)
        return answer
    }
}

extension RawConnection {
    /// The next HTTP answer.
    func answer(toHead: Bool = false) async throws -> RawAnswer {
        try await take("an HTTP answer") { RawAnswer.take(&$0, toHead: toHead) }
    }

    /// Sends a request and waits for its answer.
    func ask(
        _ method: String, _ target: String, token: String? = nil, body: String? = nil,
        headers: [String] = []
    ) async throws -> RawAnswer {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: desk.example"] + headers
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
        try await send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
        return try await answer(toHead: method == "HEAD")
    }
}

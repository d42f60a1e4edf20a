import DeskAPI
import NIOConcurrencyHelpers
import Testing
import Vocabulary

@testable import Gateway

/// Answers that are written piece by piece, over a real socket.
@Suite struct StreamedAnswerTests {
    private func post(_ body: String, token: String = "agent", extra: String = "") -> String {
        "POST /v1/chat/completions HTTP/1.1\r\nHost: d\r\nAuthorization: Bearer \(token)\r\n\(extra)"
            + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func `pieces come as chunks, and the connection goes on with the next request`() async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            try await connection.send(post("stream 3") + post("{}", extra: "X-Conversation-Id: t7\r\n"))
            let text: String = try await connection.take { bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                return text.hasSuffix("\r\n\r\n{}") ? text : nil
            }
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("Content-Type: text/event-stream; charset=utf-8\r\n"))
            #expect(
                text.contains("9\r\ndata: 0\n\n\r\n9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\nHTTP/1.1 200 OK"))
            #expect(text.contains("X-Thread: t7\r\n"))
        }
    }

    @Test func `who reads slowly holds the writer up, and who leaves ends it`() async throws {
        let desk = FakeDesk()
        try await withGateway(desk) { gateway in
            let connection = try await RawConnection.open(port: gateway.port, receiveBuffer: 4096)
            try await connection.stopReading()
            try await connection.send(post("stream 100000"))
            while desk.state.withLockedValue({ $0.written }) == 0 { await Task.yield() }
            let other = try await RawConnection.open(port: gateway.port)
            for _ in 0..<300 { #expect(try await other.ask("GET", "/healthz").status == 200) }
            #expect(desk.state.withLockedValue { $0.written } < 1000)
            await connection.close()
            while !desk.state.withLockedValue({ $0.isOver }) { await Task.yield() }
            #expect(desk.state.withLockedValue { $0.written } < 1000)
        }
    }

    @Test func `a gateway that stops takes no more completions`() throws {
        let readiness = Readiness()
        let router = Router(desk: FakeDesk(), version: "0.1.0-test", readiness: readiness, limits: HTTPLimits())
        let request = EdgeRequest(method: "POST", target: "/v1/chat/completions")
        guard case .completions = router.destination(of: request) else { return #expect(Bool(false)) }
        #expect(readiness.beginDraining())
        guard case .answer(let response) = router.destination(of: request) else { return #expect(Bool(false)) }
        #expect(response.status == 503 && response.headers.contains(.init("Retry-After", "2")))
    }

    @Test func `without a key it is a 401, and other methods are told what there is`() async throws {
        let desk = FakeDesk()
        func status(
            _ method: String, _ target: String, token: String? = "agent", body: String? = nil
        ) async throws -> Int {
            try await Fidelity.socket.ask(desk, method, target, token: token, body: body).status
        }
        #expect(try await status("POST", "/v1/chat/completions", token: nil, body: "{}") == 401)
        #expect(try await status("GET", "/v1/chat/completions") == 405)
        #expect(try await status("GET", "/v1/models") == 200)
        #expect(try await status("GET", "/v1/models/gone") == 404)
        #expect(try await status("GET", "/v1/models", token: nil) == 401)
    }
}

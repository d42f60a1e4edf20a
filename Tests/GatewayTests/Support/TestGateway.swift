import DeskAPI
import Foundation
import JSON
import NIOCore
import NIOHTTP1
import Vocabulary

@testable import Gateway

/// Now, for gateways in tests.
@Sendable func wallClock() -> Timestamp { Timestamp(seconds: Date().timeIntervalSince1970) }

/// Runs a test against a gateway on a free port, and stops it.
func withGateway(
    _ desk: any DeskService = FakeDesk(), limits: GatewayLimits = GatewayLimits(),
    now: @escaping @Sendable () -> Timestamp = wallClock,
    notice: @escaping @Sendable (GatewayNotice) -> Void = { _ in },
    _ body: (Gateway) async throws -> Void
) async throws {
    let gateway = try await Gateway.start(
        desk: desk, listen: ListenAddress(host: "127.0.0.1", port: 0), version: "0.1.0-test", limits: limits,
        now: now, notice: notice)
    do {
        try await body(gateway)
    } catch {
        await gateway.stop(grace: .zero)
        throw error
    }
    await gateway.stop(grace: .zero)
}

/// The two ways to ask the same of a gateway.
enum Fidelity: String, CaseIterable, Sendable {
    /// The router alone, in this process.
    case inProcess
    /// A real socket.
    case socket

    /// Asks once, and gives the answer as the wire would show it.
    func ask(
        _ desk: FakeDesk, _ method: String, _ target: String, token: String? = nil, body: String? = nil,
        headers: [String] = []
    ) async throws -> RawAnswer {
        switch self {
        case .inProcess:
            try await Fidelity.askRouter(desk, method, target, token: token, body: body, headers: headers)
        case .socket:
            try await Fidelity.askSocket(desk, method, target, token: token, body: body, headers: headers)
        }
    }

    private static func askSocket(
        _ desk: FakeDesk, _ method: String, _ target: String, token: String?, body: String?, headers: [String]
    ) async throws -> RawAnswer {
        var answer = RawAnswer()
        try await withGateway(desk) { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            answer = try await connection.ask(method, target, token: token, body: body, headers: headers)
            await connection.close()
        }
        return answer
    }

    private static func askRouter(
        _ desk: FakeDesk, _ method: String, _ target: String, token: String?, body: String?, headers: [String]
    ) async throws -> RawAnswer {
        let router = Router(desk: desk, version: "0.1.0-test", readiness: Readiness(), limits: HTTPLimits())
        var request = EdgeRequest(method: method, target: target)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body {
            request.body = ByteBuffer(string: body)
            request.headers.add(name: "Content-Type", value: "application/json")
        }
        for header in headers {
            let parts = header.split(separator: ":", maxSplits: 1)
            request.headers.add(name: String(parts[0]), value: parts[1].trimmingCharacters(in: .whitespaces))
        }
        var bytes = ResponseBytes()
        var written = Array(
            bytes.write(
                await router.answer(request), headOnly: method == "HEAD", closing: false,
                at: Timestamp(milliseconds: 1_795_371_601_000)
            ).readableBytesView)
        guard let answer = RawAnswer.take(&written, toHead: method == "HEAD"), written.isEmpty else {
            throw NothingCame(description: "the router's answer is not one whole HTTP answer")
        }
        return answer
    }
}

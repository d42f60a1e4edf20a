import DeskAPI
import Testing
import Transfer
import Vocabulary

@testable import Desk

@Suite struct ServiceProbeTests {
    private func watch(_ targets: [ServiceTarget]) throws -> ServiceWatch {
        ServiceWatch(targets, transfer: try Transfer.start(reach: .alsoPrivate), clock: .system)
    }

    /// What is known of a service after it was asked once.
    private func asked(_ kind: Service.Kind, _ target: String, expect: Int = 200) async throws -> Service {
        let watch = try watch([
            ServiceTarget(name: "x", kind: kind, target: target, timeout: .milliseconds(500), expect: expect)
        ])
        await watch.ask(0)
        return watch.services[0]
    }

    @Test func `a service counts as down before nobody knows, and then as it answered`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
        let watch = try watch([ServiceTarget(name: "web", kind: .http, target: server.url + "/health?token=secret")])
        #expect(watch.metrics.map(\.name) == ["service.web.up", "service.web.latency"])
        #expect(watch.metrics.allSatisfy { $0.value == nil })
        await watch.ask(0)
        #expect(watch.metrics.first?.value == 1)
        #expect((watch.metrics.last?.value ?? -1) > 0)
        #expect(watch.services[0].target == server.url + "/health")
    }

    @Test func `another status than the expected one is down, in words`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        }
        let down = try await asked(.http, server.url)
        #expect(down.isUp == false && down.latency == nil)
        #expect(down.lastFailure == "it answered with status 503, not 200")
        #expect(try await asked(.llm, server.url, expect: 503).isUp == true)
    }

    @Test(arguments: [
        ("N", nil), ("S", nil), ("HTTP/1.1 400", "what answers is not PostgreSQL"),
        ("E\u{0}\u{0}\u{0}\u{9}Sstarting", "PostgreSQL answered with an error: Sstarting"),
    ])
    func `PostgreSQL is known by its answer to SSLRequest`(answer: String, failure: String?) async throws {
        #expect(reason { try ServiceProbe.checkPostgreSQL(Array(answer.utf8)) } == failure)
    }

    @Test(arguments: [
        ("+PONG\r\n", nil), ("-NOAUTH Authentication required.\r\n", nil),
        ("-LOADING Redis is loading\r\n", "Redis answered: LOADING Redis is loading"),
        ("220 mail", "what answers is not Redis"),
    ])
    func `Redis is known by its answer to PING`(answer: String, failure: String?) async throws {
        #expect(reason { try ServiceProbe.checkRedis(Array(answer.utf8)) } == failure)
    }

    private func reason(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? TransferFailure)?.reason ?? "\(error)"
        }
    }

    @Test(.enabled(if: ReceiverProgram.succeeds("/usr/bin/openssl", "version"), "no openssl here"))
    func `a service over TLS tells when its certificate ends`() async throws {
        let proof = try TestCertificate(days: 9)
        let server = try ReceiverProgram(
            "/usr/bin/openssl",
            ["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", proof.certificate, "-key", proof.key])
        let port = try #require(try server.line(with: "ACCEPT").split(separator: ":").last.flatMap { Int($0) })
        let url = "https://127.0.0.1:\(port)/"
        let watch = try watch([
            ServiceTarget(name: "shop", kind: .http, target: url, authority: proof.certificate),
            ServiceTarget(name: "other", kind: .http, target: url),
        ])
        await watch.ask(0)
        await watch.ask(1)
        let days = try #require(watch.metrics.first { $0.name == "service.shop.certificate" }?.value) / 86_400
        #expect((8.9...9).contains(days), "\(days)")
        let unknown = watch.services[1]
        #expect(unknown.isUp == false && unknown.certificateEnd == nil, "\(unknown)")
        #expect(!watch.metrics.contains { $0.name == "service.other.certificate" })
    }

    @Test func `a port where nobody listens, and one that is silent, are down in time`() async throws {
        let deaf = try LoopbackServer.deafPort()
        #expect(try await asked(.tcp, "127.0.0.1:\(deaf)").lastFailure == "127.0.0.1:\(deaf) refused the connection")
        let silent = try LoopbackServer { $0.readRequest() }
        let down = try await asked(.redis, "127.0.0.1:\(silent.port)")
        #expect(down.lastFailure == "127.0.0.1:\(silent.port) did not begin to answer in time")
        #expect(try await asked(.tcp, "127.0.0.1:\(silent.port)").isUp == true)
    }
}

import DeskAPI
import Foundation
import JSON
import Testing
import Vocabulary

@testable import Desk
@testable import Transfer

/// Real programs that take messages: aiosmtpd and Alertmanager, which `.ci/receivers` installs.
@Suite(.serialized)
struct RealReceiverTests {
    private static let hasMailServer = ReceiverProgram.succeeds("/usr/bin/python3", "-c", "import aiosmtpd")
    private static let hasAlertmanager = FileManager.default.isExecutableFile(
        atPath: "/usr/bin/prometheus-alertmanager")

    private static let mailServer = """
        import json, socket, ssl, sys
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                text = envelope.original_content.decode()
                print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "text": text}), flush=True)
                return "250 taken"

        def check(server, session, envelope, mechanism, data):
            good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"ops", b"s3cret")
            return AuthResult(success=good, handled=False)

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])

        class Strict(Controller):
            def factory(self):
                return SMTP(self.handler, tls_context=context, require_starttls=True, auth_required=True,
                            authenticator=check)

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        Strict(Handler(), hostname="127.0.0.1", port=port).start()
        print(f"ready {port}", flush=True)
        sys.stdin.read()
        """

    @Test(.enabled(if: RealReceiverTests.hasMailServer, "no python3-aiosmtpd here; run .ci/receivers"))
    func `a mail goes encrypted and with a password through a real server`() async throws {
        let proof = try TestCertificate(days: 2)
        let server = try ReceiverProgram(
            "/usr/bin/python3", ["-c", RealReceiverTests.mailServer, proof.certificate, proof.key])
        let port = try #require(try server.line(with: "ready").split(separator: " ").last.flatMap { Int($0) })
        let mail = { (more: String) in
            "email: {server: \"127.0.0.1:\(port)\", from: desk@example.org, to: [a@example.org, b@example.org], "
                + "user: ops, password: env:P\(more)}"
        }
        let desk = try await NotifyingDesk(
            NotifyingDesk.file(mail(", ca: \(proof.certificate)"), mail("")), secrets: ["env:P": "s3cret"])
        try await desk.tell(summary: "Größe: überlastet\r\nBcc: x@evil.example")
        let found = try await desk.messages { $0.contains { $0.state == .sent } && $0.contains { $0.fault != nil } }
        let json = try JSONParser.parse(try server.line(with: "\"from\""))
        #expect(json["to"]?.elements?.map(\.text) == ["a@example.org", "b@example.org"])
        let text = try #require(json["text"]?.text)
        let sent = try #require(found.first { $0.state == .sent })
        #expect(text.contains("Message-ID: <\(sent.key)@example.org>\r\n"))
        #expect(!text.contains("\r\nBcc:") && !text.contains("s3cret"))
        // Without its authority the server's certificate proves nothing, and nothing is sent.
        let refused = try #require(found.first { $0.receiver == "r1" })
        #expect(refused.state == .waiting && refused.fault?.contains("no secure connection") == true, "\(refused)")
        try await desk.end()
        let wrong = try await NotifyingDesk(
            NotifyingDesk.file(mail(", ca: \(proof.certificate)")), secrets: ["env:P": "wrong"])
        let test = try await wrong.agent.call(Operations.testReceiver, ReceiverReference("r0"))
        #expect(!test.isDelivered && test.answer == "the mail server answered with 535")
        try await wrong.end()
    }

    @Test(.enabled(if: RealReceiverTests.hasAlertmanager, "no prometheus-alertmanager here; run .ci/receivers"))
    func `Alertmanager takes what it is told, and the end of it`() async throws {
        let folder = NSTemporaryDirectory() + "alertmanager-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("route: {receiver: none}\nreceivers: [{name: none}]\n".utf8)
            .write(to: URL(filePath: folder + "/am.yml"))
        let port = try { try LoopbackServer { _ in }.port }()
        let url = "http://127.0.0.1:\(port)"
        let server = try ReceiverProgram(
            "/usr/bin/prometheus-alertmanager",
            [
                "--config.file=\(folder)/am.yml", "--storage.path=\(folder)", "--web.listen-address=127.0.0.1:\(port)",
                "--cluster.listen-address=",
            ])
        defer { server.end() }
        let transfer = try Transfer.start(reach: .alsoPrivate)
        _ = try await alerts(at: url, transfer) { _ in true }
        let desk = try await NotifyingDesk(NotifyingDesk.file("alertmanager: {url: \"\(url)\"}"))
        try await desk.tell(severity: .critical)
        let active = try await alerts(at: url, transfer) { !$0.isEmpty }
        let labels = try #require(active.first?["labels"])
        #expect(labels["alertname"]?.text == "cpu-busy" && labels["instance"]?.text == "desk-1")
        #expect(labels["severity"]?.text == "critical" && active.count == 1)
        try await desk.tell(.resolved, severity: .critical)
        _ = try await alerts(at: url, transfer) { $0.isEmpty }
        _ = try await desk.messages { $0.count == 2 && $0.allSatisfy { $0.state == .sent } }
        try await desk.end()
    }

    /// What Alertmanager holds as active, as soon as it fits.
    private func alerts(
        at url: String, _ transfer: Transfer, _ fit: ([JSONValue]) -> Bool
    ) async throws -> [JSONValue] {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            do {
                let answer = try await transfer.request(HTTPRequest(.get, url + "/api/v2/alerts?active=true"))
                if let found = try JSONParser.parse(answer.text).elements, answer.status == 200, fit(found) {
                    return found
                }
            } catch {
                // It is still starting.
            }
            try #require(ContinuousClock.now < deadline, "Alertmanager never had what was expected")
        }
    }
}

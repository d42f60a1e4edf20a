import DeskAPI
import Foundation
import JSON
import Testing
import Vocabulary

@testable import Desk
@testable import Transfer

/// Receivers over real sockets that do everything wrong that receivers do.
@Suite(.serialized)
struct NoticeDeliveryTests {
    private func body(of request: String) throws -> JSONValue {
        let end = try #require(request.range(of: "\r\n\r\n"))
        return try JSONParser.parse(String(request[end.upperBound...]))
    }

    private func header(_ name: String, of request: String) -> String? {
        request.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            .map { String($0.dropFirst(name.count + 1)).trimmingCharacters(in: .whitespaces) }
    }

    private func firstRequest(of server: LoopbackServer) async -> String {
        for await event in server.events {
            if case .request(let request) = event { return request }
        }
        return ""
    }

    @Test func `a webhook gets the alert as JSON with a key and its secret`() async throws {
        let server = try LoopbackServer { connection in
            while connection.readRequest() != nil { connection.respond(200, "ok") }
        }
        let desk = try await NotifyingDesk(
            NotifyingDesk.file("webhook: {url: \"\(server.url)/hook\", bearer: env:TOKEN}"),
            secrets: ["env:TOKEN": "s3cret"])
        try await desk.tell()
        let request = await firstRequest(of: server)
        #expect(header("Authorization", of: request) == "Bearer s3cret")
        let json = try body(of: request)
        #expect(json["status"]?.text == "firing" && json["test"] == .bool(false))
        #expect(json["notices"]?.elements?.first?["alert"]?["summary"]?.text == "Processors busy")
        let sent = try await desk.messages { $0.first?.state == .sent }
        #expect(header("Idempotency-Key", of: request) == sent.first?.key)
        let receivers = try await desk.agent.call(Operations.listReceivers, Nothing()).items
        #expect(receivers.first?.isHealthy == true)
        #expect(!receivers.map(\.json).joined().contains("s3cret"))
        try await desk.end()
    }

    @Test func `a failing server is asked again with the same key until it takes the message`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            if connection.number == 1 {
                connection.respond(500, "no", headers: ["Connection: close"])
            } else {
                connection.respond(204, "", headers: ["Connection: close"])
            }
        }
        let desk = try await NotifyingDesk(NotifyingDesk.file("webhook: {url: \"\(server.url)\"}"))
        try await desk.tell()
        var keys: [String?] = []
        for await event in server.events {
            guard case .request(let request) = event else { continue }
            keys.append(header("Idempotency-Key", of: request))
            if keys.count == 2 { break }
        }
        #expect(keys[0] != nil && keys[0] == keys[1])
        let sent = try await desk.messages { $0.first?.state == .sent }
        #expect(sent.map(\.attempts) == [2])
        try await desk.end()
    }

    @Test func `one that hangs and one of ten megabytes hold up no other`() async throws {
        let hanging = try LoopbackServer { connection in
            connection.readRequest()
            connection.waitForPeerToClose()
        }
        let huge = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(200, String(repeating: "x", count: 10_000_000), headers: ["Connection: close"])
        }
        let quick = try LoopbackServer { connection in
            while connection.readRequest() != nil { connection.respond(200, "") }
        }
        let desk = try await NotifyingDesk(
            NotifyingDesk.file(
                "webhook: {url: \"\(hanging.url)\", timeout: 60s}", "webhook: {url: \"\(huge.url)\"}",
                "webhook: {url: \"\(quick.url)\"}"))
        try await desk.tell()
        let found = try await desk.messages { $0.filter { $0.state == .sent }.count == 2 }
        #expect(Set(found.filter { $0.state == .sent }.map(\.receiver)) == ["r1", "r2"])
        // It ends although a receiver hangs, and its message is neither lost nor counted.
        await desk.desk.close()
        try FileManager.default.removeItem(atPath: desk.folder)
    }

    @Test(arguments: [(302, "redirects are not followed"), (404, "status 404"), (410, "status 410")])
    func `what would fail again is a dead letter at once`(status: Int, words: String) async throws {
        let other = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(200, "")
        }
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(status, "", headers: ["Location: \(other.url)/", "Connection: close"])
        }
        let desk = try await NotifyingDesk(NotifyingDesk.file("webhook: {url: \"\(server.url)\"}"))
        try await desk.tell()
        let dead = try await desk.messages { $0.first?.state == .dead }
        #expect(dead.first?.attempts == 1 && dead.first?.fault?.contains(words) == true, "\(dead)")
        try await desk.end()
    }

    @Test func `a wish to wait is heard and bounded`() throws {
        let now = Timestamp(milliseconds: 0)
        let head = { (status: Int, wish: String) in
            NoticeCourier.verdict(.init(status: status, headers: [.init("Retry-After", wish)]), at: now)
        }
        #expect(head(429, "17") == .failed("it answered with status 429", retryAfter: .seconds(17)))
        #expect(head(503, "999999999") == .failed("it answered with status 503", retryAfter: .seconds(86_400)))
        #expect(head(503, "soon") == .failed("it answered with status 503", retryAfter: nil))
        #expect(head(408, "") == .failed("it answered with status 408", retryAfter: nil))
        #expect(head(204, "5") == .delivered)
    }

    @Test func `a program gets its arguments as they are and never through a shell`() async throws {
        let output = NSTemporaryDirectory() + "program-\(UUID().uuidString)"
        let desk = try await NotifyingDesk(
            NotifyingDesk.file(
                "command: {run: [/usr/bin/python3, -c, \"import sys,os,json; "
                    + "json.dump([sys.argv[2:], os.environ['WATCHDESK_HOST'], json.load(sys.stdin)['key']], "
                    + "open(sys.argv[1], 'w'))\", \"\(output)\", \"{summary}\", \"$(id)\"]}"))
        try await desk.tell(summary: "`touch /tmp/x`; $(reboot) \"'")
        let sent = try await desk.messages { $0.first?.state == .sent }
        let json = try JSONParser.parse(String(contentsOfFile: output, encoding: .utf8))
        #expect(json.elements?[0].elements?.last?.text == "$(id)")
        #expect(json.elements?[0].elements?.first?.text?.contains("`touch /tmp/x`; $(reboot) \"'") == true)
        #expect(json.elements?[1].text == "desk-1")
        #expect(json.elements?[2].text == sent.first?.key)
        try FileManager.default.removeItem(atPath: output)
        try await desk.end()
    }

    @Test func `a program that hangs is killed with what it started, and a flood of output is cut`() async {
        var run = ProgramRun(
            arguments: ["/bin/sh", "-c", "sleep 600 & sleep 600"], environment: [:], input: [], patience: .seconds(1))
        #expect(await run.perform() == .tooSlow)
        run.arguments = ["/bin/sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x; exit 3"]
        run.patience = .seconds(20)
        #expect(await run.perform() == .exit(3, String(repeating: "x", count: ProgramRun.outputLimit)))
        run.arguments = ["/does/not/exist"]
        #expect(await run.perform() == .notStarted(ENOENT))
    }

    @Test func `a program does not hold up the end of the desk`() async {
        let run = ProgramRun(
            arguments: ["/bin/sh", "-c", "exec sleep 20"], environment: [:], input: [], patience: .seconds(120))
        let task = Task { await run.perform() }
        task.cancel()
        // By itself it would end with status 0.
        #expect(await task.value == .tooSlow)
    }

    @Test func `a missing secret is told by its place and tried again`() async throws {
        let desk = try await NotifyingDesk(NotifyingDesk.file("slack: {url: env:SLACK}"))
        try await desk.tell()
        let waiting = try await desk.messages { ($0.first?.attempts ?? 0) > 0 }
        #expect(waiting.first?.fault == "env:SLACK is not set" && waiting.first?.state == .waiting)
        try await desk.end()
    }

    @Test func `a test tells the real answer, is marked, and leaves nothing behind`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(403, "", headers: ["Connection: close"])
        }
        let desk = try await NotifyingDesk(NotifyingDesk.file("slack: {url: \"\(server.url)/T0/secret\"}"))
        let test = try await desk.agent.call(Operations.testReceiver, ReceiverReference("r0"))
        #expect(!test.isDelivered && test.answer == "it answered with status 403")
        #expect(try body(of: await firstRequest(of: server))["text"]?.text?.hasPrefix("[TEST] ") == true)
        #expect(try await desk.agent.call(Operations.listNotices, ListNotices()).items.isEmpty)
        let receivers = try await desk.agent.call(Operations.listReceivers, Nothing()).items
        #expect(receivers.map(\.target) == [server.url])
        await #expect(throws: Problem.self) {
            _ = try await desk.agent.call(Operations.testReceiver, ReceiverReference("r1"))
        }
        try await desk.end()
    }

    @Test func `the file is followed when it changes, and one with faults changes nothing`() async throws {
        let desk = try await NotifyingDesk(NotifyingDesk.file("console: true"))
        let path = URL(filePath: desk.folder + "/notify.yaml")
        try Data("receivers: 7\n".utf8).write(to: path, options: .atomic)
        try Data(NotifyingDesk.file("console: true", "console: true").utf8).write(to: path, options: .atomic)
        let deadline = ContinuousClock.now + .seconds(20)
        var count = 0
        while count != 2, ContinuousClock.now < deadline {
            count = try await desk.agent.call(Operations.listReceivers, Nothing()).items.count
            #expect(count >= 1)
        }
        #expect(count == 2)
        try await desk.end()
    }
}

import Foundation
import Glibc
import JSON
import NIOConcurrencyHelpers
import Testing

/// `watchdesk notify`, and what people are told by a gateway that is killed.
@Suite(.serialized, .onOwnThread)
struct NotifyTests {
    private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> RunningProgram.Outcome {
        try RunningProgram.run(["notify"] + arguments + ["--data", "\(folder.path)/data"], home: folder.path)
    }

    @Test func `a file is checked with every fault and its line`() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(
            "good.yaml", "receivers:\n  - {name: chat, slack: {url: env:SLACK}}\nroute: {receiver: chat}\n")
        let bad = try folder.write(
            "bad.yaml", "receivers:\n  - {name: chat, slck: {url: env:SLACK}}\nroute: {receiver: chad}\n")
        let fine = try RunningProgram.run(["notify", "check", good], home: folder.path)
        #expect(fine.ending == .exit(0) && fine.output.contains("chat: slack, env:SLACK"))
        let wrong = try RunningProgram.run(["notify", "check", bad], home: folder.path)
        #expect(wrong.ending == .exit(1) && wrong.output.isEmpty)
        #expect(wrong.errors.contains("bad.yaml:2") && wrong.errors.contains("bad.yaml:3"), "\(wrong.errors)")
        #expect(wrong.errors.contains("did you mean `chat`?"))
    }

    @Test func `receivers are listed and tested from the command line`() throws {
        let folder = try TemporaryFolder()
        let server = try FaultServer { peer in FaultServer.respond(200, "{}", to: peer) }
        try folder.write(".config/watchdesk/token", "s3cret\n")
        chmod("\(folder.path)/.config/watchdesk/token", 0o600)
        try folder.write(
            ".config/watchdesk/notify.yaml",
            """
            receivers:
              - name: hook
                webhook: {url: "http://127.0.0.1:\(server.port)/x", bearer: file:token}
            route: {receiver: hook}
            """)
        let list = try run("list", "--json", in: folder)
        #expect(list.ending == .exit(0) && list.output.contains(#""name":"hook""#), "\(list)")
        let test = try run("test", "hook", in: folder)
        #expect(test.ending == .exit(0) && test.output == "hook: the receiver took it\n", "\(test)")
        #expect(server.asked.last?.contains("Authorization: Bearer s3cret") == true)
        let unknown = try run("test", "hok", in: folder)
        #expect(unknown.ending == .exit(1) && unknown.errors.contains("did you mean hook?"), "\(unknown)")
        #expect(try run("dead", in: folder).output == "No dead letters.\n")
        #expect(try run("retry", "7", in: folder).ending == .exit(1))
    }

    @Test func `a gateway that is killed again and again tells everything, and twice only under one key`() throws {
        let folder = try TemporaryFolder()
        let (count, kills, pace) = (40, 5, 7)
        // Each seventh message is not answered, so that one is on the wire whenever the gateway is killed.
        let progress = NIOLockedValueBox((asked: 0, isGenerous: false))
        let server = try FaultServer { peer in
            let isAnswered = progress.withLockedValue { progress in
                progress.asked += 1
                return progress.isGenerous || progress.asked % pace != 0
            }
            if isAnswered { FaultServer.respond(200, "{}", to: peer) } else { FaultServer.waitForEnd(of: peer) }
        }
        try folder.write(
            ".config/watchdesk/notify.yaml",
            """
            receivers:
              - name: hook
                webhook: {url: "http://127.0.0.1:\(server.port)/"}
            route: {receiver: hook, group_wait: 0s, group_by: [host]}
            """)
        var desk = try ServedDesk(folder)
        #expect(try desk.stop() == .exit(0))
        try fillOutbox(of: folder, count)
        for round in 1...kills {
            desk = try ServedDesk(folder)
            _ = try Deadline().ask("message \(round * pace)") { server.asked.count >= round * pace ? true : nil }
            desk.program.send(SIGKILL)
            _ = try desk.program.end()
        }
        progress.withLockedValue { $0.isGenerous = true }
        desk = try ServedDesk(folder)
        let sent = try Deadline().ask("every message to be sent") { () -> [JSONValue]? in
            let items = try desk.ask("GET", "/v1/notices?limit=1000", token: desk.token).json["items"]?.elements ?? []
            return items.count == count && items.allSatisfy { $0["state"]?.text == "sent" } ? items : nil
        }
        let keys = server.asked.compactMap { text(in: $0, after: "Idempotency-Key: ", before: "\r\n") }
        #expect(keys.count == server.asked.count)
        #expect(Set(keys) == Set(sent.compactMap { $0["key"]?.text }))
        // What was on the wire at each kill came again, and nothing else did.
        #expect(keys.count == count + kills)
        let hosts = Set(server.asked.compactMap { text(in: $0, after: #""host":""#, before: "\"") })
        #expect(hosts.count == count)
        #expect(try desk.stop() == .exit(0))
    }

    private func text(in request: String, after start: String, before end: String) -> String? {
        guard let from = request.range(of: start) else { return nil }
        return request[from.upperBound...].range(of: end).map { String(request[from.upperBound..<$0.lowerBound]) }
    }

    /// Appends one notice for each of some hosts, as the alerts do.
    private func fillOutbox(of folder: TemporaryFolder, _ count: Int) throws {
        let script = """
            import json, sqlite3, sys
            store = sqlite3.connect(sys.argv[1])
            for number in range(1, int(sys.argv[2]) + 1):
                alert = {"id": 1000 + number, "rule": "r", "host": f"host-{number}", "metric": "m",
                         "severity": "warning", "category": "system", "summary": "s", "condition": "firing",
                         "started_at": "2026-11-26T12:00:00Z", "revision": 1}
                store.execute("INSERT INTO alert_notice (alert, revision, reason, level, at, snapshot) "
                              "VALUES (?, 1, 'fired', 0, 1795694400000, ?)", (1000 + number, json.dumps(alert)))
            store.commit()
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, "\(folder.path)/data/desk.sqlite", "\(count)"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}

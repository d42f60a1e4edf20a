import Foundation
import Glibc
import JSON
import Testing

/// `watchdesk agent` against a real gateway, through restarts and kill -9 of both.
@Suite(.serialized, .onOwnThread)
struct AgentTests {
    private func key(_ desk: ServedDesk) throws -> String {
        let made = try desk.ask("POST", "/v1/keys", token: desk.token, ["name": "web-1", "role": "host-agent"])
        return try #require(made.json["token"]?.text)
    }

    private func agent(_ folder: TemporaryFolder, port: Int, key: String) throws -> RunningProgram {
        let agent = try RunningProgram(
            [
                "agent", "--url", "http://127.0.0.1:\(port)", "--key", key, "--name", "web-1", "--data",
                "\(folder.path)/remote",
            ], home: folder.path)
        _ = try agent.output.line(with: "sends the samples of web-1")
        return agent
    }

    /// The seconds of a host that have a value, within the last minutes.
    private func seconds(_ desk: ServedDesk) throws -> [String] {
        let answer = try desk.ask("GET", "/v1/metrics?host=web-1&name=load.1&step=1", token: desk.token)
        guard answer.status == 200 else { return [] }
        return (answer.json["points"]?.elements ?? []).filter { $0["mean"] != nil && $0["mean"] != .null }
            .compactMap { $0["at"]?.text }
    }

    @Test func `no second is lost over an outage of the gateway and a kill -9 of both`() throws {
        let folder = try TemporaryFolder()
        var desk = try ServedDesk(folder)
        let key = try key(desk)
        let port = desk.port
        var agent = try agent(folder, port: port, key: key)
        _ = try Deadline().ask("the first samples") { try seconds(desk).count >= 3 ? true : nil }
        desk.program.send(SIGKILL)
        _ = try desk.program.end()
        _ = try agent.errors.line(with: "the gateway takes no samples")
        agent.send(SIGKILL)
        _ = try agent.end()
        agent = try self.agent(folder, port: port, key: key)
        desk = try ServedDesk(folder, arguments: [])
        agent.send(SIGTERM)
        _ = try agent.end()
        // The gateway came back on another port: the samples waited on the disk for it.
        agent = try self.agent(folder, port: desk.port, key: key)
        let before = try Deadline().ask("what waited") { () -> [String]? in
            let found = try seconds(desk)
            return found.count >= 6 ? found : nil
        }
        agent.send(SIGTERM)
        #expect(try agent.end() == .exit(0))
        let after = try seconds(desk)
        #expect(Set(before).isSubset(of: Set(after)))
        #expect(Set(after).count == after.count)
        let status = try desk.ask("GET", "/v1/hosts", token: desk.token)
        #expect(status.text.contains("\"name\":\"web-1\""))
        #expect(try desk.stop() == .exit(0))
    }

    @Test func `a wrong key is told, and what is sent wrongly says what would be right`() throws {
        let folder = try TemporaryFolder()
        let desk = try ServedDesk(folder)
        let agent = try agent(folder, port: desk.port, key: "wd_wrong")
        _ = try agent.errors.line(with: "the gateway takes no samples")
        agent.send(SIGTERM)
        #expect(try agent.end() == .exit(0))
        let without = try RunningProgram.run(["agent"], home: folder.path)
        #expect(without.ending == .exit(2) && without.errors.contains("give --url and --key"))
        let key = try key(desk)
        let future = try desk.ask(
            "POST", "/v1/hosts/web-2/samples", token: key,
            ["names": ["load.1"], "units": ["count"], "rows": [["at": "2100-01-01T00:00:00Z", "values": [1]]]])
        #expect(future.status == 422 && future.text.contains("ahead of the gateway's clock"))
        #expect(try desk.ask("GET", "/metrics", token: key).status == 403)
        #expect(try desk.stop() == .exit(0))
    }

    @Test func `the same batch twice is kept once, and Prometheus reads it`() throws {
        let folder = try TemporaryFolder()
        let desk = try ServedDesk(folder)
        let key = try key(desk)
        let now = Int64(Date().timeIntervalSince1970)
        let batch: JSONValue = [
            "names": ["disk.sda.read"], "units": ["bytes_per_second"],
            "rows": [["at": .string("\(now)"), "values": [42]]],
        ]
        for _ in 0..<2 {
            let kept = try desk.ask("POST", "/v1/hosts/web-1/samples", token: key, batch)
            #expect(kept.status == 200 && kept.json["kept"] == [.integer(now)])
        }
        // The gateway measures itself from its first whole second on.
        let metrics = try Deadline().ask("the gateway's own measures") { () -> HTTPConnection.Answer? in
            let answer = try desk.ask("GET", "/metrics", token: desk.token)
            return answer.text.contains("# TYPE watchdesk_gateway_connections gauge") ? answer : nil
        }
        #expect(metrics.status == 200)
        #expect(
            metrics.text.contains(#"watchdesk_disk_read_bytes_per_second{host="web-1",device="sda"} 42.0"#))
        #expect(try desk.stop() == .exit(0))
    }
}

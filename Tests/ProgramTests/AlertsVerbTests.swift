import Foundation
import JSON
import Testing

/// `watchdesk alerts` against a gateway, and alerts that come from outside of it.
@Suite(.serialized, .onOwnThread)
struct AlertsVerbTests {
    private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> RunningProgram.Outcome {
        try RunningProgram.run(["alerts"] + arguments + ["--data", "\(folder.path)/data"], home: folder.path)
    }

    @Test func `a rules file is checked with every fault and its line`() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write("good.yaml", "rules:\n  - {name: a, metric: cpu.busy, absent_for: 30s}\n")
        let bad = try folder.write(
            "bad.yaml",
            "rules:\n  - {name: a, metric: cpu.bussy, above: 1}\n  - {name: b, metric: cpu.busy, anomaly: x}\n")
        let fine = try RunningProgram.run(["alerts", "check", good], home: folder.path)
        #expect(fine.ending == .exit(0) && fine.output.contains("is right"), "\(fine)")
        let wrong = try RunningProgram.run(["alerts", "check", bad], home: folder.path)
        #expect(wrong.ending == .exit(1) && wrong.output.isEmpty)
        #expect(wrong.errors.contains("bad.yaml:2") && wrong.errors.contains("bad.yaml:3"), "\(wrong.errors)")
    }

    @Test func `an alert is raised, assigned, ended by hand and shown from the command line`() throws {
        let folder = try TemporaryFolder()
        try folder.write(".config/watchdesk/alerts.yaml", "starter: false\n")
        let desk = try ServedDesk(folder)
        let raised = try run(
            "raise", "backup-failed", "no space left", "--severity", "critical", "--label", "team=storage", in: folder)
        #expect(raised.ending == .exit(0) && raised.output == "Alert 1 fires: no space left\n", "\(raised)")
        #expect(try run("assign", "1", "ana", in: folder).output.contains("is assigned to ana"))
        let refused = try run("resolve", "1", "--note", " ", in: folder)
        #expect(refused.ending == .exit(1) && refused.errors.contains("note"), "\(refused)")
        #expect(try run("resolve", "1", "--note", "a test", in: folder).output.contains("is over"))
        let shown = try run("show", "1", in: folder).output
        for part in ["assigned to ana", "ended by", "team=storage", "alert.close", "a test"] {
            #expect(shown.contains(part), "\(part) is not in \(shown)")
        }
        let wrong = try run("raise", "two words", "x", in: folder)
        #expect(wrong.ending == .exit(1) && wrong.errors.contains("name"), "\(wrong)")
        #expect(try desk.stop() == .exit(0))
    }

    @Test func `Prometheus' alerts are taken as by an Alertmanager`() throws {
        let folder = try TemporaryFolder()
        try folder.write(".config/watchdesk/alerts.yaml", "starter: false\n")
        let desk = try ServedDesk(folder)
        let firing: JSONValue = [
            [
                "labels": [
                    "alertname": "HostDown", "instance": "db-1:9100", "severity": "page", "job": "node", "host": "x",
                ],
                "annotations": ["summary": "db-1 is down", "runbook_url": "https://r.example"],
                "startsAt": "2026-11-26T19:00:00.123456789Z", "endsAt": "0001-01-01T00:00:00Z",
            ]
        ]
        #expect(try desk.ask("POST", "/api/v2/alerts", firing).status == 401)
        #expect(try desk.ask("POST", "/api/v2/alerts", token: desk.token, firing).status == 200)
        #expect(try desk.ask("POST", "/api/v2/alerts", token: desk.token, firing).status == 200)
        let listed = try desk.ask("GET", "/v1/alerts", token: desk.token).json["items"]?.elements ?? []
        #expect(listed.count == 1, "the same again is the same")
        let alert = try #require(listed.first)
        #expect(alert["host"] == "db-1" && alert["severity"] == "critical" && alert["source"] == "alertmanager")
        #expect(alert["summary"] == "db-1 is down" && alert["runbook"] == "https://r.example")
        let labels = (alert["labels"]?.elements ?? []).map { "\($0["name"]?.text ?? "")=\($0["value"]?.text ?? "")" }
        #expect(labels == ["exported_host=x", "instance=db-1:9100", "job=node"])
        let over: JSONValue = [
            [
                "labels": [
                    "alertname": "HostDown", "instance": "db-1:9100", "severity": "page", "job": "node", "host": "x",
                ], "endsAt": "2026-11-26T19:00:05Z",
            ],
            ["labels": ["alertname": "NeverHeardOf"], "endsAt": "2026-11-26T19:00:05Z"],
        ]
        #expect(try desk.ask("POST", "/api/v2/alerts", token: desk.token, over).status == 200)
        let after = try desk.ask("GET", "/v1/alerts", token: desk.token).json["items"]?.elements ?? []
        #expect(after.count == 1 && after.first?["condition"] == "resolved")
        let wrong: JSONValue = [["labels": ["alername": "x"]], ["labels": ["alertname": "x"], "endsAt": "soon"]]
        let refusal = try desk.ask("POST", "/api/v2/alerts", token: desk.token, wrong)
        #expect(refusal.status == 422 && refusal.text.contains("0/labels/alertname"))
        #expect(refusal.text.contains("1/endsAt"))
        #expect(try desk.ask("POST", "/api/v2/alerts", token: desk.token, ["no": "list"]).status == 422)
        #expect(try desk.stop() == .exit(0))
    }
}

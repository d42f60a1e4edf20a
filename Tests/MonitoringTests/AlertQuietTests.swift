import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

/// What the rules file keeps quiet: maintenance windows and inhibitions.
struct AlertQuietTests {
    private let folder = AlertFolder()

    private func configuration(_ text: String) throws -> AlertConfiguration {
        try AlertRulesFile.read(Array(("starter: false\n" + text).utf8), file: "alerts.yaml")
    }

    @Test func `in a maintenance window an alert calls nobody, and calls when the window ends`() async throws {
        // The clock of the tests stands at 2026-11-23 01:00:00 UTC, a Monday, give or take: the window is around it.
        let clock = AlertClock()
        let minute = (clock.wall.milliseconds / 60_000) % 1440
        func time(_ offset: Int64) -> String {
            let at = (minute + offset + 1440) % 1440
            return "\(at / 60 < 10 ? "0" : "")\(at / 60):\(at % 60 < 10 ? "0" : "")\(at % 60)"
        }
        let text = """
            rules: [{name: cpu-busy, metric: cpu.busy, above: 90, for: 5s}]
            maintenance:
              - {name: backup, matchers: [rule=cpu-busy], from: "\(time(-10))", to: "\(time(2))", zone: UTC}
            """
        let scene = try await AlertScene(folder, configuration: try configuration(text), clock: clock)
        await scene.hold(95, seconds: 20)
        let alert = try #require(scene.listed.first)
        #expect(alert.condition == .firing && alert.suppression == .maintenance && alert.suppressedBy == "backup")
        #expect(try await scene.told().isEmpty)
        await scene.hold(95, seconds: 130)
        #expect(scene.listed.first?.suppression == Alert.Suppression.none)
        #expect(try await scene.told().map(\.reason) == [.fired])
    }

    @Test func `while one alert fires, those that the file names are quiet, but not on other hosts`() async throws {
        let text = """
            rules:
              - {name: down, metric: host.down, above: 0.5, severity: critical}
              - {name: busy, metric: cpu.busy, above: 90}
            inhibit:
              - {source: [rule=down], target: [severity=warning], equal: [host]}
            """
        let scene = try await AlertScene(
            folder,
            configuration: try AlertRulesFile.read(
                Array(("starter: false\n" + text).utf8), file: "alerts.yaml",
                metrics: KnownMetrics([("host.down", .count), ("cpu.busy", .percent)])),
            metrics: ["host.down", "cpu.busy"])
        await scene.take([1, 10])
        await scene.take([1, 95])
        await scene.take([0, 95], host: "other")
        await scene.take([1, 95])
        let busy = scene.listed.filter { $0.rule == "busy" }
        #expect(busy.first { $0.host == "desk-1" }?.suppression == .inhibited)
        #expect(busy.first { $0.host == "desk-1" }?.suppressedBy == "down")
        #expect(busy.first { $0.host == "other" }?.suppression == Alert.Suppression.none)
        await scene.take([0, 95])
        await scene.take([0, 95])
        #expect(scene.listed.filter { $0.rule == "busy" }.allSatisfy { $0.suppression == .none })
    }

    @Test func `faults of these parts are told together, each at its line`() {
        let text = """
            rules:
              - {name: a, metric: cpu.busy, absent_for: 1s}
              - {name: b, metric: gateway.failures, burn_rate: 14, objective: 200}
              - {name: c, metric: cpu.busy, anomaly: 5, above: 3}
              - {name: d, metric: cpu.busy, above: 1, labels: {host: x, 9a: y}, and: [{metric: cpu.bussy, above: 1}]}
            escalation: {critical: [5s]}
            inhibit: [{source: [severty=x], equal: [hots]}]
            maintenance: [{name: m, matchers: [], from: "25:00", to: "02:00", zone: Nowhere/There}]
            """
        do {
            _ = try configuration(text)
            Issue.record("it was taken")
        } catch {
            let said = "\(error)"
            for part in [
                "a duration from 5s", "needs `per`", "99.999", "beside `anomaly`", "every alert has `host`",
                "is no label",
                "cpu.busy`?", "1m", "did you mean `severity`?", "needs `target`", "did you mean `host`?",
                "needs `matchers`",
                "time of day", "no time zone",
            ] { #expect(said.contains(part), "\(part) is not in \(said)") }
        }
    }
}

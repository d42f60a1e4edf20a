import DeskAPI
import Testing
import Vocabulary
import YAML

@testable import Monitoring

struct AlertRulesFileTests {
    private func read(_ text: String) throws(YAMLFailure) -> [AlertRule] {
        try AlertRulesFile.read(Array(text.utf8), file: "alerts.yaml").rules
    }

    /// The faults of a text as `line: message`.
    private func faults(_ text: String) -> [String] {
        do throws(YAMLFailure) {
            let rules = try read(text)
            Issue.record("accepted: \(rules.map(\.name))")
            return []
        } catch {
            return error.faults.map { "\($0.position.line): \($0.message)" }
        }
    }

    @Test func `an empty file leaves the starter set`() throws {
        #expect(try read("") == AlertRule.starter)
        #expect(try read("# nothing yet\n") == AlertRule.starter)
    }

    @Test func `every field of a rule is read`() throws {
        let rules = try read(
            """
            starter: false
            rules:
              - name: load
                metric: load.5
                per: cpu.cores
                above: 2.5
                clear: 1
                for: 1m30s
                keep_firing_for: 45s
                severity: critical
                category: service
                summary: "{value} tasks, more than {threshold} for {for}"
                labels: {team: storage, tier: "1"}
                runbook: https://wiki.example/load
                escalate: [5m, 1h]
                and:
                  - {metric: cpu.busy, above: 50}
                  - {metric: memory.available, per: memory.total, below: 0.2}
              - name: room
                metric: fs.*.available
                below: 1e9
            """)
        let divisor = MetricPattern("cpu.cores")
        var load = AlertRule(
            "load", MetricPattern(exactly: "load.5"), per: divisor, threshold: 2.5, clear: 1,
            hold: .seconds(90), keepFiring: .seconds(45), severity: .critical, category: .service,
            summary: AlertSummary(ours: "{value} tasks, more than {threshold} for {for}"))
        load.labels = [AlertLabel("team", "storage"), AlertLabel("tier", "1")]
        load.runbook = "https://wiki.example/load"
        load.escalation = [.seconds(300), .seconds(3600)]
        load.others = [
            AlertCondition(metric: MetricPattern(exactly: "cpu.busy"), isAbove: true, threshold: 50),
            AlertCondition(
                metric: MetricPattern(exactly: "memory.available"), divisor: MetricPattern("memory.total"),
                isAbove: false, threshold: 0.2),
        ]
        #expect(rules.first == load)
        let room = try #require(rules.last)
        #expect(!room.firesAbove && room.threshold == 1e9 && room.clear == 1e9 && room.hold == .zero)
        #expect(room.category == .custom && room.severity == .warning)
    }

    @Test func `a rule of the same name replaces a starter rule, disable takes one away`() throws {
        let rules = try read(
            """
            disable: [swap-full]
            rules:
              - {name: cpu-busy, metric: cpu.busy, above: 50}
            """)
        #expect(rules.count == AlertRule.starter.count - 1)
        #expect(rules.filter { $0.name == "cpu-busy" }.map(\.threshold) == [50])
        #expect(!rules.contains { $0.name == "swap-full" })
    }

    @Test func `a metric of one device or of several pressures is known`() throws {
        let rules = try read(
            """
            starter: false
            rules:
              - {name: a, metric: fs./mnt/data.1.used_percent, above: 90}
              - {name: b, metric: pressure.*.some_avg10, above: 90}
              - {name: c, metric: net.eth0.100.errors, above: 1}
              - {name: d, metric: desk.oldest_wait, above: 1}
            """)
        #expect(rules.map(\.name) == ["a", "b", "c", "d"])
    }

    @Test func `everything that is wrong is told at once, with line and the name that was meant`() {
        let found = faults(
            """
            startr: true
            disable: [cpu-bussy]
            rules:
              - name: CPU busy
                metric: cpu.bussy
                above: 90
              - name: twice
                metric: load.1
                above: ninety
                for: 30
              - name: twice
                metric: "fs.*.*"
                above: 1
                below: 2
                severity: urgent
                summary: "{valu} of {device"
              - name: backwards
                metric: cpu.busy
                above: 80
                clear: 90
                keep_fireing_for: 10s
              - name: never
                metric: memory.used_percent
                above: 100
              - metric: load.1
              - just text
            """)
        let expected = [
            "1: unknown key `startr`, did you mean `starter`?",
            "2: there is no starter rule `cpu-bussy`, did you mean `cpu-busy`?",
            "4: `rules[0].name` is \"CPU busy\"; expected a name of 1 to 64 lower-case letters, digits and hyphens",
            "5: there is no metric `cpu.bussy`, did you mean `cpu.busy`?",
            "9: `rules[1].above` is \"ninety\"; expected a number",
            "10: `rules[1].for` is \"30\"; expected a duration from 0s to 7d, such as 30s, 5m or 1h30m",
            "11: there is already a rule `twice` in line 7",
            "12: `rules[2].metric` is \"fs.*.*\"; expected the name of a metric, with at most one * for its devices",
            "14: a rule has `above` or `below`, not both",
            "15: `rules[2].severity` is \"urgent\"; expected info, warning or critical",
            "16: {valu} means nothing here; did you mean {value}?",
            "20: `clear` must not be above the threshold, or the alert would end while the value is bad",
            "21: unknown key `keep_fireing_for`, did you mean `keep_firing_for`?",
            "24: `memory.used_percent` is a share from 0 to 100, so this can never fire",
            "25: `rules[5]` lacks `name` (a name of 1 to 64 lower-case letters, digits and hyphens)",
            "25: a rule needs `above` or `below` with a number",
            "26: `rules[6]` is \"just text\"; expected a mapping (name: value)",
        ]
        for line in expected { #expect(found.contains(line), "\(line)\nnot in\n\(found.joined(separator: "\n"))") }
        #expect(found.count == expected.count, "\(found.filter { !expected.contains($0) })")
    }

    @Test func `a metric that is like no other is answered with what there is`() {
        let found = faults("rules: [{name: a, metric: temperature.cpu, above: 1}]")
        let families =
            "assistant, cgroup, cpu, desk, disk, files, fs, gateway, load, memory, models, net, pressure, scrape, sensor, "
        #expect(
            found == [
                "1: there is no metric `temperature.cpu`, names begin with \(families)service, sockets, storage, swap, tasks, uptime"
            ])
    }

    @Test func `braces that do not close and stars without a device are refused`() {
        #expect(
            faults("rules: [{name: a, metric: load.1, above: 1, summary: 'x {value'}]")
                == ["1: a brace is left open; write {{ or }} for a brace itself"])
        #expect(
            faults("rules: [{name: a, metric: load.1, per: 'disk.*.busy', above: 1}]")
                == ["1: `per` has a * but `metric` has none, so its device is unknown"])
        #expect(
            faults("starter: false\ndisable: [cpu-busy]")
                == ["2: `disable` has nothing to disable, since `starter` is false"])
    }

    @Test func `a summary may hold braces and is harmless whatever a device is called`() throws {
        let rule = AlertRule(
            "a", MetricPattern(exactly: "fs.x"), threshold: 1, summary: AlertSummary(ours: "{{{device}}} {value}"))
        var alert = Alert()
        alert.unit = .percent
        alert.value = 97.25
        #expect(rule.summary.line(for: alert, device: "/mnt", rule: rule) == "{/mnt} 97.3 %")
        let hostile = rule.summary.line(for: alert, device: "a\u{1B}[31m\nb\u{202E}", rule: rule)
        #expect(!hostile.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
    }
}

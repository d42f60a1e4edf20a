import DeskAPI
import Foundation
import Testing
import Vocabulary
import YAML

@testable import Monitoring

struct AlertStarterTests {
    @Test func `every starter rule watches a metric that exists and has room to clear`() {
        for rule in AlertRule.starter {
            #expect(KnownMetrics.shipped.covers(rule.metric), "\(rule.name) watches \(rule.metric)")
            if let divisor = rule.divisor { #expect(KnownMetrics.shipped.covers(divisor), "\(divisor)") }
            #expect(rule.firesAbove ? rule.clear <= rule.threshold : rule.clear >= rule.threshold, "\(rule.name)")
            #expect(rule.measure != .value || rule.keepFiring > .zero, "\(rule.name) would flap")
        }
        #expect(Set(AlertRule.starter.map(\.name)).count == AlertRule.starter.count)
    }

    @Test func `a machine that idles has no alerts, one that is loaded has one within a minute`() {
        var book = AlertBook(AlertConfiguration())
        var clock = AlertClock()
        let idle: [String: (MetricUnit, Double)] = [
            "cpu.busy": (.percent, 4), "cpu.steal": (.percent, 3), "load.1": (.count, 1.2), "cpu.cores": (.count, 2),
            "memory.used_percent": (.percent, 60), "swap.used_percent": (.percent, 40),
            "pressure.cpu.some_avg10": (.percent, 9), "pressure.memory.full_avg10": (.percent, 0),
            "pressure.io.full_avg10": (.percent, 5), "fs./.used_percent": (.percent, 71),
            "fs./.available": (.bytes, 5e10), "fs./.inodes_used_percent": (.percent, 12), "fs./.stale": (.count, 0),
            "disk.vda.busy": (.percent, 30),
            "net.eth0.errors": (.perSecond, 0), "files.used_percent": (.percent, 1),
            "desk.oldest_wait": (.seconds, 20), "gateway.p95": (.milliseconds, 12),
            "gateway.failures": (.perSecond, 0), "gateway.requests": (.perSecond, 3),
            "sensor.cpu.temperature": (.celsius, 51), "memory.oom_kills": (.perSecond, 0),
            "service.shop.up": (.count, 1), "storage.commit": (.milliseconds, 4), "storage.failing": (.count, 0),
            "assistant.first_word_p95": (.milliseconds, 400), "assistant.error_percent": (.percent, 0),
        ]
        let names = idle.keys.sorted()
        let layout = MetricLayout(names: names, units: names.map { idle[$0]?.0 ?? .count })
        func second(busy: Double?) -> [AlertChange] {
            clock.pass(.seconds(1))
            let values = names.map { name in busy.flatMap { name == "cpu.busy" ? $0 : nil } ?? idle[name]?.1 ?? .nan }
            let snapshot = HostSnapshot(host: "desk-1", at: clock.wall, layout: layout, values: values)
            let changes = book.take(snapshot, at: clock.wall, monotonic: clock.monotonic).changes
            for change in changes { _ = book.settle(change, as: AlertStore.Number(id: ID(1))) }
            return changes
        }
        for _ in 0..<3600 { #expect(second(busy: nil).isEmpty) }
        #expect(second(busy: 100).flatMap(\.steps) == [.began])
        let later = (0..<59).flatMap { _ in second(busy: 100) }.flatMap(\.steps)
        #expect(later == [.fired])
        let calm = (0..<30).flatMap { _ in second(busy: nil) }.flatMap(\.steps)
        #expect(calm == [.receded, .resolved])
        #expect(book.open.isEmpty)
    }

    @Test func `the guide lists the starter rules as they are`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let guide = root.deletingLastPathComponent().appending(path: "docs/alerts.md")
        let rows = AlertRule.starter.map(row)
        if ProcessInfo.processInfo.environment["WATCHDESK_RECORD"] != nil {
            var lines = try String(contentsOf: guide, encoding: .utf8).components(separatedBy: "\n")
            let place = lines.firstIndex { $0.hasPrefix("| `") } ?? lines.endIndex
            lines.removeAll { $0.hasPrefix("| `") }
            lines.insert(contentsOf: rows, at: place)
            try lines.joined(separator: "\n").write(to: guide, atomically: true, encoding: .utf8)
        }
        let lines = try String(contentsOf: guide, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(
            lines.filter { $0.hasPrefix("| `") } == rows, "docs/alerts.md should say:\n\(rows.joined(separator: "\n"))")
    }

    private func row(_ rule: AlertRule) -> String {
        let unit = rule.measure.unit(of: KnownMetrics.shipped.unit(of: rule.metric) ?? .count)
        let plain = rule.divisor.map { "`\(rule.metric)` per `\($0)`" } ?? "`\(rule.metric)`"
        let metric =
            switch rule.measure {
            case .value: plain
            case .rate: "\(plain), change"
            case .timeLeft: "\(plain), time until empty"
            case .absence: "\(plain), time without a value"
            case .burn(_, let span, _): "\(plain), pace of the error budget over \(span.shorthand)"
            case .anomaly: "\(plain), distance from the usual"
            }
        let cells = [
            "`\(rule.name)`", metric, "\(rule.firesAbove ? "above" : "below") \(unit.text(rule.threshold))",
            "at \(unit.text(rule.clear))",
            rule.hold.shorthand, rule.keepFiring.shorthand, rule.severity.rawValue, rule.category.rawValue,
        ]
        return "| \(cells.joined(separator: " | ")) |"
    }
}

import DeskAPI
import Testing
import Vocabulary
import YAML

@testable import Monitoring

/// Rules that look at the course of a value.
@Suite struct ValueTrendTests {
    private func at(_ second: Double) -> Monotonic { Monotonic(nanoseconds: Int64(second * 1e9)) }

    /// A trend after a value each second.
    private func trend(over span: Int64, seconds: Int, _ value: (Double) -> Double) -> ValueTrend {
        var trend = ValueTrend(over: .seconds(span))
        for second in 0..<seconds { trend.take(value(Double(second)), at: at(Double(second))) }
        return trend
    }

    @Test(arguments: [-3.5, 0, 0.001, 12_000])
    func `a straight course has its slope, whatever it begins with`(_ slope: Double) throws {
        let found = try #require(trend(over: 600, seconds: 900) { 1e9 + slope * $0 }.slope())
        #expect(abs(found - slope) <= abs(slope) * 1e-6 + 1e-4)
    }

    @Test func `the line through the points is that of least squares over all values`() throws {
        var random = Seeded(5)
        for _ in 0..<50 {
            let slope = Double.random(in: -100...100, using: &random)
            let values = (0..<600).map { slope * Double($0) + Double.random(in: -50...50, using: &random) }
            let found = try #require(trend(over: 600, seconds: 600) { values[Int($0)] }.slope())
            let mean = values.reduce(0, +) / 600
            let above = values.indices.reduce(0) { $0 + (Double($1) - 299.5) * (values[$1] - mean) }
            let below = values.indices.reduce(0) { $0 + (Double($1) - 299.5) * (Double($1) - 299.5) }
            // Sixty points of six hundred: what they leave out is noise of a known size.
            #expect(abs(found - above / below) < 0.25)
        }
    }

    @Test func `before half of the time was seen there is no slope, and gaps leave no point`() {
        #expect(trend(over: 600, seconds: 290) { $0 }.slope() == nil)
        #expect(trend(over: 600, seconds: 320) { $0 }.slope() != nil)
        #expect(
            trend(over: 600, seconds: 900) { $0.truncatingRemainder(dividingBy: 2) == 0 ? .nan : $0 }.slope().map {
                abs($0 - 1) < 1e-6
            } == true)
        #expect(trend(over: 600, seconds: 900) { _ in .infinity }.slope() == nil)
    }

    @Test func `what fills up is told in time, and what has stopped is not`() throws {
        let filling = trend(over: 1800, seconds: 1800) { 1e9 - 1e5 * $0 }
        let left = try #require(AlertMeasure.timeLeft(over: .seconds(1800)).judged(1e9 - 1.8e8, filling, usual: nil))
        #expect(abs(left - 8200) < 50)
        let stopped = trend(over: 1800, seconds: 1800) { 1e9 - 1e5 * min($0, 1100) }
        #expect(AlertMeasure.timeLeft(over: .seconds(1800)).judged(8.9e8, stopped, usual: nil) == AlertMeasure.never)
        let growing = trend(over: 1800, seconds: 1800) { 1e9 + 1e5 * $0 }
        #expect(AlertMeasure.timeLeft(over: .seconds(1800)).judged(1e9, growing, usual: nil) == AlertMeasure.never)
    }

    @Test func `a disk that fills up fires while there is time, and clears when it stops`() {
        let rule = AlertRule.starter.first { $0.name == "disk-fills" }
        guard let rule else {
            Issue.record("there is no rule disk-fills")
            return
        }
        var book = AlertBook(AlertConfiguration(rules: [rule]))
        var clock = AlertClock()
        let layout = MetricLayout(names: ["fs./.available"], units: [.bytes])
        func run(_ seconds: Int, _ free: (Int) -> Double) -> [AlertStep] {
            (0..<seconds).flatMap { second -> [AlertStep] in
                clock.pass(.seconds(1))
                let snapshot = HostSnapshot(host: "a", at: clock.wall, layout: layout, values: [free(second)])
                let changes = book.take(snapshot, at: clock.wall, monotonic: clock.monotonic).changes
                for change in changes { _ = book.settle(change, as: AlertStore.Number(id: ID(1))) }
                return changes.flatMap(\.steps)
            }
        }
        #expect(run(3600) { _ in 50e9 }.isEmpty)
        // Forty megabytes a second: twenty minutes until it is full.
        let steps = run(1500) { 50e9 - 20e6 * Double($0) }
        #expect(steps == [.began, .fired])
        #expect(book.open.first?.unit == .seconds && (book.open.first?.value ?? 0) < 4 * 3600)
        #expect(run(2400) { _ in 20e9 }.contains(.resolved))
    }

    @Test func `rates and times that are left are read from the file, with their faults`() throws {
        func read(_ text: String) throws(YAMLFailure) -> [AlertRule] {
            try AlertRulesFile.read(Array("starter: false\nrules:\n\(text)\n".utf8), file: "alerts.yaml").rules
        }
        func fault(_ text: String) -> String {
            do throws(YAMLFailure) {
                return "accepted \(try read(text).count)"
            } catch {
                return error.faults.map(\.message.text).joined(separator: "; ")
            }
        }
        let filling = try #require(try read("  - {name: a, metric: fs.*.available, empty_within: 2h, over: 1h}").first)
        #expect(filling.measure == .timeLeft(over: .seconds(3600)) && !filling.firesAbove)
        #expect(filling.threshold == 7200 && filling.clear == 10_800)
        let rate = try #require(try read("  - {name: a, metric: memory.used, rate_over: 5m, above: 1e6}").first)
        #expect(rate.measure == .rate(over: .seconds(300)) && rate.threshold == 1e6)
        #expect(
            fault("  - {name: a, metric: fs.*.available, empty_within: 2h, above: 1}").contains(
                "`above` means nothing beside `empty_within`"))
        #expect(fault("  - {name: a, metric: memory.used, over: 5m, above: 1}").contains("belongs to `empty_within`"))
        #expect(fault("  - {name: a, metric: memory.used, rate_over: 5m}").contains("needs `above` or `below`"))
        #expect(fault("  - {name: a, metric: memory.used, rate_over: 1s, above: 1}").contains("a duration from 10s"))
        #expect(
            fault("  - {name: a, metric: memory.used, rate_over: 5m, empty_within: 2h}").contains("not both"))
    }

    @Test func `rules that do not change keep what was seen when others do`() {
        let rule = AlertRule(
            "grows", MetricPattern(exactly: "memory.used"), measure: .rate(over: .seconds(60)), threshold: 5)
        var book = AlertBook(AlertConfiguration(rules: [rule]))
        var clock = AlertClock()
        let layout = MetricLayout(names: ["memory.used"], units: [.bytes])
        func run(_ seconds: Int, from start: Int) -> [AlertStep] {
            (0..<seconds).flatMap { second -> [AlertStep] in
                clock.pass(.seconds(1))
                let values = [Double((start + second) * 10)]
                let snapshot = HostSnapshot(host: "a", at: clock.wall, layout: layout, values: values)
                let changes = book.take(snapshot, at: clock.wall, monotonic: clock.monotonic).changes
                for change in changes { _ = book.settle(change, as: AlertStore.Number(id: ID(1))) }
                return changes.flatMap(\.steps)
            }
        }
        #expect(run(25, from: 0).isEmpty)
        book.follow(AlertConfiguration(rules: [rule, .busy]))
        #expect(run(10, from: 25).contains(.fired))
    }
}

import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

/// Rules that judge something else than the newest value.
struct AlertKindTests {
    private func rules(_ text: String) throws -> AlertConfiguration {
        try AlertRulesFile.read(Array(("starter: false\n" + text).utf8), file: "alerts.yaml")
    }

    /// A book with its clock; each snapshot settles what it decided.
    private struct Bench {
        var book: AlertBook
        var clock = AlertClock()
        var number: Int64 = 0
        let layout: MetricLayout

        init(_ configuration: AlertConfiguration, _ metrics: [String]) {
            book = AlertBook(configuration)
            layout = MetricLayout(names: metrics, units: metrics.map { _ in .count })
        }

        mutating func take(
            _ values: [Double], host: String = "desk-1", after time: Duration = .seconds(1)
        ) -> [AlertStep] {
            clock.pass(time)
            let snapshot = HostSnapshot(host: host, at: clock.wall, layout: layout, values: values)
            let outcome = book.take(snapshot, at: clock.wall, monotonic: clock.monotonic)
            return outcome.changes.flatMap { change -> [AlertStep] in
                number += 1
                _ = book.settle(
                    change,
                    as: AlertStore.Number(id: change.base == nil ? ID(number) : change.after.alert?.id ?? ID(number)))
                return change.steps
            }
        }

        mutating func hold(_ values: [Double], seconds: Int, host: String = "desk-1") -> [AlertStep] {
            (0..<seconds).flatMap { _ in take(values, host: host) }
        }
    }

    @Test func `a value that stays away is told, a device that goes and a host that falls silent too`() throws {
        let configuration = try rules("rules: [{name: gone, metric: cpu.busy, absent_for: 30s}]")
        var bench = Bench(configuration, ["cpu.busy", "load.1"])
        #expect(bench.hold([.nan, 1], seconds: 100) == [], "it was never there")
        #expect(bench.hold([5, 1], seconds: 10) == [])
        #expect(bench.hold([.nan, 1], seconds: 29) == [])
        #expect(bench.hold([.nan, 1], seconds: 3) == [.began, .fired])
        #expect(bench.book.open.first?.summary.contains("has had no value for") == true)
        #expect(bench.take([5, 1]) == [.receded, .resolved])
        // The host says nothing any more, another one goes on.
        #expect(bench.hold([5, 1], seconds: 30, host: "other") == [])
        let steps = bench.hold([5, 1], seconds: 3, host: "other")
        #expect(steps == [.began, .fired] && bench.book.open.map(\.host) == ["desk-1"])
        #expect(bench.take([5, 1]) == [.receded, .resolved])
        // The device itself is no longer in the layout.
        let without = MetricLayout(names: ["load.1"], units: [.count])
        var fired: [AlertStep] = []
        for _ in 0..<40 {
            bench.clock.pass(.seconds(1))
            let snapshot = HostSnapshot(host: "desk-1", at: bench.clock.wall, layout: without, values: [1])
            let changes = bench.book.take(snapshot, at: bench.clock.wall, monotonic: bench.clock.monotonic).changes
            for change in changes { _ = bench.book.settle(change, as: AlertStore.Number(id: ID(77))) }
            fired += changes.filter { $0.subject.host == "desk-1" }.flatMap(\.steps)
        }
        #expect(fired == [.began, .fired])
    }

    @Test func `a host that was known before the start and says nothing is told of`() throws {
        let configuration = try rules("rules: [{name: silent, metric: cpu.busy, absent_for: 30s}]")
        var bench = Bench(configuration, ["cpu.busy"])
        let known = HostSnapshot(host: "db-1", at: bench.clock.wall, layout: bench.layout, values: [3])
        bench.book.expect([known], monotonic: bench.clock.monotonic)
        #expect(bench.hold([5], seconds: 30) == [])
        #expect(bench.hold([5], seconds: 3) == [.began, .fired])
        #expect(bench.book.open.map(\.host) == ["db-1"])
    }

    @Test func `an error budget that burns in both windows calls, one that has stopped does not`() throws {
        let configuration = try rules(
            "rules: [{name: budget, metric: gateway.failures, per: gateway.requests, burn_rate: 14.4, objective: 99.9, over: 1h}]"
        )
        var bench = Bench(configuration, ["gateway.failures", "gateway.requests"])
        #expect(bench.hold([0.01, 20], seconds: 3600) == [], "half of the budget's pace")
        // Two in a hundred fail: twenty times too fast, and after most of an hour it has used up enough.
        let steps = bench.hold([0.4, 20], seconds: 3600)
        #expect(steps.first == .began && steps.contains(.fired))
        #expect(bench.book.open.first?.value ?? 0 > 14.4)
        // The short window ends it within minutes of the cause.
        #expect(bench.hold([0, 20], seconds: 420).contains(.resolved))
    }

    @Test func `with too few tries an error budget says nothing`() throws {
        let configuration = try rules(
            "rules: [{name: budget, metric: gateway.failures, per: gateway.requests, burn_rate: 14.4, objective: 99.9}]"
        )
        var bench = Bench(configuration, ["gateway.failures", "gateway.requests"])
        #expect(bench.hold([0.01, 0.01], seconds: 1800) == [], "eighteen failures of eighteen tries")
        #expect(bench.hold([0, 0], seconds: 100) == [])
        #expect(bench.hold([0.05, 0.05], seconds: 1800).contains(.fired))
    }

    @Test func `what is unusual for the hour calls, and without earlier weeks nothing is`() throws {
        let configuration = try rules(
            "rules: [{name: odd, metric: gateway.requests, anomaly: 5, over: 60s, direction: below}]")
        var bench = Bench(configuration, ["gateway.requests"])
        #expect(bench.hold([0], seconds: 300) == [])
        let usual = try #require(AlertBaseline(of: [100, 104, 98, 101, 97]))
        #expect(usual.middle == 100 && abs(usual.spread - 5) < 0.01, "at least a twentieth of the middle")
        bench.book.follow(usual: ["desk-1": ["gateway.requests": usual]])
        #expect(
            bench.hold([100], seconds: 120) == [.began, .fired, .receded, .resolved], "the mean of what was before")
        #expect(bench.hold([200], seconds: 300) == [], "more than usual is not asked for")
        #expect(bench.hold([20], seconds: 120).contains(.fired))
        #expect(AlertBaseline(of: [1, 2, 3]) == nil)
        #expect(AlertBaseline(of: [0, 0, 0, 0])?.spread ?? 0 > 0)
    }

    @Test func `what is usual comes from the same hours of earlier weeks, and near a full hour from both`() throws {
        let week: Int64 = 7 * 86_400
        let nine: Int64 = 1_795_370_400 - 1_795_370_400 % 3600
        var means: [Int64: Double] = [:]
        for back in 1...8 as ClosedRange<Int64> {
            means[nine - back * week] = 100 + Double(back % 3)
            means[nine - 3600 - back * week] = 10
            // Other days of the week do not count.
            means[nine - 86_400 - back * week] = 5000
        }
        let hours = UsualHours(means: means)
        let middle = try #require(hours.baseline(at: Timestamp(milliseconds: (nine + 1800) * 1000)))
        #expect(middle.middle == 101 && middle.spread < 6)
        let early = try #require(hours.baseline(at: Timestamp(milliseconds: (nine + 60) * 1000)))
        #expect(early.spread > 20 && early.deviation(of: 100).magnitude < 2, "it may still be as it was at eight")
        #expect(hours.baseline(at: Timestamp(milliseconds: (nine + 7200) * 1000)) == nil)
        let few = UsualHours(means: means.filter { $0.key > nine - 4 * week })
        #expect(few.baseline(at: Timestamp(milliseconds: (nine + 1800) * 1000)) == nil, "three weeks are too few")
    }

    @Test func `a rule with other conditions calls only while all of them hold`() throws {
        let configuration = try rules(
            """
            rules:
              - name: both
                metric: fs.*.used_percent
                above: 90
                and: [{metric: fs.*.inodes_used_percent, above: 50}, {metric: cpu.busy, per: cpu.cores, below: 10}]
            """)
        var bench = Bench(configuration, ["fs./.used_percent", "fs./.inodes_used_percent", "cpu.busy", "cpu.cores"])
        #expect(bench.take([95, 40, 8, 2]) == [])
        #expect(bench.take([95, 60, 80, 2]) == [])
        #expect(bench.take([95, .nan, 8, 2]) == [], "not known is not so")
        #expect(bench.take([95, 60, 8, 2]) == [.began, .fired])
        #expect(bench.take([95, .nan, 8, 2]) == [], "not known changes nothing")
        #expect(bench.take([95, 60, 80, 2]) == [.receded, .resolved])
    }

    @Test func `what nothing is wrong with keeps no target`() throws {
        let configuration = try rules("rules: [{name: full, metric: fs.*.used_percent, above: 90}]")
        let names = (0..<500).map { "fs.d\($0).used_percent" }
        var bench = Bench(configuration, names)
        var values = names.map { _ in 10.0 }
        _ = bench.take(values)
        #expect(bench.book.watches[0].targets.isEmpty && bench.book.watches[0].lines.count == 500)
        values[7] = 99
        #expect(bench.take(values) == [.began, .fired])
        #expect(bench.book.watches[0].targets.count == 1)
        values[7] = 10
        #expect(bench.take(values) == [.receded, .resolved])
        for _ in 0..<1000 { _ = bench.take(values) }
        #expect(bench.book.watches[0].targets.isEmpty, "its flaps are forgotten")
        values[7] = 99
        #expect(bench.take(values) == [.began, .fired], "and it is watched all the same")
    }
}

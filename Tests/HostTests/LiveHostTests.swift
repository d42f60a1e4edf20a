import Foundation
import Testing
import Vocabulary

@testable import Host

@Suite struct LiveHostTests {
    @Test func `this machine's own files make sense`() throws {
        var sampler = Sampler()
        let start = Monotonic(nanoseconds: 1_000_000_000)
        let first = sampler.sample(at: Timestamp(milliseconds: 0), monotonic: start, boottime: start)
        #expect(try #require(first["memory.total"]) > 1e6)
        #expect(try #require(first["cpu.cores"]) >= 1)
        #expect(try #require(first["uptime"]) > 0)
        #expect(first.host.name != "unknown")
        spin(until: { ticks() > 0 })
        let later = start + .seconds(1)
        let second = sampler.sample(at: Timestamp(milliseconds: 1000), monotonic: later, boottime: later)
        #expect(first.layout === second.layout)
        for (metric, value) in zip(second.layout.metrics, second.values) where metric.unit == .percent {
            #expect(value.isNaN || (0...100).contains(value), "\(metric.name) is \(value)")
        }
    }

    @Test func `names are unique and in the catalogue`() {
        let names = MetricCatalogue.all.map(\.name)
        #expect(Set(names).count == names.count)
        var sampler = Sampler()
        let now = Monotonic(nanoseconds: 1)
        let sample = sampler.sample(at: Timestamp(milliseconds: 0), monotonic: now, boottime: now)
        let own = sample.layout.metrics.map(\.name)
        #expect(Set(own).count == own.count)
        for metric in sample.layout.metrics {
            #expect(MetricCatalogue.description(of: metric.name) == metric)
        }
    }

    @Test(arguments: [
        ("fs.*.used_percent", "fs./data.v2.used_percent", "/data.v2"), ("net.*.sent", "net.eth0.100.sent", "eth0.100"),
        ("cpu.core.*", "cpu.core.12", "12"), ("load.1", "load.1", ""), ("a*b*c", "a1b2c", "1"),
    ])
    func `a pattern finds its device`(pattern: String, name: String, device: String) {
        #expect(MetricPattern(pattern).device(in: name) == device)
    }

    @Test(arguments: [
        ("fs.*.used", "fs..used"), ("fs.*.used", "fs./.used_percent"), ("load.1", "load.15"),
        ("net.*.sent", "net.sent"),
        ("a*b*c", "abc"), ("*", ""),
    ])
    func `a pattern refuses what it does not stand for`(pattern: String, name: String) {
        #expect(!MetricPattern(pattern).matches(name))
    }

    /// The kernel counts in ticks of 10 ms: one must pass for there to be a share.
    private func ticks() -> Int {
        let spent = clock() / (CLOCKS_PER_SEC / 50)
        return Int(spent)
    }

    private func spin(until isDone: () -> Bool) {
        let deadline = Date().addingTimeInterval(5)
        while !isDone(), Date() < deadline { sched_yield() }
    }
}

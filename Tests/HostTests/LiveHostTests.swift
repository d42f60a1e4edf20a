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
            #expect(
                MetricCatalogue.all.contains { $0.unit == metric.unit && isLike($0.name, metric.name) }, "\(metric)")
        }
    }

    /// Whether a name is one of the catalogue's, in which `*` stands for a device.
    private func isLike(_ pattern: String, _ name: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return pattern == name }
        return name.hasPrefix(parts[0]) && name.hasSuffix(parts[1]) && name.count > pattern.count - 1
    }

    /// The kernel counts in ticks of 10 ms: one must pass for there to be a share.
    private func ticks() -> Int {
        let spent = clock() / (CLOCKS_PER_SEC / 50)
        return Int(spent)
    }

    private func spin(until isDone: () -> Bool) {
        let deadline = Date().addingTimeInterval(30)
        while !isDone(), Date() < deadline { sched_yield() }
    }
}

import DeskAPI
import Host
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct HostsTests {
    private let layout = SampleLayout([
        MetricDescription(name: "cpu.busy", unit: .percent, title: "Processors busy"),
        MetricDescription(name: "disk.read", unit: .bytesPerSecond, title: "Disks read"),
        MetricDescription(name: "fs./far.stale", unit: .flag, title: "/far does not answer"),
    ])

    private func sample(_ second: Int64, _ values: [Double], layout: SampleLayout? = nil) -> HostSample {
        HostSample(
            at: moment(second), host: HostIdentity(name: "desk-1", kernel: "6.1", boot: "b"),
            layout: layout ?? self.layout, values: values)
    }

    @Test func `a sample becomes what the desk knows, with what the gateway adds`() throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        let hosts = Hosts(history: history)
        let extra = MetricValue(name: "gateway.p95", unit: .milliseconds, value: 4.5)
        let taken = hosts.take(sample(100, [12, .nan, 1]), adding: [extra])
        #expect(taken.layout.names == ["cpu.busy", "disk.read", "fs./far.stale", "gateway.p95"])
        #expect(taken.layout.units == [.percent, .bytesPerSecond, .count, .milliseconds])
        #expect(taken["cpu.busy"] == 12)
        #expect(taken["disk.read"] == nil)
        #expect(taken["gateway.p95"] == 4.5)
        #expect(hosts.newest(of: "desk-1") == taken)
        history.close()
    }

    @Test func `samples of the same devices share one layout`() throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        let hosts = Hosts(history: history)
        let first = hosts.take(sample(100, [1, 2, 0]))
        #expect(hosts.take(sample(101, [1, 2, 0])).layout === first.layout)
        let other = SampleLayout([MetricDescription(name: "cpu.busy", unit: .percent, title: "Processors busy")])
        #expect(hosts.take(sample(102, [1], layout: other)).layout !== first.layout)
        history.close()
    }

    @Test func `a late sample of another host does not turn its clock back`() throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        let hosts = Hosts(history: history)
        #expect(hosts.take(snapshot(100, [1, 2], host: "web-1")))
        #expect(!hosts.take(snapshot(99, [5, 5], host: "web-1")))
        #expect(hosts.newest(of: "web-1")?["cpu.busy"] == 1)
        history.close()
    }

    @Test func `every unit of a sample has its counterpart`() {
        for unit in SampleUnit.allCases where unit != .flag { #expect(MetricUnit(rawValue: unit.rawValue) != nil) }
    }
}

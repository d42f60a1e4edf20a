import Testing
import Vocabulary

@testable import Host

@Suite struct SamplerTests {
    @Test func `a first sample knows levels and no rates`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        let sample = rig.sample()
        #expect(sample["memory.total"] == 16_303_428.0 * 1024)
        #expect(sample["load.5"] == 1.06)
        #expect(sample["cpu.cores"] == 8)
        #expect(sample["uptime"] == 90061.25)
        #expect(sample["tasks.running"] == 3)
        #expect(sample["pressure.io.some_avg10"] == 1.25)
        for rate in ["cpu.busy", "cpu.core.0", "disk.read", "disk.sda.read", "net.sent", "pressure.cpu.some"] {
            #expect(sample.layout.position(of: rate) != nil)
            #expect(sample[rate] == nil, "\(rate) needs two readings")
        }
        #expect(sample.host.name == "atelier")
        #expect(sample.host.kernel == "6.8.0-48-generic")
        #expect(!sample.isAfterGap)
    }

    @Test func `whole disks only: no partitions, mapped, loop or CD devices`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        #expect(
            rig.sample().names("disk.").filter { $0.hasSuffix(".read") } == [
                "disk.read", "disk.nvme0n1.read", "disk.sda.read",
            ])
    }

    @Test func `without a readable sys folder the usual names tell disks from partitions`() throws {
        let root = try TestRoot("server")
        var rig = Rig(root)
        #expect(
            rig.sample().names("disk.").filter { $0.hasSuffix(".busy") } == [
                "disk.busy", "disk.sda.busy", "disk.sdb.busy", "disk.cciss/c0d0.busy",
            ])
    }

    @Test func `rates follow the monotonic clock`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        _ = rig.sample()
        try root.replace("sda 2100 310 88123", with: "sda 2100 310 92123", in: "proc/diskstats")
        try root.replace("987654321", with: "987674321", in: "proc/net/dev")
        let sample = rig.sample(after: 2)
        #expect(sample["disk.sda.read"] == 4000.0 * 512 / 2)
        #expect(sample["disk.nvme0n1.read"] == 0)
        #expect(sample["disk.read"] == 4000.0 * 512 / 2)
        #expect(sample["net.enp0s31f6.received"] == 10_000)
        #expect(sample["net.received"] == 10_000)
        #expect(sample["net.sent"] == 0)
    }

    @Test func `network totals count hardware once`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        #expect(
            rig.sample().names("net.").filter { $0.hasSuffix(".sent") } == [
                "net.sent", "net.enp0s31f6.sent", "net.wlan0.sent",
            ])
        var all = Rig(root, interfaces: .all)
        let taken1 = all.sample()
        #expect(taken1.names("net.veth1a2b3c4.").count == 6)
        let taken2 = all.sample()
        #expect(taken2.names("net.lo.").isEmpty)
    }

    @Test func `in a container the virtual card is the one that counts`() throws {
        let root = try TestRoot("container")
        var rig = Rig(root)
        let taken3 = rig.sample()
        #expect(taken3.names("net.eth0.").count == 6)
    }

    @Test func `a layout is one object until a device comes or goes`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        let first = rig.sample()
        let second = rig.sample()
        #expect(first.layout === second.layout)
        try root.write("proc/diskstats", root.read("proc/diskstats") + "   8      16 sdb 1 0 8 1 1 0 8 1 0 1 1\n")
        let third = rig.sample()
        #expect(third.layout !== second.layout)
        #expect(third.values.count == second.values.count + DeviceMetrics.disks.count)
        #expect(third["disk.sdb.read"] == nil)
        let taken4 = rig.sample()
        #expect(taken4["disk.sdb.read"] == 0)
    }

    @Test func `processors are known by number when some go off`() throws {
        let root = try TestRoot("server")
        var rig = Rig(root)
        let first = rig.sample()
        #expect(first.names("cpu.core.") == [0, 1, 2, 3, 8, 9, 10, 11, 130].map { "cpu.core.\($0)" })
        try root.replace("cpu3 100 0 10 1000", with: "cpu3 200 0 10 1000", in: "proc/stat")
        try root.replace("cpu2 100 0 10 1000 1 0 0 0 44 0\n", with: "", in: "proc/stat")
        let second = rig.sample()
        #expect(second["cpu.cores"] == 8)
        #expect(second["cpu.core.3"] == 100)
        #expect(second["cpu.core.2"] == nil)
        #expect(second["cpu.core.8"] == nil, "no tick passed")
    }

    @Test func `a processor that comes back has no rate in its first second`() throws {
        let root = try TestRoot("server")
        var rig = Rig(root)
        let line = "cpu2 100 0 10 1000 1 0 0 0 44 0\n"
        try root.replace(line, with: "", in: "proc/stat")
        _ = rig.sample()
        try root.replace("cpu3", with: line + "cpu3", in: "proc/stat")
        let taken5 = rig.sample()
        #expect(taken5["cpu.core.2"] == nil)
        try root.replace("cpu2 100", with: "cpu2 150", in: "proc/stat")
        let taken6 = rig.sample()
        #expect(taken6["cpu.core.2"] == 100)
    }

    @Test func `a suspended machine leaves a gap, not a spike`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        _ = rig.sample()
        _ = rig.sample()
        let asleep = rig.sample(after: 1, asleep: 3600)
        #expect(asleep.isAfterGap)
        #expect(asleep["net.received"] == nil)
        #expect(asleep["memory.total"] != nil)
        let awake = rig.sample()
        #expect(!awake.isAfterGap)
        #expect(awake["net.received"] == 0)
    }

    @Test func `a stopped program leaves a gap`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        _ = rig.sample()
        let taken7 = rig.sample(after: 60)
        #expect(taken7.isAfterGap)
        let taken8 = rig.sample(after: 29)
        #expect(taken8["net.received"] == 0)
    }

    @Test func `two samples at one moment divide nothing by zero`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        _ = rig.sample()
        let sample = rig.sample(after: 0)
        #expect(sample["net.received"] == nil)
        #expect(!sample.values.contains { $0.isInfinite })
    }

    @Test func `a card whose counters start again loses one sample and no more`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        _ = rig.sample()
        try root.replace("987654321", with: "1000", in: "proc/net/dev")
        let reset = rig.sample()
        #expect(reset["net.enp0s31f6.received"] == nil)
        #expect(reset["net.received"] == nil, "a total without a part is not the total")
        #expect(reset["net.sent"] == 0)
        try root.replace(" 1000 ", with: " 3000 ", in: "proc/net/dev")
        let taken9 = rig.sample()
        #expect(taken9["net.received"] == 2000)
    }
}

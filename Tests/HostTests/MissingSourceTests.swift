import Foundation
import Testing
import Vocabulary

@testable import Host

@Suite struct MissingSourceTests {
    @Test func `an empty root gives unknown values and no zeros`() throws {
        let root = try TestRoot()
        var rig = Rig(root)
        for _ in 0..<3 {
            let sample = rig.sample()
            #expect(sample.values.allSatisfy { $0.isNaN })
            #expect(sample.values.count == HostMetrics.all.count)
            #expect(sample.host == HostIdentity(name: "unknown", kernel: "", boot: ""))
        }
    }

    @Test func `a kernel without pressure says so`() throws {
        let root = try TestRoot("server")
        var rig = Rig(root)
        _ = rig.sample()
        let taken1 = rig.sample()
        #expect(taken1["pressure.cpu.some"] == nil)
        let taken2 = rig.sample()
        #expect(taken2["sockets.tcp"] == nil)
        let taken3 = rig.sample()
        #expect(taken3["load.1"] == 12)
    }

    @Test(
        arguments: ["proc/stat", "proc/diskstats", "proc/net/dev", "proc/meminfo"], ["", "\0\0\0", "cpu", "garbage\n"])
    func `a file that turns empty or to garbage takes only its own values, and only while it lasts`(
        file: String, content: String
    ) throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        let whole = rig.sample()
        let text = try root.read(file)
        try root.write(file, content)
        let broken = rig.sample()
        #expect(broken["load.1"] == 0.52)
        #expect(!broken.values.contains(.infinity))
        try root.write(file, text)
        _ = rig.sample()
        let mended = rig.sample()
        #expect(mended.layout.metrics == whole.layout.metrics)
        #expect(mended["memory.total"] == whole["memory.total"])
        #expect(mended["net.received"] == 0)
        #expect(mended["disk.read"] == 0)
    }

    @Test func `a file that appears later is found`() throws {
        let root = try TestRoot("server")
        var rig = Rig(root)
        _ = rig.sample()
        try root.write("proc/pressure/cpu", "some avg10=1.00 avg60=0.49 avg300=0.52 total=100\n")
        let taken4 = rig.sample()
        #expect(taken4["pressure.cpu.some_avg10"] == 1)
        try root.write("proc/pressure/cpu", "some avg10=1.00 avg60=0.49 avg300=0.52 total=500100\n")
        let taken5 = rig.sample()
        #expect(taken5["pressure.cpu.some"] == 50)
    }

    @Test func `a file cut off in any place gives the values of its whole lines or none`() throws {
        let root = try TestRoot("workstation")
        let stat = try root.read("proc/stat")
        var buffer = ReadBuffer()
        for length in stride(from: 0, to: 400, by: 3) {
            try root.write("proc/stat", String(stat.prefix(length)))
            let isRead = KeptFile(root.path + "/proc/stat").read(into: &buffer)
            #expect(isRead)
            var cores = DeviceTable<CPUTimes>()
            let parsed = ProcStat.parse(buffer.bytes.span.extracting(0..<buffer.count), cores: &cores)
            #expect(parsed.total == nil || parsed.total?.softirq == 1290)
            #expect(cores.rows.allSatisfy { $0.now.softirq == 161 })
        }
    }

    @Test func `a file larger than any the kernel writes is refused, not swallowed`() throws {
        let root = try TestRoot()
        try root.write("proc/loadavg", Data(repeating: UInt8(ascii: " "), count: KeptFile.limit + 1))
        var buffer = ReadBuffer()
        let isRead = KeptFile(root.path + "/proc/loadavg").read(into: &buffer)
        #expect(!isRead)
        #expect(buffer.bytes.count <= KeptFile.limit)
    }

    @Test func `long files are read to their end`() throws {
        let root = try TestRoot()
        try root.write("big", String(repeating: "0123456789\n", count: 50_000))
        var buffer = ReadBuffer()
        let file = KeptFile(root.path + "/big")
        for _ in 0..<2 {
            let isRead = file.read(into: &buffer)
            #expect(isRead && buffer.count == 550_000)
        }
    }
}

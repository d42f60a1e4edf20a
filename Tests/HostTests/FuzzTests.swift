import Foundation
import Testing

@testable import Host

@Suite struct FuzzTests {
    /// Feeds bytes to every parser; the test is that the process is still there, and the few things that always hold.
    private func feedAll(_ bytes: [UInt8]) {
        let span = bytes.span
        var cores = DeviceTable<CPUTimes>()
        var disks = DeviceTable<DiskCounters>()
        var interfaces = DeviceTable<InterfaceCounters>()
        for _ in 0..<2 {
            _ = ProcStat.parse(span, cores: &cores)
            DiskCounters.parse(span, into: &disks) { _, _, _ in true }
            InterfaceCounters.parse(span, into: &interfaces) { _ in true }
        }
        for row in cores.rows where row.before != nil { #expect(row.before == row.now) }
        for mount in Mount.parse(span) { #expect(!mount.point.isEmpty && !mount.type.isEmpty) }
        if let memory = MemoryInfo.parse(span), let used = memory.used { #expect(used <= memory.total) }
        if let load = LoadAverage.parse(span) { #expect(load.one.isFinite && load.one >= 0) }
        if let pressure = Pressure.parse(span)?.some { #expect(pressure.average10.isFinite) }
        _ = FileHandles.parse(span)
        _ = SocketCounts.parse(span)
        _ = Uptime.parse(span)
        _ = PagingCounters.parse(span)
        #expect(ProcessorClocks.parse(span).allSatisfy { $0.isFinite && $0 > 0 })
        _ = ControlGroup.parse(span)
        _ = ControlFile.processors(span)
    }

    @Test(arguments: 0..<40)
    func `random bytes never end the process`(seed: Int) {
        var random = Seeded(UInt64(seed))
        for _ in 0..<40 {
            let count = Int.random(in: 0...600, using: &random)
            feedAll((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    @Test(arguments: 0..<40)
    func `real files with bytes changed, cut and doubled never end the process`(seed: Int) throws {
        var random = Seeded(UInt64(seed) &+ 1000)
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/workstation/proc")
        let names = [
            "stat", "diskstats", "net/dev", "meminfo", "loadavg", "pressure/io", "self/mountinfo", "self/cgroup",
        ]
        for name in names {
            var bytes = Array(try Data(contentsOf: root.appending(path: name)))
            for _ in 0..<Int.random(in: 1...30, using: &random) { mutate(&bytes, &random) }
            feedAll(bytes)
        }
    }

    @Test(arguments: 0..<10)
    func `a sampler on a garbage tree gives finite numbers or nothing`(seed: Int) throws {
        var random = Seeded(UInt64(seed) &+ 5000)
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        let names = ["stat", "diskstats", "net/dev", "meminfo", "loadavg", "pressure/io", "uptime", "self/mountinfo"]
        for _ in 0..<10 {
            let name = try #require(names.randomElement(using: &random))
            var bytes = Array(try root.read("proc/" + name).utf8)
            for _ in 0..<5 { mutate(&bytes, &random) }
            try root.write("proc/" + name, String(decoding: bytes, as: UTF8.self))
            let sample = rig.sample(after: 31.0 / 10)
            #expect(sample.values.allSatisfy { $0.isNaN || ($0.isFinite && $0 >= 0) })
            for (metric, value) in zip(sample.layout.metrics, sample.values) where metric.unit == .percent {
                #expect(
                    value.isNaN || value <= 100 || metric.name.hasPrefix("cgroup") || metric.name.hasPrefix("pressure"))
            }
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(UInt8(ascii: "9"), at: index)
        case 3: bytes.insert(10, at: index)
        default: bytes.removeSubrange(index..<min(bytes.count, index + 8))
        }
    }
}

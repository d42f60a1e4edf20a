import DeskAPI
import Testing

@testable import Monitoring

struct AlertTextTests {
    @Test func `values are said as people say them`() {
        let said: [(MetricUnit, Double, String)] = [
            (.percent, 97.25, "97.3 %"), (.percent, 100, "100 %"), (.percent, 0.04, "0.1 %"), (.percent, 0, "0 %"),
            (.percent, -3.25, "-3.3 %"), (.percent, -0.01, "-0.1 %"), (.count, 99.96, "100"),
            (.count, 12_345.6, "12346"),
            (.bytes, 1023, "1023 B"), (.bytes, 1024, "1 KiB"), (.bytes, 3.5 * 1_073_741_824, "3.5 GiB"),
            (.bytesPerSecond, 1536, "1.5 KiB/s"), (.perSecond, 0.5, "0.5/s"), (.milliseconds, 12.34, "12.3 ms"),
            (.seconds, 12.5, "12.5 s"), (.seconds, 125.7, "2m5s"), (.seconds, 90_000, "1d1h"),
            (.hertz, 3_200_000_000, "3.2 GHz"), (.celsius, 71, "71 °C"), (.count, .nan, "n/a"),
            (.count, 1e300, "1e+300"),
            (.seconds, .infinity, "inf s"), (.bytes, .infinity, "inf PiB"),
        ]
        for (unit, value, text) in said { #expect(unit.text(value) == text) }
    }

    @Test func `a pattern names one metric or that of every device`() throws {
        let disks = try #require(MetricPattern("fs.*.used_percent"))
        #expect(disks.device(in: "fs./.used_percent") == "/")
        #expect(disks.device(in: "fs./mnt/a.b.used_percent") == "/mnt/a.b")
        #expect(disks.device(in: "fs.used_percent") == nil)
        #expect(disks.device(in: "fs..used_percent") == nil, "a device has a name")
        #expect(disks.device(in: "fs./.inodes_used_percent") == nil)
        #expect(disks.name(for: "/home") == "fs./home.used_percent")
        #expect(MetricPattern("cpu.busy")?.device(in: "cpu.busy") == "")
        #expect(MetricPattern("cpu.busy")?.device(in: "cpu.busy2") == nil)
        #expect(MetricPattern(exactly: "a*b").device(in: "axb") == nil)
        for bad in ["", "a b", "fs.*.*", String(repeating: "a", count: 201)] { #expect(MetricPattern(bad) == nil) }
    }
}

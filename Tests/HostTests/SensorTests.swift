import Foundation
import Testing
import Vocabulary

@testable import Host

@Suite struct SensorTests {
    /// A machine with two disks of one kind, a processor with a broken contact, and a graphics card that sleeps.
    private func machine() throws -> TestRoot {
        let root = try TestRoot("workstation")
        let chips = "sys/class/hwmon/"
        for (file, text) in [
            ("hwmon0/name", "coretemp"), ("hwmon0/temp1_input", "54000"), ("hwmon0/temp1_label", "Package id 0"),
            ("hwmon0/temp2_input", "51000"), ("hwmon0/temp2_label", "Core 0"), ("hwmon0/temp10_input", "52500"),
            ("hwmon0/temp10_label", "Core 8"), ("hwmon0/temp3_input", "127000"), ("hwmon0/temp3_fault", "1"),
            ("hwmon0/temp4_input", "-128000"), ("hwmon0/fan1_input", "1200"),
            ("hwmon1/name", "nvme"), ("hwmon1/temp1_input", "38850"), ("hwmon1/temp1_label", "Composite"),
            ("hwmon2/name", "nvme"), ("hwmon2/temp1_input", "41850"), ("hwmon2/temp1_label", "Composite"),
            ("hwmon10/name", "amd\u{1b}gpu"), ("hwmon10/temp1_input", "91000"),
            ("hwmon10/device/power/runtime_status", "suspended"),
        ] {
            try root.write(chips + file, text + "\n")
        }
        return root
    }

    @Test func `thermometers are read in their order, each with a name of its own`() throws {
        let root = try machine()
        let read = Thermometers(root: root.path).read()
        #expect(
            read.map(\.label) == [
                "coretemp Package id 0", "coretemp Core 0", "coretemp temp3", "coretemp temp4", "coretemp Core 8",
                "nvme Composite", "nvme Composite 2", "amd␛gpu temp1",
            ])
        #expect(read.map(\.celsius) == [54, 51, nil, nil, 52.5, 38.85, 41.85, nil])
        #expect(SensorReading(thermometers: read).hottest == 54)
    }

    @Test func `without chips the thermal zones count`() throws {
        let root = try TestRoot("server")
        try root.write("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n")
        try root.write("sys/class/thermal/thermal_zone0/temp", "48312\n")
        try root.write("sys/class/thermal/cooling_device0/type", "Fan\n")
        let read = Thermometers(root: root.path).read()
        #expect(read == [SensorReading.Thermometer(label: "cpu-thermal", celsius: 48.312)])
    }

    @Test func `labels that look like a counted one stay apart`() {
        let same = ["a", "a", "a 2", "a"].map { SensorReading.Thermometer(label: $0, celsius: nil) }
        #expect(Thermometers.numbered(same).map(\.label) == ["a", "a 2", "a 2 2", "a 3"])
    }

    @Test func `the clock is the mean over the processors that tell theirs`() throws {
        let root = try TestRoot("workstation")
        var buffer = ReadBuffer()
        #expect(ProcessorClocks(root: root.path).mean(&buffer) == nil)
        try root.write("proc/cpuinfo", "processor\t: 0\ncpu MHz\t\t: 2394.500\n\nprocessor\t: 1\ncpu MHz\t\t: 1605.5\n")
        #expect(ProcessorClocks(root: root.path).mean(&buffer) == 2_000_000_000)
        try root.write("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "3000000\n")
        try root.write("sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "1000000\n")
        try root.write("sys/devices/system/cpu/cpu2/cpufreq/scaling_cur_freq", "<unknown>\n")
        try root.write("sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq", "9000000\n")
        #expect(ProcessorClocks(root: root.path).mean(&buffer) == 2_000_000_000)
    }

    @Test func `a sample takes the newest answer of the sensors and never waits for it`() throws {
        let root = try machine()
        var rig = Rig(root)
        let hot = try sample(of: &rig) { $0["sensor.temperature"] == 54 }
        #expect(hot["sensor.nvme Composite 2.temperature"] == 41.85)
        #expect(hot["sensor.coretemp temp3.temperature"] == nil)
        #expect(hot.names("sensor.").count == 9)
        try root.write("sys/class/hwmon/hwmon0/temp1_input", "97000\n")
        let hotter = try sample(of: &rig) { $0["sensor.temperature"] == 97 }
        #expect(hotter.layout === hot.layout)
    }

    /// Samples until one is as it must become.
    private func sample(of rig: inout Rig, until isReached: (HostSample) -> Bool) throws -> HostSample {
        let deadline = Date().addingTimeInterval(30)
        while Date() < deadline {
            let sample = rig.sample()
            if isReached(sample) { return sample }
            sched_yield()
        }
        throw NeverSo()
    }

    private struct NeverSo: Error {}

    @Test func `a host without sensors has no thread for them`() throws {
        let root = try TestRoot("server")
        var table = SensorTable(root: root.path)
        for second in 0..<200 { table.refresh(at: Monotonic(nanoseconds: Int64(second) * 1_000_000_000)) }
        #expect(table.labels.isEmpty && table.version == 0 && table.reading == SensorReading())
    }

    @Test func `paging is told as rates, and what the kernel does not count stays unknown`() throws {
        let root = try TestRoot("workstation")
        try root.write("proc/vmstat", "nr_free_pages 1\npgmajfault 10\npswpin 100\npswpout 7\noom_kill 3\n")
        var rig = Rig(root)
        _ = rig.sample()
        try root.write("proc/vmstat", "nr_free_pages 1\npgmajfault 30\npswpin 300\npswpout 7\noom_kill 5\n")
        let sample = rig.sample(after: 2)
        #expect(sample["swap.in"] == 100 * Paths.page && sample["swap.out"] == 0)
        #expect(sample["memory.major_faults"] == 10 && sample["memory.oom_kills"] == 1)
        try root.write("proc/vmstat", "pgmajfault 31\npswpin 1\n")
        let less = rig.sample()
        #expect(less["swap.in"] == nil, "the counter ran backwards")
        #expect(less["memory.oom_kills"] == nil && less["memory.major_faults"] == 1)
    }
}

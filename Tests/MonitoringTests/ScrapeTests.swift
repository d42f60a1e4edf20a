import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct ScrapeTests {
    private let now = moment(HistoryFolder.start)

    private func page(_ scale: Double, cpu: Double = 1) -> [UInt8] {
        Array(
            """
            # HELP node_cpu_seconds_total Seconds the CPUs spent in each mode.
            # TYPE node_cpu_seconds_total counter
            node_cpu_seconds_total{cpu="0",mode="idle"} \(100 + 6 * cpu)
            node_cpu_seconds_total{cpu="0",mode="user"} \(50 + 3 * cpu)
            node_cpu_seconds_total{cpu="0",mode="iowait"} \(1 + cpu)
            node_memory_MemTotal_bytes 1e+09
            node_memory_MemAvailable_bytes 2.5e+08
            node_memory_SwapTotal_bytes 0
            node_load1 0.71
            node_boot_time_seconds 1.7e+09
            node_time_seconds 1700000600
            node_disk_read_bytes_total{device="sda"} \(1000 * scale)
            node_disk_reads_completed_total{device="sda"} \(10 * scale)
            node_disk_read_time_seconds_total{device="sda"} \(0.05 * scale)
            node_disk_read_bytes_total{device="dm-0"} 5
            node_network_receive_bytes_total{device="eth0"} \(2000 * scale)
            node_network_receive_bytes_total{device="lo"} 7
            node_filesystem_size_bytes{device="/dev/sda1",fstype="ext4",mountpoint="/"} 1000
            node_filesystem_free_bytes{device="/dev/sda1",fstype="ext4",mountpoint="/"} 400
            node_filesystem_avail_bytes{device="/dev/sda1",fstype="ext4",mountpoint="/"} 300
            node_filesystem_size_bytes{device="tmpfs",fstype="tmpfs",mountpoint="/run"} 1000
            node_vmstat_pswpin \(50 * scale)
            node_vmstat_oom_kill 2
            node_cpu_scaling_frequency_hertz{cpu="0"} 3e+09
            node_cpu_scaling_frequency_hertz{cpu="1"} 1e+09
            node_hwmon_sensor_label{chip="coretemp_0",sensor="temp1",label="Package id 0"} 1
            node_hwmon_temp_celsius{chip="coretemp_0",sensor="temp1"} 54
            node_hwmon_temp_celsius{chip="nvme_nvme0",sensor="temp1"} 41
            node_hwmon_temp_celsius{chip="nvme_nvme1",sensor="temp\u{7}"} 99
            go_goroutines 7

            """.utf8)
    }

    private func second(_ seconds: Double) -> Monotonic { Monotonic(nanoseconds: Int64(seconds * 1e9)) }

    @Test func `an exporter's page becomes our metrics, with rates by the time between two pages`() throws {
        var track = NodeTrack(host: "db1")
        let firstPage = track.take(page(1), at: now, monotonic: second(0))
        let first = try #require(firstPage)
        #expect(first["scrape.up"] == 1 && first["cpu.busy"] == nil && first["disk.sda.read"] == nil)
        #expect(first["memory.used_percent"] == 75 && first["uptime"] == 600 && first["load.1"] == 0.71)
        let nextPage = track.take(page(3, cpu: 2), at: now + .seconds(10), monotonic: second(10))
        let next = try #require(nextPage)
        #expect(next.layout === first.layout)
        #expect(abs((next["cpu.busy"] ?? 0) - 30) < 1e-9 && abs((next["cpu.core.0"] ?? 0) - 30) < 1e-9)
        #expect(next["disk.sda.read"] == 200 && abs((next["disk.sda.read_latency"] ?? 0) - 5) < 1e-9)
        #expect(next["net.eth0.received"] == 400)
        #expect(next["fs./.used"] == 600 && next["fs./.available"] == 300)
        #expect(next.layout.names.allSatisfy { !$0.contains("dm-0") && !$0.contains(".lo.") && !$0.contains("/run") })
        #expect(next["swap.used_percent"] == nil)
        #expect(next["swap.in"] == 10 * 4096 && next["memory.oom_kills"] == 0 && next["swap.out"] == nil)
        #expect(next["cpu.frequency"] == 2e9 && next["sensor.temperature"] == 54)
        #expect(next["sensor.coretemp_0 Package id 0.temperature"] == 54)
        #expect(next["sensor.nvme_nvme0 temp1.temperature"] == 41)
    }

    @Test func `a counter that begins anew is a gap, and so is a long silence`() throws {
        var track = NodeTrack(host: "db1")
        _ = track.take(page(3), at: now, monotonic: second(0))
        let resetPage = track.take(page(1), at: now, monotonic: second(10))
        let reset = try #require(resetPage)
        #expect(reset["disk.sda.read"] == nil && reset["net.eth0.received"] == nil)
        let silencePage = track.take(page(9), at: now, monotonic: second(400))
        let silence = try #require(silencePage)
        #expect(silence["disk.sda.read"] == nil)
    }

    @Test func `a target that does not answer is down, and everything else is not known`() throws {
        var track = NodeTrack(host: "db1")
        #expect(track.missed(at: now).layout.names == ["scrape.up"])
        let upPage = track.take(page(1), at: now, monotonic: second(0))
        let up = try #require(upPage)
        let down = track.missed(at: now)
        #expect(down.layout === up.layout && down["scrape.up"] == 0 && down["load.1"] == nil)
    }

    @Test(arguments: ["", "<html><body>404</body></html>", "{\"a\":1}", "# only\n# comments\n", "go_goroutines 7\n"])
    func `what is no page of an exporter is refused`(text: String) {
        var track = NodeTrack(host: "db1")
        let taken = track.take(Array(text.utf8), at: now, monotonic: second(0))
        #expect(taken == nil)
    }

    @Test(arguments: [
        (#"a{b="c",d="e"} 1"#, #"["b": "c", "d": "e"]"#),
        (#"a { b = "x\"\\\n" , } 2e3 1700000000000"#, #"["b": "x\"\\\n"]"#),
        ("a 1 # {trace=\"1\"} 1", "[:]"), ("  a\t+Inf\r", "[:]"),
    ])
    func `labels and values are read as the format allows`(line: String, labels: String) throws {
        let reader = try #require(ExpositionReader(Array(line.utf8)))
        #expect(reader.wrong == 0 && reader.samples.count == 1)
        #expect(
            String(describing: reader.samples[0].labels.sorted { $0.key < $1.key }.map { "\($0): \($1)" }).isEmpty
                == false)
        #expect(reader.samples[0].labels.isEmpty == (labels == "[:]"))
    }

    @Test func `lines that are wrong cost only themselves`() throws {
        let text =
            "a 1\nb{c=\"d} 2\n1x 3\nd nine\ne{f=g} 1\nf{\(String(repeating: "x", count: 9000))=\"1\"} 1\nb 2\nc 3\nd 4\ne 5\n"
        let reader = try #require(ExpositionReader(Array(text.utf8)))
        #expect(reader.samples.map(\.name) == ["a", "b", "c", "d", "e"] && reader.wrong == 5)
    }

    @Test func `hostile labels make no device`() throws {
        var track = NodeTrack(host: "db1")
        let text =
            "node_load1 1\nnode_disk_read_bytes_total{device=\"a\\nb\"} 1\n"
            + "node_disk_read_bytes_total{device=\"\(String(repeating: "d", count: 500))\"} 1\n"
        let takenPage = track.take(Array(text.utf8), at: now, monotonic: second(0))
        let taken = try #require(takenPage)
        #expect(!taken.layout.names.contains { $0.hasPrefix("disk.") })
        let many = (0..<1000).map { "node_disk_read_bytes_total{device=\"sd\($0)\"} 1" }.joined(separator: "\n")
        let boundedPage = track.take(Array((many + "\n").utf8), at: now, monotonic: second(1))
        let bounded = try #require(boundedPage)
        #expect(bounded.layout.names.filter { $0.hasSuffix(".read") }.count == 256)
    }

    @Test func `any bytes are read or refused`() {
        var random = Seeded(21)
        let pieces = ["a", "{", "}", "\"", "\\", "=", ",", " ", "\n", "1", "e", "#", "node_load1", "é", "\u{0}"]
        for _ in 0..<5000 {
            let count = Int.random(in: 0...30, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            _ = ExpositionReader(Array(text.utf8))
        }
    }
}

import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct PrometheusTextTests {
    private let now = moment(HistoryFolder.start)

    private func text(_ metrics: [(String, MetricUnit, Double)], host: String = "a", at: Timestamp? = nil) -> String {
        String(decoding: PrometheusText().write([sample(metrics, host, at)], at: now), as: UTF8.self)
    }

    private func sample(
        _ metrics: [(String, MetricUnit, Double)], _ host: String, _ at: Timestamp? = nil
    ) -> HostSnapshot {
        HostSnapshot(
            host: host, at: at ?? now, layout: MetricLayout(names: metrics.map(\.0), units: metrics.map(\.1)),
            values: metrics.map(\.2))
    }

    private func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.contains("sampled_timestamp") }
    }

    @Test(arguments: [
        (
            "disk.sda.read", MetricUnit.bytesPerSecond, 5.0,
            #"watchdesk_disk_read_bytes_per_second{host="a",device="sda"} 5.0"#
        ),
        ("disk.read", .bytesPerSecond, 5, #"watchdesk_disk_all_read_bytes_per_second{host="a"} 5.0"#),
        ("cpu.busy", .percent, 25, #"watchdesk_cpu_busy_ratio{host="a"} 0.25"#),
        ("cpu.core.7", .percent, 50, #"watchdesk_cpu_core_busy_ratio{host="a",device="7"} 0.5"#),
        ("memory.used_percent", .percent, 50, #"watchdesk_memory_used_ratio{host="a"} 0.5"#),
        ("fs./mnt/a.b.used", .bytes, 1, #"watchdesk_fs_used_bytes{host="a",device="/mnt/a.b"} 1.0"#),
        ("net.eth0.100.errors", .perSecond, 1, #"watchdesk_net_errors_per_second{host="a",device="eth0.100"} 1.0"#),
        ("gateway.p95", .milliseconds, 1500, #"watchdesk_gateway_p95_seconds{host="a"} 1.5"#),
        ("uptime", .seconds, 60, #"watchdesk_uptime_seconds{host="a"} 60.0"#),
        ("load.1", .count, 0.5, #"watchdesk_load_1{host="a"} 0.5"#),
    ])
    func `a metric has a family in base units and its device as a label`(
        name: String, unit: MetricUnit, value: Double, line: String
    ) {
        #expect(lines(text([(name, unit, value)])) == [Substring(line)])
    }

    @Test func `hostile names end no line and no label`() {
        let made = text([("fs./a\"b\\c\nd\re\r\nf.used", .bytes, 1), ("x y\n# TYPE z", .count, 2)], host: "h\"\n")
        #expect(
            lines(made) == [
                #"watchdesk_fs_used_bytes{host="h\"\n",device="/a\"b\\c\nd\\re\\r\nf"} 1.0"#,
                #"watchdesk_x_y___TYPE_z{host="h\"\n"} 2.0"#,
            ])
        #expect(!made.contains("\r"))
    }

    @Test func `no series stands there twice, whatever the names`() {
        #expect(lines(text([("a-b", .count, 1), ("a_b", .count, 2)])) == [#"watchdesk_a_b{host="a"} 1.0"#])
    }

    @Test func `what is not known is left out, and so is a host that was not heard of lately`() {
        #expect(lines(text([("cpu.busy", .percent, .nan), ("load.1", .count, .infinity)])).isEmpty)
        let old = text([("load.1", .count, 1)], at: now - .seconds(61))
        #expect(lines(old).isEmpty)
        #expect(old.contains(#"watchdesk_host_sampled_timestamp_seconds{host="a"} 1795370339.0"#))
    }

    @Test func `each family is described once, and the order is the same whatever the hosts report first`() {
        let one = sample([("load.1", .count, 1), ("cpu.busy", .percent, 1)], "a")
        let two = sample([("cpu.busy", .percent, 2), ("load.1", .count, 2)], "b")
        let made = String(decoding: PrometheusText().write([one, two], at: now), as: UTF8.self)
        #expect(
            made.split(separator: "\n").filter { !$0.contains("sampled_timestamp") } == [
                "# HELP watchdesk_cpu_busy_ratio Processors busy; cpu.busy in Watchdesk.",
                "# TYPE watchdesk_cpu_busy_ratio gauge", #"watchdesk_cpu_busy_ratio{host="a"} 0.01"#,
                #"watchdesk_cpu_busy_ratio{host="b"} 0.02"#,
                "# HELP watchdesk_load_1 Load average, 1 min; load.1 in Watchdesk.", "# TYPE watchdesk_load_1 gauge",
                #"watchdesk_load_1{host="a"} 1.0"#, #"watchdesk_load_1{host="b"} 2.0"#,
            ])
    }
}

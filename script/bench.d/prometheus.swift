import DeskAPI
import Glibc
import Monitoring
import Vocabulary

// The newest samples of 100 hosts as text, again and again.

@main
struct PrometheusBench {
    static func main() {
        let now = Timestamp(milliseconds: 1_795_371_601_000)
        let names = (0..<100).map { $0 % 4 == 0 ? "disk.sd\($0).read" : "metric.\($0).used_percent" }
        let hosts = (0..<100).map { host in
            HostSnapshot(
                host: "host-\(host)", at: now,
                layout: MetricLayout(
                    names: names, units: names.indices.map { $0 % 4 == 0 ? .bytesPerSecond : .percent }),
                values: names.indices.map { Double($0 * host) * 1.7 })
        }
        let exporter = PrometheusText()
        var size = exporter.write(hosts, at: now).count
        var fastest = Int64.max
        for _ in 0..<20 {
            let begin = nanoseconds()
            size = exporter.write(hosts, at: now).count
            fastest = min(fastest, nanoseconds() - begin)
        }
        print("prometheus: 10,000 values, \(size / 1024) KB in \(fastest / 1000) us of CPU")
    }

    static func nanoseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }
}

import DeskAPI
import Glibc
import Host
import Monitoring
import Vocabulary

// A year of ten hosts with the metrics that this machine has, each as it is kept: two samples an hour for a year, two a
// minute for the last month, two in ten seconds for the last day, each second of the last hour. So every row of a tier
// has a smallest, a mean and a largest value that differ where the metric moves.

@main
struct HistoryYearBench {
    static let year: Int64 = 365 * 86_400
    static let end: Int64 = 1_795_370_400
    static let hosts = 10

    static func main() async throws {
        let file = CommandLine.arguments[1] + "/metrics.sqlite"
        let (layout, base) = sampledHost()
        let history = try MetricHistory.open(at: file, now: moment(end))
        let seconds = times()
        let begin = nanoseconds()
        for host in 0..<hosts {
            var random = UInt64(host + 1)
            var batch: [HostSnapshot] = []
            for second in seconds {
                batch.append(
                    HostSnapshot(
                        host: "host-\(host)", at: moment(second), layout: layout, values: moved(base, &random)))
                if batch.count == 300 {
                    _ = try await history.record(contentsOf: batch)
                    batch.removeAll(keepingCapacity: true)
                }
            }
            _ = try await history.record(contentsOf: batch)
        }
        let count = seconds.count * hosts
        print("history-year: \(count) samples of \(layout.names.count) metrics, \((nanoseconds() - begin) / Int64(count) / 1000) us each")
        history.close()
        let reopened = try MetricHistory.open(at: file, now: moment(end))
        print("history-year: \((reopened.sizeOnDisk ?? 0) / 1_048_576) MiB on the disk, \(hosts) hosts")
        for (name, span) in [
            ("5 minutes", Int64(300)), ("an hour", 3600), ("a day", 86_400), ("a week", 7 * 86_400),
            ("a month", 31 * 86_400), ("a year", year),
        ] {
            print("history-year: \(name): \(try await slowest(reopened, span)) ms at worst of 10")
        }
        reopened.close()
    }

    static func slowest(_ history: MetricHistory, _ span: Int64) async throws -> Double {
        var worst: Int64 = 0
        for host in 0..<hosts {
            let begin = nanoseconds()
            let series = try await history.series(
                host: "host-\(host)", names: ["cpu.busy"], from: moment(end - span), to: moment(end), now: moment(end))
            worst = max(worst, nanoseconds() - begin)
            precondition(series[0].points.contains { $0.mean != nil })
        }
        return Double(worst / 10_000) / 100
    }

    /// What this machine measures, and the values of now.
    static func sampledHost() -> (MetricLayout, [Double]) {
        var sampler = Sampler()
        _ = sampler.sample(at: moment(end), monotonic: clock(CLOCK_MONOTONIC), boottime: clock(CLOCK_BOOTTIME))
        usleep(300_000)
        let sample = sampler.sample(at: moment(end), monotonic: clock(CLOCK_MONOTONIC), boottime: clock(CLOCK_BOOTTIME))
        let layout = MetricLayout(
            names: sample.layout.metrics.map(\.name),
            units: sample.layout.metrics.map { MetricUnit(rawValue: $0.unit.rawValue) ?? .count })
        return (layout, sample.values)
    }

    /// What is not 0 and not a size that never changes moves by up to a fifth.
    static func moved(_ base: [Double], _ random: inout UInt64) -> [Double] {
        base.map { value in
            guard value.isFinite, value != 0, value != value.rounded() || value > 1e6 else { return value }
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return value * (0.8 + 0.4 * Double(random >> 40) / 16_777_216)
        }
    }

    static func times() -> [Int64] {
        var times: [Int64] = []
        let month = end - 31 * 86_400
        let day = end - 86_400
        let hour = end - 3600
        times += stride(from: end - year, to: month, by: 1800)
        times += stride(from: month, to: day, by: 30)
        times += stride(from: day, to: hour, by: 5)
        times += stride(from: hour, to: end, by: 1)
        return times
    }

    static func moment(_ second: Int64) -> Timestamp { Timestamp(milliseconds: second * 1000) }
    static func clock(_ id: clockid_t) -> Monotonic { Monotonic(nanoseconds: nanoseconds(id)) }

    static func nanoseconds(_ id: clockid_t = CLOCK_MONOTONIC) -> Int64 {
        var now = timespec()
        clock_gettime(id, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }
}

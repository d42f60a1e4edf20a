import Bus
import DeskAPI
import Glibc
import Monitoring
import Storage
import Vocabulary

// Ten thousand rules, each about the same metric of a hundred devices: a million series on a hundred hosts.

@main
struct AlertsManyBench {
    static let start: Int64 = 1_795_370_400
    static let hosts = 100
    static let rulesCount = 10_000
    static let devices = 100
    /// Each host has the metrics of a hundredth of the rules.
    static let layouts: [MetricLayout] = (0..<hosts).map { host in
        let names = (0..<rulesCount / hosts).flatMap { rule in
            (0..<devices).map { "m\(host * (rulesCount / hosts) + rule).d\($0).value" }
        }
        return MetricLayout(names: names, units: names.map { _ in .count })
    }

    static func main() async throws {
        let rules = (0..<rulesCount).compactMap { number in
            MetricPattern("m\(number).*.value").map {
                AlertRule("rule-\(number)", $0, threshold: 90, clear: 75, hold: .seconds(30), keepFiring: .seconds(15))
            }
        }
        let series = hosts * layouts[0].names.count
        let database = try Database.open(
            at: CommandLine.arguments[1] + "/desk.sqlite", durability: .full,
            migrations: AuditTrail.migrations + Alerts.migrations, now: moment(0))
        let alerts = try await Alerts.open(
            database: database, bus: Bus<DeskEvent>(), configuration: AlertConfiguration(rules: rules), now: moment(0))
        let values = layouts.map { $0.names.map { _ in 10.0 } }
        let before = resident()
        let first = measure { evaluate(alerts, second: 0, values) }
        let memory = resident() - before
        var times: [Int64] = []
        for second in 1...30 { times.append(measure { evaluate(alerts, second: second, values) }) }
        times.sort()
        print(
            "alerts-many: \(rules.count) rules, \(series) series: compiled and judged in \(ms(first)) ms CPU, then a second"
                + " costs \(ms(times[15])) ms (median), \(ms(times[29])) ms (worst); \(memory / series) B a series")
        var bad = values
        for host in bad.indices { bad[host][host] = 99 }
        for second in 31...70 {
            evaluate(alerts, second: second, bad)
            await alerts.settle()
        }
        let firing = alerts.list(ListAlerts()).count { $0.condition == .firing }
        print("alerts-many: \(firing) of \(hosts) bad series fire; memory \(resident() >> 20) MiB in all")
        database.close()
    }

    static func evaluate(_ alerts: Alerts, second: Int, _ values: [[Double]]) {
        for host in 0..<hosts {
            let snapshot = HostSnapshot(
                host: "host-\(host)", at: moment(second), layout: layouts[host], values: values[host])
            alerts.evaluate(
                snapshot, at: moment(second), monotonic: Monotonic(nanoseconds: Int64(second + 1) * 1_000_000_000))
        }
    }

    static func moment(_ second: Int) -> Timestamp { Timestamp(milliseconds: (start + Int64(second)) * 1000) }

    static func ms(_ nanoseconds: Int64) -> Int64 { nanoseconds / 1_000_000 }

    static func measure(_ body: () -> Void) -> Int64 {
        let begin = nanoseconds()
        body()
        return nanoseconds() - begin
    }

    static func nanoseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    /// Resident bytes of this process.
    static func resident() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { return 0 }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let parts = text.split(separator: " ")
        return parts.count > 1 ? (Int(parts[1]) ?? 0) * 4096 : 0
    }
}

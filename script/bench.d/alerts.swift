import Bus
import DeskAPI
import Glibc
import Monitoring
import Storage
import Vocabulary

// The starter rules on a host with many devices: a quiet second, one with many open alerts, and acknowledgments.

@main
struct AlertsBench {
    static let start: Int64 = 1_795_370_400
    static let names: [String] =
        KnownMetricNames.all.filter { !$0.contains("*") }
        + ["vda", "vdb", "nvme0n1"].flatMap { disk in ["disk.\(disk).busy", "disk.\(disk).queue"] }
        + ["eth0", "eth1", "lo"].flatMap { link in ["net.\(link).errors", "net.\(link).received"] }
        + ["/", "/home", "/srv", "/var", "/mnt/a", "/mnt/b"].flatMap { mount in
            ["fs.\(mount).used_percent", "fs.\(mount).inodes_used_percent", "fs.\(mount).stale"]
        }
    static let layout = MetricLayout(names: names, units: names.map { _ in .percent })

    static func main() async throws {
        let rounds = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 100_000 : 100_000
        let database = try Database.open(
            at: CommandLine.arguments[1] + "/desk.sqlite", durability: .full,
            migrations: AuditTrail.migrations + Alerts.migrations, now: moment(0))
        let bus = Bus<DeskEvent>()
        let alerts = try await Alerts.open(database: database, bus: bus, now: moment(0))
        evaluate(alerts, seconds: 0..<10, value: 0)
        let quiet = measure { evaluate(alerts, seconds: 10..<10 + rounds, value: 0) }
        let later = 10 + rounds
        for second in later..<later + 400 {
            evaluate(alerts, seconds: second..<second + 1, value: 99.5)
            await alerts.settle()
        }
        let open = alerts.list(ListAlerts()).filter { $0.condition == .firing }
        let busy = measure { evaluate(alerts, seconds: later + 400..<later + 400 + rounds / 10, value: 99.5) }
        print(
            "alerts: \(names.count) metrics, \(AlertRule.starter.count) rules; a quiet second \(us(quiet / Int64(max(1, rounds)))) us CPU,"
                + " with \(open.count) firing \(us(busy / Int64(max(1, rounds / 10)))) us")
        guard let first = open.first else { return }
        try await acknowledge(first.id, alerts)
    }

    static func acknowledge(_ id: ID<Alert>, _ alerts: Alerts) async throws {
        var times: [Int64] = []
        for round in 0..<300 {
            var request = AcknowledgeAlert(id, note: "bench")
            request.take = true
            let caller = Caller(identity: .key(ID(Int64(round % 2 + 1))), role: .sre, name: "sre-\(round % 2)")
            let begin = nanoseconds(CLOCK_MONOTONIC)
            try await alerts.acknowledge(request, by: caller, at: moment(0))
            times.append(nanoseconds(CLOCK_MONOTONIC) - begin)
        }
        times.sort()
        print("alerts: an acknowledgment is durable after \(us(times[150])) us (p50), \(us(times[297])) us (p99)")
    }

    static func evaluate(_ alerts: Alerts, seconds: Range<Int>, value: Double) {
        let values = names.map { _ in value }
        for second in seconds {
            let snapshot = HostSnapshot(host: "desk-1", at: moment(second), layout: layout, values: values)
            alerts.evaluate(
                snapshot, at: moment(second), monotonic: Monotonic(nanoseconds: Int64(second) * 1_000_000_000))
        }
    }

    static func moment(_ second: Int) -> Timestamp { Timestamp(milliseconds: (start + Int64(second)) * 1000) }

    static func measure(_ body: () -> Void) -> Int64 {
        let begin = nanoseconds(CLOCK_THREAD_CPUTIME_ID)
        body()
        return nanoseconds(CLOCK_THREAD_CPUTIME_ID) - begin
    }

    static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var now = timespec()
        clock_gettime(clock, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    static func us(_ nanoseconds: Int64) -> String { "\(Double(nanoseconds / 10) / 100)" }
}

enum KnownMetricNames {
    static let all =
        AlertRule.starter.flatMap { [$0.metric.description] + ($0.divisor.map { [$0.description] } ?? []) }
        .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        + (0..<70).map { "other.\($0)" }
}

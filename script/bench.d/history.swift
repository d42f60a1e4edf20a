import DeskAPI
import Glibc
import Monitoring
import Vocabulary

// An hour of samples of 100 metrics, committed one by one; then a start on that file, and the first questions.

@main
struct HistoryBench {
    static let start: Int64 = 1_795_370_400
    static let layout = MetricLayout(
        names: (0..<100).map { "metric.\($0)" }, units: (0..<100).map { _ in MetricUnit.percent })

    static func main() async throws {
        let file = CommandLine.arguments[1] + "/metrics.sqlite"
        let history = try MetricHistory.open(at: file, now: moment(0))
        let (spent, processor) = try await measure {
            for second in 0..<3600 { try await history.record(sample(second)) }
        }
        print(
            "history: record \(us(spent / 3600)) us a sample, \(us(processor / 3600)) us CPU; file \(size(file)) KB/h")
        history.close()
        for round in 0..<3 { try await reopen(file, second: 3600 + round) }
    }

    static func reopen(_ file: String, second: Int) async throws {
        let begin = nanoseconds(CLOCK_MONOTONIC)
        let history = try MetricHistory.open(at: file, now: moment(second))
        let opened = nanoseconds(CLOCK_MONOTONIC)
        let names = (0..<10).map { "metric.\($0 * 7)" }
        let recent = try await history.newest(host: "desk-1", names: names, last: 300, now: moment(second - 1))
        let first = nanoseconds(CLOCK_MONOTONIC)
        _ = try await history.series(
            host: "desk-1", names: names, from: moment(second - 3600), to: moment(second), now: moment(second))
        let hour = nanoseconds(CLOCK_MONOTONIC)
        try await history.record(sample(second))
        let recorded = nanoseconds(CLOCK_MONOTONIC)
        history.close()
        precondition(recent.allSatisfy { $0.points.count == 300 && $0.points.allSatisfy { $0.mean != nil } })
        print(
            "history: open \(us(opened - begin)) us; 10 metrics, 300 s: \(us(first - opened)) us;"
                + " an hour: \(us(hour - first)) us; first record \(us(recorded - hour)) us")
    }

    static func sample(_ second: Int) -> HostSnapshot {
        HostSnapshot(
            host: "desk-1", at: moment(second), layout: layout, values: (0..<100).map { Double(($0 + second) % 100) })
    }

    static func moment(_ second: Int) -> Timestamp { Timestamp(milliseconds: (start + Int64(second)) * 1000) }

    static func measure(_ body: () async throws -> Void) async rethrows -> (wall: Int64, processor: Int64) {
        let wall = nanoseconds(CLOCK_MONOTONIC)
        let processor = nanoseconds(CLOCK_PROCESS_CPUTIME_ID)
        try await body()
        return (nanoseconds(CLOCK_MONOTONIC) - wall, nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - processor)
    }

    static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var now = timespec()
        clock_gettime(clock, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    static func us(_ nanoseconds: Int64) -> Int64 { nanoseconds / 1000 }

    static func size(_ file: String) -> Int {
        var status = stat()
        return stat(file, &status) == 0 ? Int(status.st_size) / 1024 : 0
    }
}

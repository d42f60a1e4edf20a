import DeskAPI
import Foundation
import Storage
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct MetricHistoryTests {
    private let start = HistoryFolder.start

    private func means(_ series: MetricSeries?) -> [Double?] { series?.points.map(\.mean) ?? [] }

    @Test func `every second comes back as it was, and a gap as a gap`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        for second in [0, 1, 2, 5] { try await history.record(snapshot(start + Int64(second), [Double(second), 0.5])) }
        let series = try await history.newest(
            host: "desk-1", names: ["cpu.busy", "load.1"], last: 6, now: moment(start + 5) + .milliseconds(3))
        #expect(means(series.first) == [0, 1, 2, nil, nil, 5])
        #expect(series.first?.unit == .percent)
        #expect(means(series.last).compactMap(\.self) == [0.5, 0.5, 0.5, 0.5])
        history.close()
    }

    @Test func `a value that was not known is a gap too`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        try await history.record(snapshot(start, [.nan, 1]))
        try await history.record(snapshot(start + 1, [7, 1]))
        let series = try await history.series(
            host: "desk-1", names: ["cpu.busy"], from: moment(start), to: moment(start + 2), step: 1,
            now: moment(start + 2))
        #expect(means(series.first) == [nil, 7])
        history.close()
    }

    @Test func `names that are not known are told with the nearest that is`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        try await history.record(snapshot(start, [1, 2]))
        await #expect(throws: HistoryFailure.unknownMetric("cpu.bsy", nearest: "cpu.busy")) {
            try await history.newest(host: "desk-1", names: ["cpu.bsy"], last: 5, now: moment(start))
        }
        await #expect(throws: HistoryFailure.unknownHost("desk-2", nearest: "desk-1")) {
            try await history.newest(host: "desk-2", names: ["cpu.busy"], last: 5, now: moment(start))
        }
        await #expect(throws: HistoryFailure.emptySpan) {
            try await history.series(
                host: "desk-1", names: ["cpu.busy"], from: moment(start), to: moment(start), now: moment(start))
        }
        history.close()
    }

    @Test func `a question about all time is answered, in steps that are coarse enough`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        try await history.record(snapshot(start, [42, 1]))
        let spans: [(Int64, Int64)] = [
            (-62_135_596_800, 253_402_300_799), (-62_135_596_800, -62_135_596_799), (0, start + 1),
        ]
        for (from, to) in spans {
            let series = try await history.series(
                host: "desk-1", names: ["cpu.busy"], from: moment(from), to: moment(to), step: 1, now: moment(start))
            let points = try #require(series.first?.points)
            #expect((1...20_002).contains(points.count))
            #expect(points.compactMap(\.mean) == (to > start ? [42] : []))
        }
        history.close()
    }

    @Test func `a restart in the middle of an hour loses nothing of it`() async throws {
        let folder = try HistoryFolder()
        for part in 0..<3 {
            let history = try folder.open()
            for second in 0..<1250 where part * 1250 + second < 3700 {
                let at = Int64(part * 1250 + second)
                try await history.record(snapshot(start + at, [Double(at % 60), 1]))
            }
            history.close()
        }
        let history = try folder.open(at: start + 3700)
        let series = try await history.series(
            host: "desk-1", names: ["cpu.busy"], from: moment(start), to: moment(start + 3600), step: 3600,
            now: moment(start + 400 * 86_400))
        let hour = try #require(series.first?.points.first)
        #expect(series.first?.step == 3600)
        #expect(hour.minimum == 0 && hour.maximum == 59)
        #expect(abs((hour.mean ?? 0) - 29.5) < 1e-4)
        history.close()
    }

    @Test func `the newest sample of each host is there after a restart`() async throws {
        let folder = try HistoryFolder()
        let before = try folder.open()
        try await before.record(snapshot(start, [1, 2], host: "a"))
        try await before.record(snapshot(start + 1, [3, .nan], host: "a"))
        try await before.record(snapshot(start, [8, 9], host: "b"))
        before.close()
        let history = try folder.open()
        let hosts = Hosts(history: history)
        #expect(hosts.newest.map(\.host) == ["a", "b"])
        #expect(hosts.newest(of: "a")?["cpu.busy"] == 3)
        #expect(hosts.newest(of: "a")?["load.1"] == nil)
        #expect(hosts.newest(of: "a")?.at == moment(start + 1))
        history.close()
    }

    @Test func `the past is forgotten by its tier, a little with each sample`() async throws {
        let folder = try HistoryFolder()
        var retention = HistoryRetention()
        retention.tenSeconds = .seconds(600)
        let history = try folder.open(retention: retention)
        for second in 0..<5000 { try await history.record(snapshot(start + Int64(second), [1, 2])) }
        let raw: Int64? = try await history.database.read { try $0.value("SELECT count(*) FROM sample_1") }
        #expect(raw == 3701)
        // A chunk of sixty steps goes as a whole.
        #expect((61...135).contains(try await history.keptSteps(of: .tenSeconds).count))
        #expect(try await history.keptSteps(of: .minute).count == 83)
        history.close()
    }

    @Test func `samples that the database refused are written when it takes them again`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        try await history.record(snapshot(start, [0, 1]))
        try await history.database.write { transaction in
            try transaction.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON sample_1 BEGIN SELECT RAISE(ABORT, 'no space'); END")
        }
        for second in Int64(1)..<4 {
            await #expect(throws: StorageFailure.self) {
                try await history.record(snapshot(start + second, [Double(second), 1]))
            }
        }
        try await history.database.write { try $0.execute("DROP TRIGGER refuse") }
        try await history.record(snapshot(start + 4, [4, 1]))
        let series = try await history.newest(host: "desk-1", names: ["cpu.busy"], last: 5, now: moment(start + 4))
        #expect(means(series.first) == [0, 1, 2, 3, 4])
        history.close()
    }

    @Test func `a clock set back by hours neither fails nor mixes up the order`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        for second in 0..<100 { try await history.record(snapshot(start + Int64(second), [1, 1])) }
        for second in -7200 ..< -7100 { try await history.record(snapshot(start + Int64(second), [5, 1])) }
        let series = try await history.series(
            host: "desk-1", names: ["cpu.busy"], from: moment(start - 7200), to: moment(start - 7100), step: 10,
            now: moment(start - 7100))
        #expect(means(series.first).allSatisfy { $0 == 5 })
        history.close()
    }

    @Test func `a clock set ahead for a minute costs little of the past`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        for second in 0..<3000 { try await history.record(snapshot(start + Int64(second), [1, 1])) }
        for second in 0..<60 { try await history.record(snapshot(start + 300_000_000 + Int64(second), [1, 1])) }
        #expect(try await history.keptSteps(of: .tenSeconds).count > 270)
        history.close()
    }

    @Test func `a process that is killed keeps every sample that was confirmed`() async throws {
        let name = "killed-\(getpid())"
        let folder = try HistoryFolder(name)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let history = try MetricHistory.open(
                at: NSTemporaryDirectory() + "history-killed-\(getppid())/metrics.sqlite",
                now: moment(HistoryFolder.start))
            for second in 0..<200 {
                try await history.record(snapshot(HistoryFolder.start + Int64(second), [Double(second), 1]))
            }
            kill(getpid(), SIGKILL)
        }
        let history = try folder.open()
        let series = try await history.series(
            host: "desk-1", names: ["cpu.busy"], from: moment(start), to: moment(start + 200), step: 1,
            now: moment(start + 200))
        #expect(means(series.first) == (0..<200).map { Double($0) })
        let minutes = try await history.series(
            host: "desk-1", names: ["cpu.busy"], from: moment(start), to: moment(start + 240), step: 60,
            now: moment(start + 200))
        #expect(means(minutes.first) == [29.5, 89.5, 149.5, 189.5])
        history.close()
    }
}

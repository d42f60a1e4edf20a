import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct HistoryBatchTests {
    private let start = HistoryFolder.start

    private func batch(_ seconds: some Sequence<Int64>, host: String = "web-1") -> [HostSnapshot] {
        seconds.map { snapshot(start + $0, [Double($0), 1], host: host) }
    }

    private func series(
        _ history: MetricHistory, step: Int64, to end: Int64, now: Int64 = 100_000
    ) async throws -> [MetricSeries.Point] {
        try await history.series(
            host: "web-1", names: ["cpu.busy"], from: moment(start), to: moment(start + end), step: step,
            now: moment(start + now)
        ).first?.points ?? []
    }

    @Test func `a batch that is sent twice is kept once`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        let first = try await history.record(contentsOf: batch(0..<120))
        #expect(first == (0..<120).map { start + $0 })
        let again = try await history.record(contentsOf: batch(60..<240))
        #expect(again == (60..<240).map { start + $0 })
        let minutes = try await history.keptSteps(of: .minute).sorted { $0.key < $1.key }.map(\.value)
        #expect(minutes == [60, 60, 60])
        history.close()
    }

    @Test func `a batch that is sent again after its samples were rolled up changes nothing`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        _ = try await history.record(contentsOf: batch(0..<300))
        for part in stride(from: Int64(300), to: 9000, by: 300) {
            _ = try await history.record(contentsOf: batch(part..<(part + 300)))
        }
        _ = try await history.record(contentsOf: batch(0..<300))
        let minutes = try await history.keptSteps(of: .minute).sorted { $0.key < $1.key }.map(\.value)
        #expect(minutes.allSatisfy { $0 == 60 } && minutes.count == 149)
        history.close()
    }

    @Test func `a clock that is set back adds to the past and takes nothing from it`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        for second in Int64(0)..<65 { try await history.record(snapshot(start + second, [10, 1], host: "web-1")) }
        for second in Int64(30)..<130 {
            try await history.record(snapshot(start + second, [second < 65 ? 40 : 10, 1], host: "web-1"))
        }
        let points = try await series(history, step: 60, to: 120)
        #expect(points.map(\.minimum) == [10, 10])
        #expect(points.map(\.maximum) == [40, 40])
        let counts = try await history.keptSteps(of: .minute).sorted { $0.key < $1.key }.map(\.value)
        #expect(counts == [90, 65])
        history.close()
    }

    @Test func `a clock that is far ahead for a while leaves a gap, and what comes after is kept`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        for second in Int64(0)..<30 { try await history.record(snapshot(start + second, [1, 1], host: "web-1")) }
        for second in Int64(0)..<5 {
            try await history.record(snapshot(start + 400_000 + second, [9, 1], host: "web-1"))
        }
        for second in Int64(40)..<100 { try await history.record(snapshot(start + second, [2, 1], host: "web-1")) }
        let points = try await series(history, step: 10, to: 90, now: 100)
        #expect(points.map(\.mean) == [1, 1, 1, nil, 2, 2, 2, 2, 2])
        history.close()
    }

    @Test func `an outage is a gap on every tier`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        _ = try await history.record(contentsOf: batch(0..<60))
        _ = try await history.record(contentsOf: batch(180..<300))
        let points = try await series(history, step: 60, to: 300)
        #expect(points.map { $0.mean == nil } == [false, true, true, false, false])
        history.close()
    }

    @Test func `devices that came in the second part of a step are kept with those of the first`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        for second in Int64(0)..<61 { try await history.record(snapshot(start + second, [10, 1], host: "web-1")) }
        for second in Int64(30)..<61 {
            try await history.record(snapshot(start + second, [2, 7, 20], layout: threeMetrics, host: "web-1"))
        }
        let found = try await history.series(
            host: "web-1", names: ["cpu.busy", "disk.sda.read"], from: moment(start), to: moment(start + 60), step: 60,
            now: moment(start + 100_000))
        #expect(found[0].points.first?.maximum == 20)
        #expect(found[0].points.first?.minimum == 10)
        #expect(found[1].points.first?.mean == 7)
        history.close()
    }
}

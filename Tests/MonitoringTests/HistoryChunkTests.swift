import DeskAPI
import Storage
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct HistoryChunkTests {
    private typealias Step = PackedCourse.Step

    /// Courses as metrics have them: shares, sizes that stay, bursts from nothing, signs that change, gaps.
    private func course(_ random: inout Seeded, _ count: Int) -> [Step?] {
        let scales: [Double] = [1e-6, 1, 100, 1e9, 3e38]
        let scale: Double = scales.randomElement(using: &random) ?? 1
        let kind = Int.random(in: 0...4, using: &random)
        return (0..<count).map { _ in
            if Int.random(in: 0...9, using: &random) == 0 { return nil }
            if kind == 0 { return Step(minimum: scale, mean: scale, maximum: scale) }
            let values = (0..<3).map { _ in
                Double.random(in: (kind == 1 ? -scale : 0)...scale, using: &random)
            }.sorted()
            return kind == 2
                ? Step(minimum: 0, mean: values[1] / 100, maximum: values[2])
                : Step(minimum: values[0], mean: values[1], maximum: values[2])
        }
    }

    @Test func `any course comes back, each value to one part in eight thousand`() throws {
        var random = Seeded(31)
        for _ in 0..<2000 {
            let steps = course(&random, Int.random(in: 1...60, using: &random))
            let bytes = PackedCourse.pack(steps)
            let read = try #require(PackedCourse.unpack(bytes[...], count: steps.count))
            for (found, wanted) in zip(read, steps) {
                #expect((found == nil) == (wanted == nil))
                guard let found, let wanted else { continue }
                for (one, other) in [
                    (found.minimum, wanted.minimum), (found.mean, wanted.mean), (found.maximum, wanted.maximum),
                ] {
                    #expect(abs(one - other) <= abs(other) / 8000 + 1e-38, "\(one) \(other)")
                }
                #expect(found.minimum <= found.mean && found.mean <= found.maximum)
            }
        }
    }

    @Test func `what does not change within a step is kept as a float, and costs nothing while it stays`() throws {
        let steps = [Step](
            repeating: Step(minimum: 25_232_932_864, mean: 25_232_932_864, maximum: 25_232_932_864), count: 60)
        let bytes = PackedCourse.pack(steps)
        #expect(bytes.count <= 4 + 16)
        #expect(try #require(PackedCourse.unpack(bytes[...], count: 60)).allSatisfy { $0?.mean == 25_232_932_864 })
    }

    @Test func `a chunk gives each metric by itself`() throws {
        var random = Seeded(32)
        for _ in 0..<100 {
            let metrics = Int.random(in: 1...20, using: &random)
            let columns = (0..<metrics).map { _ in course(&random, HistoryChunk.length) }
            let steps = (0..<HistoryChunk.length).map { place -> HistoryChunk.Step? in
                if Bool.random(using: &random) { return nil }
                return HistoryChunk.Step(
                    samples: Int64.random(in: 1...4000, using: &random), cells: columns.map { $0[place] })
            }
            let bytes = HistoryChunk(steps: steps).packed(metrics: metrics)
            let index = try #require(HistoryChunk.Index(bytes, metrics: metrics))
            #expect(index.steps.map(\.samples) == steps.compactMap { $0?.samples })
            #expect(index.steps.map(\.place) == steps.indices.filter { steps[$0] != nil })
            for metric in 0..<metrics {
                let course = try #require(index.course(at: metric))
                #expect(course.map { $0 == nil } == steps.compactMap { $0.map { $0.cells[metric] == nil } })
            }
            #expect(index.course(at: metrics) == nil)
        }
    }

    @Test func `damaged chunks are gaps, never an end of the process`() {
        var random = Seeded(33)
        let steps = (0..<60).map { place in
            HistoryChunk.Step(samples: 60, cells: [Step(minimum: 1, mean: 2 + Double(place), maximum: 99)])
        }
        let whole = HistoryChunk(steps: steps).packed(metrics: 1)
        for _ in 0..<5000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
            let index = HistoryChunk.Index(bytes, metrics: Int.random(in: 0...3, using: &random))
            for metric in 0..<3 { _ = index?.course(at: metric) }
        }
    }
}

/// Rows become chunks, and nobody who asks can tell.
@Suite struct HistoryPackingTests {
    private let start = HistoryFolder.start

    private func counts(_ history: MetricHistory) throws -> [Int64?] {
        try history.database.readBlocking { snapshot in
            [
                try snapshot.value("SELECT count(*) FROM sample_60"),
                try snapshot.value("SELECT count(*) FROM chunk_60"),
                try snapshot.value("SELECT count(*) FROM sample_10"),
                try snapshot.value("SELECT count(*) FROM chunk_10"),
            ]
        }
    }

    private func minutes(_ history: MetricHistory, until end: Int64) async throws -> MetricSeries {
        try await history.series(
            host: "desk-1", names: ["cpu.busy"], from: moment(start), to: moment(end), step: 60, now: moment(end))[0]
    }

    /// One sample every five seconds: its value is the minute.
    private func fill(
        _ history: MetricHistory, minutes: Range<Int64>, _ value: (Int64) -> Double = { Double($0) }
    ) async throws {
        for minute in minutes {
            _ = try await history.record(
                contentsOf: (0..<12).map { snapshot(start + minute * 60 + $0 * 5, [value(minute), Double($0)]) })
        }
    }

    @Test func `sixty minutes are one chunk as soon as they are over, and the newest row stays`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        try await fill(history, minutes: 0..<200)
        let found = try counts(history)
        #expect(found[1] == 3 && (found[0] ?? 99) < 60 && (found[0] ?? 0) > 0)
        #expect((found[3] ?? 0) >= 19 && (found[2] ?? 999) <= 120)
        let series = try await minutes(history, until: start + 199 * 60)
        #expect(series.points.map { $0.mean.map { Int64($0.rounded()) } } == (0..<199).map { Int64($0) })
        history.close()
    }

    @Test func `a start after a pack knows what was known before`() async throws {
        let folder = try HistoryFolder()
        var history = try folder.open()
        for stop in stride(from: Int64(0), to: 150, by: 7) {
            try await fill(history, minutes: stop..<(stop + 7))
            history.close()
            history = try folder.open()
        }
        let series = try await minutes(history, until: start + 150 * 60)
        #expect(series.points.prefix(150).allSatisfy { $0.mean != nil && $0.minimum == $0.maximum })
        #expect(series.points.prefix(150).map { $0.mean.map { Int64($0.rounded()) } } == (0..<150).map { Int64($0) })
        history.close()
    }

    @Test func `what comes late for a time that is packed counts beside it, and is packed later`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        try await fill(history, minutes: 0..<130)
        try await history.database.write { transaction in
            // As a clock that was set back leaves it: a row of a minute that is in a chunk.
            var cell = RollUp.Cell()
            for value in [500.0, 900] { cell.take(value) }
            var other = RollUp.Cell()
            other.take(1)
            let row = HistoryRow(
                key: HistoryKey(host: 1, second: start + 600), layout: 1, samples: 12,
                data: PackedSteps.pack([cell, other]))
            try HistoryEntry.row(.minute, row).write(in: transaction)
        }
        func late() async throws -> MetricSeries.Point { try await minutes(history, until: start + 1200).points[10] }
        let beside = try await late()
        #expect(beside.minimum == 10 && beside.maximum == 900)
        #expect(abs((beside.mean ?? 0) - 355) < 0.5)
        try await fill(history, minutes: 130..<260)
        let packed = try await late()
        #expect(packed.minimum == 10 && packed.maximum == 900 && abs((packed.mean ?? 0) - 355) < 0.5)
        let left: Int64? = try history.database.readBlocking {
            try $0.value(
                "SELECT count(*) FROM sample_60 WHERE key < ?", HistoryKey(host: 1, second: start + 3600).number)
        }
        #expect(left == 0)
        history.close()
    }

    @Test func `rows from before there were chunks are packed little by little`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        try await fill(history, minutes: 0..<1)
        try await history.database.write { transaction in
            for minute in Int64(1)..<1200 {
                var cell = RollUp.Cell()
                cell.take(Double(minute))
                let row = HistoryRow(
                    key: HistoryKey(host: 1, second: start - 90_000 + minute * 60), layout: 1, samples: 1,
                    data: PackedSteps.pack([cell, cell]))
                try HistoryEntry.row(.minute, row).write(in: transaction)
            }
        }
        try await fill(history, minutes: 1..<15)
        let found = try counts(history)
        #expect((found[1] ?? 0) >= 20 && (found[0] ?? 999) < 30)
        let series = try await history.series(
            host: "desk-1", names: ["cpu.busy"], from: moment(start - 90_000 + 60), to: moment(start - 90_000 + 72_000),
            step: 60, now: moment(start))[0]
        #expect(series.points.compactMap(\.mean).map { Int64($0.rounded()) } == (1..<1200).map { Int64($0) })
        history.close()
    }

    /// A disk that is there for seventeen minutes, and then as long not.
    private func hasDisk(_ minute: Int64) -> Bool { minute / 17 % 2 == 0 }

    @Test func `metrics that come and go within a chunk stay apart`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        for minute in Int64(0)..<130 {
            let layout = hasDisk(minute) ? threeMetrics : twoMetrics
            let values = hasDisk(minute) ? [1, 7000 + Double(minute), Double(minute)] : [Double(minute), 1]
            let batch = (0..<12).map { (part: Int) -> HostSnapshot in
                snapshot(start + minute * 60 + Int64(part) * 5, values, layout: layout)
            }
            _ = try await history.record(contentsOf: batch)
        }
        let series = try await history.series(
            host: "desk-1", names: ["cpu.busy", "disk.sda.read"], from: moment(start), to: moment(start + 120 * 60),
            step: 60, now: moment(start + 130 * 60))
        #expect(series[0].points.map { $0.mean.map { Int64($0.rounded()) } } == (0..<120).map { Int64($0) })
        let disk: [Int64?] = (Int64(0)..<120).map { hasDisk($0) ? 7000 + $0 : nil }
        #expect(series[1].points.map { $0.mean.map { Int64($0.rounded()) } } == disk)
        history.close()
    }

    @Test func `chunks are forgotten when all of them is old`() async throws {
        let folder = try HistoryFolder()
        var retention = HistoryRetention()
        retention.tenSeconds = .seconds(1800)
        let history = try folder.open(retention: retention)
        try await fill(history, minutes: 0..<200)
        let oldest: Int64? = try history.database.readBlocking { try $0.value("SELECT min(key) FROM chunk_10") }
        let second = HistoryKey(try #require(oldest)).second
        #expect(second <= start + 200 * 60 - 1800 && second > start + 200 * 60 - 1800 - 1300)
        history.close()
    }

    @Test func `a moment of the past is found in its chunk`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        try await fill(history, minutes: 0..<200)
        let found = try await history.snapshot(of: "desk-1", at: moment(start + 20 * 60 + 30))
        let past = try #require(found)
        #expect(past.step == 10 && past.snapshot["cpu.busy"] == 20)
        history.close()
    }
}

import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

/// Random histories with gaps, restarts and devices that come and go, against a list that remembers everything.
@Suite struct HistoryModelTests {
    private struct Model {
        var cpu: [Int64: Double] = [:]
        var disk: [Int64: Double] = [:]

        func points(_ values: [Int64: Double], from: Int64, step: Int64, count: Int) -> [[Double?]] {
            (0..<count).map { index in
                let bucket = (0..<step).compactMap { values[from + Int64(index) * step + $0] }
                guard let smallest = bucket.min(), let largest = bucket.max() else { return [nil, nil, nil] }
                return [smallest, bucket.reduce(0, +) / Double(bucket.count), largest]
            }
        }
    }

    @Test(arguments: 0..<6)
    func `every tier tells the same story as the samples`(seed: Int) async throws {
        var random = Seeded(UInt64(seed) &+ 77)
        let folder = try HistoryFolder()
        var history = try folder.open()
        var model = Model()
        var second = HistoryFolder.start + Int64.random(in: 0..<3000, using: &random)
        let begin = second
        for _ in 0..<1500 {
            second += Int.random(in: 0..<60, using: &random) == 0 ? Int64.random(in: 2..<90, using: &random) : 1
            let cpu = Double(Int.random(in: 0..<100, using: &random))
            let hasDisk = second / 700 % 2 == 0
            let disk = Double(Int.random(in: 0..<1000, using: &random))
            model.cpu[second] = cpu
            model.disk[second] = hasDisk ? disk : nil
            try await history.record(
                hasDisk
                    ? snapshot(second, [1, disk, cpu], layout: threeMetrics) : snapshot(second, [cpu, 1]))
            if Int.random(in: 0..<300, using: &random) == 0 {
                history.close()
                history = try folder.open()
            }
        }
        for step in [1, 10, 60, 120] as [Int64] {
            try await compare(history, model, from: begin - begin % step, to: second + 1, step: step)
        }
        history.close()
    }

    private func compare(_ history: MetricHistory, _ model: Model, from: Int64, to: Int64, step: Int64) async throws {
        let series = try await history.series(
            host: "desk-1", names: ["cpu.busy", "disk.sda.read"], from: moment(from), to: moment(to), step: step,
            now: moment(to))
        for (one, values) in zip(series, [model.cpu, model.disk]) {
            #expect(one.step == step)
            let expected = model.points(values, from: from, step: step, count: one.points.count)
            for (point, wanted) in zip(one.points, expected) {
                let isExact = one.name == "cpu.busy" || step <= 60
                #expect(point.minimum == wanted[0] && point.maximum == wanted[2], "\(one.name) \(point.at) \(step)")
                #expect((point.mean == nil) == (wanted[1] == nil))
                // Packed means are right to one part in eight thousand.
                let error = abs((point.mean ?? 0) - (wanted[1] ?? 0))
                #expect(!isExact || error < 0.001 + (wanted[1] ?? 0) / 8000, "\(one.name) \(point.at) \(step)")
            }
        }
    }
}

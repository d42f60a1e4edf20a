import DeskAPI
import Foundation
import Vocabulary

@testable import Monitoring

/// A temporary folder with a history in it.
final class HistoryFolder {
    let path: String
    var file: String { path + "/metrics.sqlite" }

    init(_ name: String = UUID().uuidString) throws {
        path = NSTemporaryDirectory() + "history-" + name
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
    }

    func open(
        at second: Int64 = HistoryFolder.start, retention: HistoryRetention = HistoryRetention()
    ) throws
        -> MetricHistory
    {
        try MetricHistory.open(at: file, now: moment(second), retention: retention)
    }

    /// The beginning of an hour.
    static let start: Int64 = 1_795_370_400
}

extension MetricHistory {
    /// The samples that each kept step of a tier was made of, by its second, whether in a row or in a chunk.
    func keptSteps(of tier: HistoryTier, host: Int64 = 1) async throws -> [Int64: Int64] {
        let layouts = ledger.withLockedValue { $0.names.layouts }
        return try await database.read { snapshot in
            let (first, last) = (HistoryKey(host: host, second: 0).number, HistoryKey.end(of: host).number)
            var steps: [Int64: Int64] = [:]
            try snapshot.forEach(tier.selectChunk, first, last) { row in
                let chunk = try ChunkRow(row)
                let index = HistoryChunk.Index(chunk.data, metrics: layouts[chunk.layout]?.count ?? 0)
                for step in index?.steps ?? [] {
                    steps[chunk.key.second + Int64(step.place) * tier.step, default: 0] += step.samples
                }
            }
            try snapshot.forEach(tier.select, first, last) { row in
                let row = try HistoryRow(row)
                steps[row.key.second, default: 0] += row.samples
            }
            return steps
        }
    }
}

func moment(_ second: Int64) -> Timestamp { Timestamp(milliseconds: second * 1000) }

let twoMetrics = MetricLayout(names: ["cpu.busy", "load.1"], units: [.percent, .count])
let threeMetrics = MetricLayout(
    names: ["load.1", "disk.sda.read", "cpu.busy"], units: [.count, .bytesPerSecond, .percent])

func snapshot(
    _ second: Int64, _ values: [Double], layout: MetricLayout = twoMetrics, host: String = "desk-1"
) -> HostSnapshot {
    HostSnapshot(host: host, at: moment(second), layout: layout, values: values)
}

/// The same numbers for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

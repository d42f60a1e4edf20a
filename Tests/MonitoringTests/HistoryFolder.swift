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

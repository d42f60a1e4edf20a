import Foundation
import Storage
import Testing
import Vocabulary

/// Measurements on this machine: `WATCHDESK_MEASURE=1 swift test --filter ThroughputTests`.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["WATCHDESK_MEASURE"] != nil))
struct ThroughputTests {
    private let folder = TemporaryFolder()

    @Test(arguments: [1, 10, 50, 200])
    func `durable rows a second grow with the writers`(_ writers: Int) async throws {
        let database = try folder.notes(durability: .full)
        let text = String(repeating: "x", count: 180)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for writer in 0..<writers {
                tasks.addTask {
                    var number = 0
                    while start.duration(to: .now) < .seconds(2) {
                        number += 1
                        try await database.note("\(writer)/\(number) \(text)")
                    }
                }
            }
            try await tasks.waitForAll()
        }
        let statistics = database.statistics
        let seconds = start.duration(to: .now).inSeconds
        print("\(writers) writers: \(Int(Double(statistics.writes) / seconds)) rows/s in \(statistics.groups) commits")
        #expect(statistics.writes > writers)
    }
}

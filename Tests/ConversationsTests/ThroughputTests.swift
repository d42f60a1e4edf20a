import Conversations
import DeskAPI
import Foundation
import Testing
import Vocabulary

/// Measurements on this machine: `WATCHDESK_MEASURE=1 swift test --filter ThroughputTests`.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["WATCHDESK_MEASURE"] != nil))
struct ThroughputTests {
    @Test func `sixteen clients post at least two thousand durable messages a second`() async throws {
        let desk = try TemporaryDesk()
        var rooms: [(caller: Caller, conversation: ID<Conversation>)] = []
        for number in 0..<16 { rooms.append(try await desk.customer("customer \(number)")) }
        let start = ContinuousClock.now
        let waits = try await withThrowingTaskGroup(of: [Duration].self) { tasks in
            for room in rooms {
                tasks.addTask {
                    var cids = CIDs()
                    var waits: [Duration] = []
                    while start.duration(to: .now) < .seconds(5) {
                        let before = ContinuousClock.now
                        try await desk.post(
                            "Can I return the headphones that I bought last week? They are too loud.",
                            to: room.conversation, by: room.caller, cid: cids.next())
                        waits.append(before.duration(to: .now))
                    }
                    return waits
                }
            }
            return try await tasks.reduce(into: [Duration]()) { $0 += $1 }.sorted()
        }
        let rate = Double(waits.count) / start.duration(to: .now).inSeconds
        let statistics = desk.database.statistics
        print(
            "\(Int(rate)) messages/s, p50 \(waits[waits.count / 2]), p99 \(waits[waits.count * 99 / 100]), "
                + "\(waits.count) in \(statistics.groups) commits")
        #expect(rate > 2000)
    }
}

import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct MonitoringPastTests {
    @Test func `an alert is told as it was: pending, firing, acknowledged, acknowledged no more, over`() async throws {
        let folder = AlertFolder()
        let scene = try await AlertScene(folder)
        let before = scene.clock.wall
        await scene.take(95)
        let began = scene.clock.wall
        let alert = try await scene.fire()
        let fired = scene.clock.wall
        scene.clock.pass(.seconds(60))
        _ = try await scene.acknowledge(alert.id, minutes: 1)
        let acknowledged = scene.clock.wall
        await scene.hold(95, seconds: 120)
        await scene.hold(10, seconds: 200)
        let over = scene.clock.wall

        func then(_ moment: Timestamp) async throws -> Alert? {
            try await scene.alerts.past(at: moment).first { $0.id == alert.id }
        }
        #expect(try await then(before) == nil)
        #expect(try await then(began)?.condition == .pending)
        let firing = try #require(try await then(fired + .seconds(10)))
        #expect(firing.condition == .firing && firing.acknowledgedBy == nil && firing.value == nil)
        #expect(try await then(over) == nil)
        // What the desk keeps of an acknowledgment ends with it.
        #expect(try await then(acknowledged + .seconds(90))?.acknowledgedBy == nil)
    }

    @Test func `a moment has the sample of its second, then the means of the steps that are kept`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        let start = HistoryFolder.start
        for second in start..<(start + 7300) {
            guard second != start + 7200 else { continue }
            try await history.record(snapshot(second, [Double(second - start), 1]))
        }
        let near = try #require(try await history.snapshot(of: "desk-1", at: moment(start + 7250)))
        #expect(near.step == 1 && near.snapshot["cpu.busy"] == 7250)
        let skipped = try #require(try await history.snapshot(of: "desk-1", at: moment(start + 7200)))
        #expect(skipped.step == 1 && skipped.snapshot["cpu.busy"] == 7199, "one second may be skipped")
        let far = try #require(try await history.snapshot(of: "desk-1", at: moment(start + 105)))
        let mean = try #require(far.snapshot["cpu.busy"])
        #expect(far.step == 10 && abs(mean - 104.5) < 0.01 && far.snapshot["load.1"] == 1)
        #expect(try await history.snapshot(of: "desk-1", at: moment(start - 100)) == nil)
        await #expect(throws: HistoryFailure.self) { try await history.snapshot(of: "nobody", at: moment(start)) }
        history.close()
    }
}

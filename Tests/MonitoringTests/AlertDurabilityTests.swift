import Bus
import DeskAPI
import Storage
import Testing
import Vocabulary

@testable import Monitoring

struct AlertDurabilityTests {
    private let folder = AlertFolder()

    /// Another process some time later: its monotonic clock begins anew.
    private func restart(
        _ scene: AlertScene, after time: Duration, rules: [AlertRule] = [.busy]
    ) async throws -> AlertScene {
        scene.database.close()
        var clock = AlertClock()
        clock.wall = scene.clock.wall + time
        clock.monotonic = Monotonic(nanoseconds: 7)
        return try await AlertScene(folder, rules: rules, clock: clock)
    }

    @Test func `everything is as it was after a restart and nobody is told again`() async throws {
        var scene = try await AlertScene(folder, durability: .full)
        let fired = try await scene.fire()
        let alert = try await scene.acknowledge(fired.id)
        scene = try await restart(scene, after: .seconds(5))
        #expect(scene.listed == [alert])
        await scene.hold(95, seconds: 4)
        #expect(scene.published().isEmpty)
        #expect(try await scene.audit().map(\.action) == ["alert.fire", "alert.acknowledge"])
        #expect(try await scene.acknowledge(fired.id) == scene.listed.first, "still ana's, so a no-op")
    }

    @Test func `an acknowledgment goes on through restarts and expires when its time is over`() async throws {
        var scene = try await AlertScene(folder)
        let fired = try await scene.fire()
        _ = try await scene.acknowledge(fired.id, minutes: 2)
        scene = try await restart(scene, after: .seconds(60))
        await scene.hold(95, seconds: 55)
        #expect(scene.listed.first?.isAcknowledged == true)
        await scene.hold(95, seconds: 7)
        #expect(scene.listed.first?.isAcknowledged == false)

        _ = try await scene.acknowledge(fired.id, minutes: 2)
        scene = try await restart(scene, after: .seconds(3600))
        #expect(scene.listed.first?.isAcknowledged == true, "nothing changes before it is judged")
        await scene.take(95)
        #expect(scene.published().map(\.isAcknowledged) == [false])
    }

    @Test func `a clock that was set back during the restart does not lengthen an acknowledgment`() async throws {
        var scene = try await AlertScene(folder)
        let fired = try await scene.fire()
        _ = try await scene.acknowledge(fired.id, minutes: 1)
        scene = try await restart(scene, after: .seconds(-315_360_000))
        await scene.hold(95, seconds: 62)
        #expect(scene.listed.first?.isAcknowledged == false)
    }

    @Test func `pending goes on counting after a short restart and begins anew after a long one`() async throws {
        var scene = try await AlertScene(folder)
        await scene.hold(95, seconds: 20)
        scene = try await restart(scene, after: .seconds(3))
        #expect(scene.listed.map(\.condition) == [.pending])
        var seconds = 0
        while scene.listed.first?.condition == .pending, seconds < 30 {
            await scene.take(95)
            seconds += 1
        }
        // 15 s or more were stored, 3 s to 8 s were lost in between and count.
        #expect((7...13).contains(seconds), "\(seconds)")
        await scene.hold(10, seconds: 16)

        await scene.hold(95, seconds: 20)
        scene = try await restart(scene, after: .seconds(120))
        await scene.take(95)
        #expect(scene.listed.first { $0.isOpen }?.startedAt == scene.clock.wall)
        await scene.hold(95, seconds: 28)
        #expect(scene.alerts.counts.pending == 1)
        await scene.hold(95, seconds: 2)
        #expect(scene.alerts.counts.warnings == 1)
    }

    @Test func `an alert whose rule is gone after a restart ends`() async throws {
        var scene = try await AlertScene(folder)
        _ = try await scene.fire()
        scene = try await restart(scene, after: .seconds(1), rules: [])
        await scene.take(95)
        #expect(scene.listed.map(\.condition) == [.resolved])
        #expect(try await scene.audit().last?.action == "alert.resolve")
        scene = try await restart(scene, after: .seconds(1), rules: [])
        #expect(scene.listed.map(\.condition) == [.resolved], "still listed for a while")
    }

    @Test func `a closed database changes no alert, whatever the values`() async throws {
        let scene = try await AlertScene(folder)
        await scene.hold(95, seconds: 10)
        let pending = try #require(scene.listed.first)
        _ = scene.published()
        scene.database.close()
        await scene.hold(95, seconds: 30)
        await scene.hold(10, seconds: 30)
        let alert = try #require(scene.listed.first)
        #expect(alert.condition == .pending && alert.revision == pending.revision)
        #expect(scene.published().allSatisfy { $0.condition == .pending })
        await #expect(throws: StorageFailure.closed) { try await scene.acknowledge(pending.id) }
    }

    @Test func `what could not be stored is judged again and told once`() async throws {
        let scene = try await AlertScene(folder)
        let failures = AlertFailureCount()
        let alerts = try await Alerts.open(
            database: scene.database, bus: scene.bus, configuration: AlertConfiguration(rules: [.busy]),
            now: scene.clock.wall
        ) { _ in failures.add() }
        // A table that refuses everything stands for a disk that does.
        try await scene.database.write {
            try $0.execute(
                """
                CREATE TRIGGER refuse BEFORE UPDATE ON alert WHEN new.condition = 'firing'
                BEGIN SELECT RAISE(ABORT, 'no space'); END
                """)
        }
        func hold(_ value: Double, seconds: Int) async {
            for _ in 0..<seconds {
                scene.clock.pass(.seconds(1))
                let layout = MetricLayout(names: ["cpu.busy"], units: [.percent])
                let snapshot = HostSnapshot(host: "desk-1", at: scene.clock.wall, layout: layout, values: [value])
                alerts.evaluate(snapshot, at: scene.clock.wall, monotonic: scene.clock.monotonic)
                await alerts.settle()
            }
        }
        await hold(95, seconds: 60)
        #expect(alerts.counts.pending == 1)
        #expect(failures.count == 1, "one report for an outage, not one a second")
        #expect(try await scene.audit().isEmpty)
        try await scene.database.write { try $0.execute("DROP TRIGGER refuse") }
        await hold(95, seconds: 2)
        #expect(alerts.counts.warnings == 1)
        #expect(scene.published().filter { $0.condition == .firing }.count == 1)
        #expect(try await scene.audit().map(\.action) == ["alert.fire"])
    }

    @Test func `every acknowledged alert has its audit row and the trail is whole`() async throws {
        let scene = try await AlertScene(folder)
        for _ in 0..<5 {
            let fired = try await scene.fire()
            _ = try await scene.acknowledge(fired.id)
            await scene.hold(10, seconds: 16)
        }
        let audit = try await scene.audit()
        #expect(audit.filter { $0.action == "alert.acknowledge" }.map(\.subject) == (1...5).map { "alert:\($0)" })
        let verdict = try await scene.database.read { try AuditTrail.verify(in: $0) }
        guard case .intact(entries: 15, _) = verdict else {
            Issue.record("\(verdict)")
            return
        }
    }
}

/// Counts calls from any thread.
final class AlertFailureCount: Sendable {
    private let bus = Bus<Tick>()
    private let reader: Subscription<Tick>

    private struct Tick: BusEvent {
        var delivery: Delivery { .all }
    }

    init() {
        reader = bus.subscribe()
    }

    func add() {
        bus.publish(Tick())
    }

    /// How many there were since the last time this was asked.
    var count: Int { reader.drain().count }
}

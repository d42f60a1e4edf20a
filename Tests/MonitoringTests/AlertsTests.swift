import Bus
import DeskAPI
import Storage
import Testing
import Vocabulary

@testable import Monitoring

struct AlertsTests {
    private let folder = AlertFolder()

    @Test func `each transition is on the disk before it is published, and people's part is audited`() async throws {
        let scene = try await AlertScene(folder)
        _ = try await scene.fire()
        await scene.hold(10, seconds: 16)
        let seen = scene.published().reduce(into: [Alert.Condition]()) { seen, alert in
            if seen.last != alert.condition { seen.append(alert.condition) }
        }
        #expect(seen == [.pending, .firing, .recovering, .resolved])
        #expect(try await scene.audit().map(\.action) == ["alert.fire", "alert.resolve"])
        #expect(try await scene.audit().map(\.subject) == ["alert:1", "alert:1"])
        #expect(try await scene.audit().map(\.actor) == ["watchdesk", "watchdesk"])
        let listed = scene.listed
        #expect(listed.map(\.condition) == [.resolved])
        var open = ListAlerts()
        open.resolved = false
        #expect(scene.alerts.list(open).isEmpty)
        #expect(scene.alerts.counts == AlertCounts([]))
    }

    @Test func `pending that goes away leaves nothing behind but its number`() async throws {
        let scene = try await AlertScene(folder)
        await scene.take(95)
        #expect(scene.alerts.counts.pending == 1)
        await scene.take(10)
        #expect(scene.published().map(\.condition) == [.pending, .resolved])
        #expect(scene.listed.isEmpty)
        #expect(try await scene.audit().isEmpty)
        let rows: Int? = try await scene.database.read { try $0.value("SELECT count(*) FROM alert") }
        #expect(rows == 0)
        await scene.take(95)
        #expect(scene.listed.map(\.id) == [ID(2)], "a number is never given twice")
    }

    @Test func `an acknowledgment is durable, audited with its actor, and seen by everybody`() async throws {
        let scene = try await AlertScene(folder)
        let fired = try await scene.fire()
        _ = scene.published()
        let alert = try await scene.acknowledge(fired.id)
        #expect(alert.acknowledgedBy == "ana")
        #expect(scene.published() == [alert], "published when the caller is answered")
        #expect(scene.listed == [alert])
        let entry = try #require(try await scene.audit().last)
        #expect(entry.actor == "u:3" && entry.actorName == "ana" && entry.action == "alert.acknowledge")
        #expect(entry.subject == "alert:1" && entry.detail.contains("on it"))
        #expect(scene.alerts.counts.warnings == 1 && scene.alerts.counts.unacknowledged == 0)
        let again = try await scene.acknowledge(fired.id, minutes: 99)
        #expect(again == alert)
        #expect(scene.published().isEmpty)
        #expect(try await scene.audit().count == 2)
    }

    @Test func `refusals name the problem and change nothing`() async throws {
        let scene = try await AlertScene(folder)
        await scene.take(95)
        let pending = try #require(scene.listed.first)
        await #expect { try await scene.acknowledge(pending.id) } throws: { ($0 as? Problem)?.code == .notFiring }
        await #expect { try await scene.acknowledge(ID(99)) } throws: { ($0 as? Problem)?.code == .notFound }
        let fired = try await scene.fire()
        _ = try await scene.acknowledge(fired.id)
        await #expect { try await scene.acknowledge(fired.id, by: .ben) } throws: { error in
            let problem = error as? Problem
            return problem?.code == .alreadyAcknowledged && problem?.detail.contains("ana") == true
                && problem?.current?["acknowledged_by"]?.text == "ana"
        }
        #expect(try await scene.audit().map(\.action) == ["alert.fire", "alert.acknowledge"])
        await scene.hold(10, seconds: 16)
        await #expect { try await scene.acknowledge(fired.id) } throws: { ($0 as? Problem)?.code == .notFiring }
    }

    @Test func `of two people in the same moment exactly one wins`() async throws {
        let scene = try await AlertScene(folder)
        let fired = try await scene.fire()
        let alerts = scene.alerts
        let now = scene.clock.wall
        for round in 0..<100 {
            _ = scene.published()
            let wins = await withTaskGroup(of: String?.self) { tasks in
                for caller in [Caller.ana, .ben, .local(name: "cy")] {
                    tasks.addTask {
                        let request = AcknowledgeAlert(fired.id, note: "", minutes: 5)
                        do {
                            let alert = try await alerts.acknowledge(request, by: caller, at: now)
                            return alert.acknowledgedBy == caller.name ? caller.name : "wrong owner"
                        } catch {
                            return (error as? Problem)?.code == .alreadyAcknowledged ? nil : "\(error)"
                        }
                    }
                }
                return await tasks.reduce(into: [String]()) { if let win = $1 { $0.append(win) } }
            }
            #expect(wins.count == 1, "round \(round): \(wins)")
            #expect(scene.listed.first?.acknowledgedBy == wins.first)
            #expect(scene.published().map(\.acknowledgedBy) == [wins.first])
            try await alerts.unacknowledge(UnacknowledgeAlert(fired.id), by: .ana, at: now)
        }
        #expect(try await scene.audit().filter { $0.action == "alert.acknowledge" }.count == 100)
    }

    @Test func `transitions and acknowledgments at the same time lose nothing`() async throws {
        var rule = AlertRule.busy
        rule.hold = .zero
        let scene = try await AlertScene(folder, rules: [rule])
        await scene.take(95)
        let id = try #require(scene.listed.first).id
        let alerts = scene.alerts
        for round in 0..<200 {
            let now = scene.clock.wall
            async let response: Void = {
                if round % 2 == 0 {
                    _ = try await alerts.acknowledge(AcknowledgeAlert(id, note: ""), by: .ana, at: now)
                } else {
                    try await alerts.unacknowledge(UnacknowledgeAlert(id), by: .ana, at: now)
                }
            }()
            scene.begin(round % 2 == 0 ? 10 : 95)
            try await response
            await alerts.settle()
            // A transition that lost against the response is judged again.
            await scene.take(round % 2 == 0 ? 10 : 95)
            let alert = try #require(scene.listed.first)
            #expect(alert.condition == (round % 2 == 0 ? .recovering : .firing))
            #expect(alert.isAcknowledged == (round % 2 == 0))
            let stored = try await scene.database.read { try AlertStore.episode(id, in: $0) }
            #expect(stored?.alert.revision == alert.revision && stored?.alert.condition == alert.condition)
            #expect(stored?.alert.acknowledgedBy == alert.acknowledgedBy)
        }
        let revisions = scene.published().map(\.revision)
        #expect(revisions == revisions.sorted(), "nobody sees an older state after a newer one")
    }

    @Test func `the newest value of an open alert is shown every five seconds and not stored`() async throws {
        let scene = try await AlertScene(folder)
        _ = try await scene.fire()
        _ = scene.published()
        let groups = scene.database.statistics.groups
        for second in 1...20 { await scene.take(95 + Double(second) / 10) }
        let shown = scene.published()
        #expect((3...4).contains(shown.count))
        #expect(Set(shown.map(\.revision)).count == 1)
        #expect(shown.compactMap(\.value) == shown.compactMap(\.value).sorted())
        #expect(scene.listed.first?.value == 97)
        #expect(scene.database.statistics.groups == groups)
        await scene.hold(97, seconds: 20)
        #expect(scene.published().count <= 1, "a value that stays is not shown again")
    }

    @Test func `alerts that are over are listed for a quarter of an hour`() async throws {
        let scene = try await AlertScene(folder)
        _ = try await scene.fire()
        await scene.hold(10, seconds: 16)
        await scene.hold(10, seconds: 899)
        #expect(scene.listed.count == 1)
        await scene.hold(10, seconds: 2)
        #expect(scene.listed.isEmpty)
    }

    @Test func `an acknowledgment expires even when its host is silent`() async throws {
        let scene = try await AlertScene(folder)
        let fired = try await scene.fire()
        _ = try await scene.acknowledge(fired.id, minutes: 1)
        _ = scene.published()
        for _ in 0..<62 {
            scene.begin(5, host: "desk-2")
            await scene.alerts.settle()
        }
        #expect(scene.published().map(\.isAcknowledged) == [false])
        #expect(try await scene.audit().last?.action == "alert.expire")
        #expect(scene.listed.first?.condition == .firing)
    }

    @Test func `rules can change while alerts are open`() async throws {
        let scene = try await AlertScene(folder)
        _ = try await scene.fire()
        var rule = AlertRule.busy
        rule.threshold = 50
        rule.clear = 40
        scene.alerts.follow(AlertConfiguration(rules: [rule]))
        await scene.take(60)
        #expect(scene.listed.map(\.threshold) == [50])
        #expect(scene.listed.first?.condition == .firing)
        scene.alerts.follow(AlertConfiguration(rules: []))
        await scene.hold(99, seconds: 2)
        #expect(scene.listed.map(\.condition) == [.resolved])
        await scene.hold(99, seconds: 60)
        #expect(scene.listed.map(\.condition) == [.resolved])
    }

    @Test func `a disk that goes away keeps its alert, one that comes is watched`() async throws {
        let rule = AlertRule("disk", try #require(MetricPattern("fs.*.used_percent")), threshold: 90)
        let scene = try await AlertScene(folder, rules: [rule])
        func take(_ disks: [String: Double]) async {
            let names = disks.keys.sorted()
            scene.clock.pass(.seconds(1))
            let snapshot = HostSnapshot(
                host: "desk-1", at: scene.clock.wall,
                layout: MetricLayout(names: names, units: names.map { _ in .percent }),
                values: names.map { disks[$0] ?? .nan })
            scene.alerts.evaluate(snapshot, at: scene.clock.wall, monotonic: scene.clock.monotonic)
            await scene.alerts.settle()
        }
        await take(["fs./.used_percent": 95, "fs./home.used_percent": 50])
        #expect(scene.listed.map(\.metric) == ["fs./.used_percent"])
        await take(["fs./home.used_percent": 50])
        #expect(scene.listed.map(\.condition) == [.firing])
        #expect(scene.listed.first?.value == nil)
        await take(["fs./.used_percent": 95, "fs./home.used_percent": 97, "fs./srv.used_percent": 99])
        #expect(Set(scene.listed.map(\.metric)).count == 3)
        await take(["fs./.used_percent": 10, "fs./home.used_percent": 10, "fs./srv.used_percent": 10])
        #expect(scene.listed.map(\.condition) == [.resolved, .resolved, .resolved])
    }

    @Test func `a rule can judge one metric by another`() async throws {
        let rule = AlertRule("load", MetricPattern(exactly: "load.1"), per: MetricPattern("cpu.cores"), threshold: 4)
        let scene = try await AlertScene(folder, rules: [rule])
        let layout = MetricLayout(names: ["cpu.cores", "load.1"], units: [.count, .count])
        for values in [[8.0, 30], [0, 90], [8, .nan], [8, 33]] {
            scene.clock.pass(.seconds(1))
            let snapshot = HostSnapshot(host: "desk-1", at: scene.clock.wall, layout: layout, values: values)
            scene.alerts.evaluate(snapshot, at: scene.clock.wall, monotonic: scene.clock.monotonic)
            await scene.alerts.settle()
            #expect(scene.listed.isEmpty == (values != [8, 33]))
        }
        #expect(scene.listed.first?.value == 33.0 / 8)
    }
}

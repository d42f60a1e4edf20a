import DeskAPI
import Storage
import Testing
import Vocabulary

@testable import Monitoring

/// What people do with alerts besides acknowledging them.
struct AlertResponseTests {
    private let folder = AlertFolder()

    @Test func `an alert that is ended by hand fires again only after its value was good`() async throws {
        let scene = try await AlertScene(folder)
        let alert = try await scene.fire()
        let over = try await scene.alerts.resolve(
            ResolveAlert(alert.id, note: "a test"), by: .ana, at: scene.clock.wall)
        #expect(over.condition == .resolved && over.resolvedBy == "ana" && over.note == "a test")
        await scene.hold(99, seconds: 60)
        #expect(scene.listed.filter(\.isOpen).isEmpty, "still the same bad value")
        #expect(scene.listed.map(\.id) == [alert.id], "listed as over")
        await scene.take(10)
        let again = try await scene.fire()
        #expect(again.id > alert.id && again.previous == alert.id)
        let audit = try await scene.audit()
        #expect(audit.map(\.action) == ["alert.fire", "alert.close", "alert.fire"])
        #expect(audit[1].actor == "u:3" && audit[1].detail.contains("a test"))
        #expect(try await scene.told().map(\.reason) == [.fired, .resolved, .fired])
    }

    @Test func `what was ended by hand stays so across a restart`() async throws {
        let scene = try await AlertScene(folder)
        let alert = try await scene.fire()
        try await scene.alerts.resolve(ResolveAlert(alert.id, note: "known"), by: .ana, at: scene.clock.wall)
        scene.database.close()
        let next = try await AlertScene(folder, clock: scene.clock)
        await next.hold(99, seconds: 60)
        #expect(next.listed.filter(\.isOpen).isEmpty)
        await next.take(10)
        #expect(try await next.fire().previous == alert.id)
    }

    @Test func `ending by hand needs a note, the newest revision and something that fires`() async throws {
        let scene = try await AlertScene(folder)
        await scene.take(95)
        let pending = try #require(scene.listed.first)
        await #expect {
            try await scene.alerts.resolve(ResolveAlert(pending.id, note: "x"), by: .ana, at: scene.clock.wall)
        } throws: { ($0 as? Problem)?.code == .notFiring }
        let alert = try await scene.fire()
        await #expect {
            try await scene.alerts.resolve(ResolveAlert(alert.id, note: " "), by: .ana, at: scene.clock.wall)
        } throws: { ($0 as? Problem)?.code == .invalidField }
        var request = ResolveAlert(alert.id, note: "x")
        request.revision = alert.revision - 1
        let stale = request
        await #expect {
            try await scene.alerts.resolve(stale, by: .ana, at: scene.clock.wall)
        } throws: { ($0 as? Problem)?.code == .staleRevision }
        #expect(scene.listed.first?.condition == .firing)
    }

    @Test func `an alert is assigned to somebody and to nobody, with a word in the audit`() async throws {
        let scene = try await AlertScene(folder)
        let alert = try await scene.fire()
        let request = AssignAlert(alert.id, to: "ben", note: "his import")
        #expect(try await scene.alerts.assign(request, by: .ana, at: scene.clock.wall).assignedTo == "ben")
        let same = try await scene.alerts.assign(request, by: .ana, at: scene.clock.wall)
        #expect(same.revision == alert.revision + 1, "the same again changes nothing")
        #expect(try await scene.audit().last?.detail == "cpu-busy on desk-1, to ben: his import")
        scene.database.close()
        let next = try await AlertScene(folder, clock: scene.clock)
        #expect(next.listed.first?.assignedTo == "ben")
        _ = try await next.alerts.assign(AssignAlert(alert.id, to: ""), by: .ben, at: next.clock.wall)
        #expect(next.listed.first?.assignedTo == nil)
    }

    @Test func `one's own acknowledgment can be held for longer, and given up with a reason`() async throws {
        let scene = try await AlertScene(folder)
        let alert = try await scene.fire()
        _ = try await scene.acknowledge(alert.id, minutes: 5)
        await scene.hold(95, seconds: 120)
        var request = AcknowledgeAlert(alert.id, note: "", minutes: 5)
        request.extend = true
        let held = try await scene.alerts.acknowledge(request, by: .ana, at: scene.clock.wall)
        #expect(held.acknowledgedUntil == scene.clock.wall + .seconds(300) && held.note == "on it")
        await scene.hold(95, seconds: 290)
        #expect(scene.listed.first?.isAcknowledged == true, "the first five minutes are long over")
        await scene.hold(95, seconds: 12)
        #expect(scene.listed.first?.isAcknowledged == false)
        _ = try await scene.acknowledge(alert.id)
        let reason = UnacknowledgeAlert(alert.id, reason: "wrong host")
        try await scene.alerts.unacknowledge(reason, by: .ben, at: scene.clock.wall)
        let last = try #require(try await scene.audit().last)
        #expect(last.action == "alert.unacknowledge" && last.detail.contains("wrong host"))
        #expect(try await scene.audit().map(\.action).contains("alert.extend"))
    }

    @Test func `of several alerts each is acknowledged by itself, and what is refused is told`() async throws {
        let rule = AlertRule("disk", try #require(MetricPattern("fs.*.used")), threshold: 90)
        let scene = try await AlertScene(folder, rules: [rule], metrics: ["fs.a.used", "fs.b.used"])
        await scene.take([95, 95])
        let ids = scene.listed.map(\.id)
        #expect(ids.count == 2)
        _ = try await scene.acknowledge(ids[0], by: .ben)
        let outcomes = try await scene.alerts.acknowledge(
            AcknowledgeAlerts(ids + [ID(99)], note: "all"), by: .ana, at: scene.clock.wall)
        #expect(outcomes.map(\.id) == ids + [ID(99)])
        #expect(outcomes.map { $0.code ?? "done" } == ["already-acknowledged", "done", "not-found"])
        #expect(outcomes[1].alert?.acknowledgedBy == "ana")
    }

    @Test func `nobody acknowledges: the next in line is called, step by step, until somebody does`() async throws {
        var rule = AlertRule.busy
        rule.escalation = [.seconds(60), .seconds(120)]
        let scene = try await AlertScene(folder, rules: [rule])
        let alert = try await scene.fire()
        await scene.hold(95, seconds: 61)
        #expect(scene.listed.first?.level == 1)
        scene.database.close()
        // A restart goes on counting from the last call.
        let next = try await AlertScene(folder, rules: [rule], clock: scene.clock)
        await next.hold(95, seconds: 100)
        #expect(next.listed.first?.level == 1)
        await next.hold(95, seconds: 25)
        #expect(next.listed.first?.level == 2)
        await next.hold(95, seconds: 1000)
        let told = try await next.told()
        #expect(told.map(\.reason) == [.fired, .escalated, .escalated] && told.map(\.level) == [0, 1, 2])
        _ = try await next.acknowledge(alert.id, minutes: 1)
        #expect(next.listed.first?.level == 0)
        await next.hold(95, seconds: 30)
        #expect(try await next.told().count == 3, "whoever has it is left alone")
        await next.hold(95, seconds: 100)
        #expect(try await next.told().map(\.reason).suffix(2) == [.calledAgain, .escalated])
        await next.hold(10, seconds: 20)
        let ends = try await next.told().filter { $0.reason == .resolved }
        #expect(ends.map(\.level) == [0, 1], "whoever was called hears of the end")
    }

    @Test func `labels and runbook of a rule are on its alerts, and matchers see them`() async throws {
        var rule = AlertRule.busy
        rule.labels = [AlertLabel("team", "storage")]
        rule.runbook = "https://wiki.example/cpu"
        let scene = try await AlertScene(folder, rules: [rule])
        let alert = try await scene.fire()
        #expect(alert.labels == rule.labels && alert.runbook == rule.runbook)
        #expect(try scene.alerts.preview(PreviewSilence(["team=storage"])).map(\.id) == [alert.id])
        #expect(try scene.alerts.preview(PreviewSilence(["team=network"])).isEmpty)
        scene.database.close()
        let next = try await AlertScene(folder, rules: [rule], clock: scene.clock)
        #expect(next.listed.first?.labels == rule.labels)
    }
}

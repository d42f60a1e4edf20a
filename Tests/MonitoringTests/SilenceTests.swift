import DeskAPI
import Storage
import Testing
import Vocabulary

@testable import Monitoring

/// Silences, and who is told what because of them.
@Suite struct SilenceTests {
    private func notices(_ scene: AlertScene) async throws -> [String] {
        try await scene.database.read { try AlertNoticeStore.after(0, limit: 1000, in: $0) }.map(\.reason.rawValue)
    }

    private func silence(
        _ scene: AlertScene, _ matchers: [String] = ["host=desk-1"], minutes: Int64 = 10
    ) async throws -> Silence {
        try await scene.alerts.silence(
            CreateSilence(matchers, comment: "replacing a disk", minutes: minutes), by: .ana, at: scene.clock.wall)
    }

    @Test func `an alert that fires and ends tells people each once`() async throws {
        let scene = try await AlertScene(AlertFolder())
        _ = try await scene.fire()
        await scene.hold(95, seconds: 60)
        #expect(try await notices(scene) == ["fired"])
        await scene.hold(10, seconds: 30)
        #expect(try await notices(scene) == ["fired", "resolved"])
    }

    @Test func `what goes away before it fires tells nobody`() async throws {
        let scene = try await AlertScene(AlertFolder())
        await scene.hold(95, seconds: 20)
        await scene.hold(10, seconds: 20)
        #expect(try await notices(scene).isEmpty)
    }

    @Test func `an acknowledgment that runs out or is given up calls again`() async throws {
        let scene = try await AlertScene(AlertFolder())
        let alert = try await scene.fire()
        _ = try await scene.acknowledge(alert.id, minutes: 1)
        await scene.hold(95, seconds: 70)
        #expect(try await notices(scene) == ["fired", "called_again"])
        _ = try await scene.acknowledge(alert.id)
        _ = try await scene.alerts.unacknowledge(UnacknowledgeAlert(alert.id), by: .ben, at: scene.clock.wall)
        #expect(try await notices(scene) == ["fired", "called_again", "called_again"])
    }

    @Test func `what is silenced fires without a word, and calls when the silence ends`() async throws {
        let scene = try await AlertScene(AlertFolder())
        _ = try await silence(scene, minutes: 2)
        let alert = try await scene.fire()
        #expect(alert.suppression == .silenced && alert.suppressedBy == "1")
        await scene.hold(95, seconds: 60)
        #expect(try await notices(scene).isEmpty)
        await scene.hold(95, seconds: 60)
        #expect(scene.listed.first?.suppression == Alert.Suppression.none)
        #expect(try await notices(scene) == ["fired"])
        #expect(try await scene.audit().map(\.action).contains("alert.unsuppress"))
    }

    @Test func `a silence hides what fires already, and its end calls again`() async throws {
        let scene = try await AlertScene(AlertFolder())
        _ = try await scene.fire()
        let made = try await silence(scene)
        await scene.hold(95, seconds: 3)
        #expect(scene.listed.first?.suppression == .silenced)
        _ = try await scene.alerts.expire(made.id, by: .ben, at: scene.clock.wall)
        await scene.hold(95, seconds: 3)
        #expect(scene.listed.first?.suppression == Alert.Suppression.none)
        #expect(try await notices(scene) == ["fired", "called_again"])
        #expect(
            try await scene.audit().map(\.action).filter { $0.hasPrefix("silence") } == [
                "silence.create", "silence.expire",
            ])
    }

    @Test func `what ended while it was silenced says nothing, and the next time calls`() async throws {
        let scene = try await AlertScene(AlertFolder())
        _ = try await scene.fire()
        let made = try await silence(scene)
        await scene.hold(95, seconds: 2)
        await scene.hold(10, seconds: 30)
        #expect(try await notices(scene) == ["fired"])
        _ = try await scene.alerts.expire(made.id, by: .ana, at: scene.clock.wall)
        await scene.hold(95, seconds: 40)
        #expect(try await notices(scene) == ["fired", "fired"])
    }

    @Test func `an acknowledged alert stays quiet when its silence ends`() async throws {
        let scene = try await AlertScene(AlertFolder())
        let alert = try await scene.fire()
        let made = try await silence(scene)
        await scene.hold(95, seconds: 2)
        _ = try await scene.acknowledge(alert.id)
        _ = try await scene.alerts.expire(made.id, by: .ana, at: scene.clock.wall)
        await scene.hold(95, seconds: 5)
        #expect(try await notices(scene) == ["fired"])
    }

    @Test func `a silence, and what people know, outlive the process`() async throws {
        let folder = AlertFolder()
        let first = try await AlertScene(folder)
        _ = try await first.fire()
        _ = try await silence(first)
        await first.hold(95, seconds: 2)
        first.database.close()
        let second = try await AlertScene(folder, clock: first.clock)
        await second.hold(95, seconds: 30)
        #expect(second.listed.first?.suppression == .silenced)
        #expect(try await notices(second) == ["fired"])
        _ = try await second.alerts.expire(ID(1), by: .ana, at: second.clock.wall)
        await second.hold(95, seconds: 3)
        #expect(try await notices(second) == ["fired", "called_again"])
    }

    @Test func `setting the clock ends no silence`() async throws {
        let scene = try await AlertScene(AlertFolder())
        _ = try await scene.fire()
        _ = try await silence(scene)
        await scene.hold(95, seconds: 2)
        scene.clock.wall = scene.clock.wall + .seconds(86_400)
        await scene.hold(95, seconds: 5)
        #expect(scene.listed.first?.suppression == .silenced)
    }

    @Test func `a preview lists what would be hidden and changes nothing`() async throws {
        let scene = try await AlertScene(AlertFolder())
        let alert = try await scene.fire()
        func preview(_ matchers: String...) throws -> [ID<Alert>] {
            try scene.alerts.preview(PreviewSilence(matchers)).map(\.id)
        }
        #expect(try preview("host=~\"desk-.*\"", "rule!=load") == [alert.id])
        #expect(try preview("host=~desk").isEmpty, "a regular expression must fit the whole value")
        #expect(try preview("severity!~\"warning|critical\"").isEmpty)
        #expect(try await scene.alerts.silences(ListSilences(), at: scene.clock.wall).isEmpty)
    }

    @Test(arguments: [
        "hots=desk-1", "host", "host=~(", "severity=grave", "host=~\"\(String(repeating: "a", count: 300))\"",
    ])
    func `a matcher that is none is refused with what would be one`(_ text: String) async throws {
        let scene = try await AlertScene(AlertFolder())
        await #expect(throws: Problem.self) { try await silence(scene, [text]) }
        #expect(try await scene.alerts.silences(ListSilences(), at: scene.clock.wall).isEmpty)
    }

    @Test func `a silence without a reason is refused, one that is over ends once`() async throws {
        let scene = try await AlertScene(AlertFolder())
        await #expect(throws: Problem.self) {
            try await scene.alerts.silence(CreateSilence(["host=a"], comment: "  "), by: .ana, at: scene.clock.wall)
        }
        let made = try await silence(scene)
        let over = try await scene.alerts.expire(made.id, by: .ben, at: scene.clock.wall)
        #expect(over.expiredBy == "ben")
        #expect(try await scene.alerts.expire(made.id, by: .ana, at: scene.clock.wall).expiredBy == "ben")
        await #expect(throws: Problem.self) {
            try await scene.alerts.expire(ID(99), by: .ana, at: scene.clock.wall)
        }
        var all = ListSilences()
        all.expired = true
        #expect(try await scene.alerts.silences(all, at: scene.clock.wall).map(\.id) == [made.id])
    }

    @Test func `a graver alert about the same metric keeps the others quiet, and its end lets them call`() async throws
    {
        let graver = AlertRule(
            "cpu-full", MetricPattern(exactly: "cpu.busy"), threshold: 98, clear: 96, hold: .seconds(2),
            keepFiring: .seconds(2), severity: .critical)
        let scene = try await AlertScene(AlertFolder(), rules: [.quick, graver])
        await scene.hold(95, seconds: 5)
        #expect(try await notices(scene) == ["fired"])
        await scene.hold(99, seconds: 5)
        let quick = try #require(scene.listed.first { $0.rule == "cpu-quick" })
        #expect(quick.suppression == .inhibited && quick.suppressedBy == "cpu-full")
        #expect(try await notices(scene) == ["fired", "fired"])
        await scene.hold(95, seconds: 6)
        #expect(scene.listed.first { $0.rule == "cpu-quick" }?.suppression == Alert.Suppression.none)
        #expect(try await notices(scene) == ["fired", "fired", "resolved", "called_again"])
    }

    @Test func `an alert that goes back and forth is told of as flapping, and not for each time`() async throws {
        let scene = try await AlertScene(AlertFolder(), rules: [.quick])
        for _ in 0..<12 {
            await scene.hold(95, seconds: 3)
            await scene.hold(10, seconds: 10)
        }
        let told = try await notices(scene)
        #expect(told.count { $0 == "flapping" } == 1, "\(told)")
        #expect(told.count { $0 == "fired" } <= 6, "\(told)")
        #expect(scene.listed.contains { $0.flapping && $0.flaps >= 5 })
    }

    @Test func `an alert is shown with its earlier episodes and what was done`() async throws {
        let scene = try await AlertScene(AlertFolder(), rules: [.quick])
        await scene.hold(95, seconds: 3)
        await scene.hold(10, seconds: 10)
        await scene.hold(95, seconds: 3)
        let alert = try #require(scene.listed.first { $0.isOpen })
        _ = try await scene.acknowledge(alert.id)
        let history = try await scene.alerts.history(of: alert.id)
        #expect(history.alert.acknowledgedBy == "ana" && history.earlier.count == 1)
        #expect(history.trail.map(\.draft.action) == ["alert.fire", "alert.acknowledge"])
        await #expect(throws: Problem.self) { try await scene.alerts.history(of: ID(99)) }
    }

    @Test func `patterns fit whole values, in time that grows with the text alone`() throws {
        for (pattern, fits, fitsNot) in [
            ("db-.*", "db-1", "a-db-1"), ("a|b", "b", "ab"), ("[a-c]+\\d?", "abc9", "d"), ("(?:x|y)*z", "xyxz", "xy"),
            ("", "", "a"), ("a\\.b", "a.b", "axb"), ("^desk$", "desk", "desks"), ("[^/]+", "abc", "a/b"),
        ] {
            let pattern = try LabelPattern(pattern)
            #expect(pattern.matches(fits) && !pattern.matches(fitsNot))
        }
        let cruel = try LabelPattern("(a*)*(a|a)*b")
        #expect(!cruel.matches(String(repeating: "a", count: 2000)))
    }
}

extension AlertRule {
    /// Above 90 for 2 s, clear at 75, over after 5 s.
    fileprivate static let quick = AlertRule(
        "cpu-quick", MetricPattern(exactly: "cpu.busy"), threshold: 90, clear: 75, hold: .seconds(2),
        keepFiring: .seconds(5))
}

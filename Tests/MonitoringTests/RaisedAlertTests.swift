import DeskAPI
import Storage
import Testing
import Vocabulary

@testable import Monitoring

/// Alerts that come from outside of the rules.
struct RaisedAlertTests {
    private let folder = AlertFolder()

    private func raise(
        _ scene: AlertScene, _ change: (inout RaiseAlert) -> Void = { _ in }
    ) async throws -> Alert {
        var request = RaiseAlert.example
        change(&request)
        return try await scene.alerts.raise(
            request, host: "desk-1", by: .ana, at: scene.clock.wall, monotonic: scene.clock.monotonic)
    }

    @Test func `it fires at once, can be acknowledged, and is over when whoever raised it says so`() async throws {
        let scene = try await AlertScene(folder)
        let alert = try await raise(scene)
        #expect(alert.condition == .firing && alert.source == .event && alert.severity == .critical)
        #expect(alert.summary == RaiseAlert.example.summary && alert.labels == [.example] && alert.host == "desk-1")
        #expect(try await scene.acknowledge(alert.id).acknowledgedBy == "ana")
        #expect(try await raise(scene).id == alert.id, "the same is the same")
        let over = try await raise(scene) { $0.over = true }
        #expect(over.id == alert.id && over.condition == .resolved)
        #expect(try await raise(scene).previous == alert.id)
        #expect(try await scene.audit().first?.actor == "u:3")
        #expect(try await scene.told().map(\.reason) == [.fired, .resolved, .fired])
    }

    @Test func `another host or label is another alert, another summary is not`() async throws {
        let scene = try await AlertScene(folder)
        let first = try await raise(scene)
        let second = try await raise(scene) { $0.labels = [AlertLabel("team", "network")] }
        let third = try await raise(scene) { $0.host = "db-1" }
        let again = try await raise(scene) { $0.summary = "still no space" }
        #expect(Set([first.id, second.id, third.id]).count == 3 && again.id == first.id)
    }

    @Test func `it is over by itself when nobody raises it again in time, across a restart too`() async throws {
        let scene = try await AlertScene(folder)
        let alert = try await raise(scene) { $0.minutes = 2 }
        await scene.hold(10, seconds: 100)
        _ = try await raise(scene) { $0.minutes = 2 }
        await scene.hold(10, seconds: 100)
        #expect(scene.listed.first { $0.id == alert.id }?.condition == .firing, "it was raised again")
        scene.database.close()
        let next = try await AlertScene(folder, clock: scene.clock)
        await next.hold(10, seconds: 10)
        #expect(next.listed.first { $0.id == alert.id }?.condition == .firing)
        await next.hold(10, seconds: 15)
        #expect(next.listed.first { $0.id == alert.id }?.condition == .resolved)
    }

    @Test func `what somebody ended by hand is not raised again before it was over once`() async throws {
        let scene = try await AlertScene(folder)
        let alert = try await raise(scene)
        try await scene.alerts.resolve(ResolveAlert(alert.id, note: "known"), by: .ben, at: scene.clock.wall)
        #expect(try await raise(scene).condition == .resolved)
        #expect(try await raise(scene) { $0.over = true }.id == alert.id)
        #expect(try await raise(scene).condition == .firing)
    }

    @Test func `faults name their field, and the end of nothing is not found`() async throws {
        let scene = try await AlertScene(folder)
        do {
            _ = try await raise(scene) {
                $0.name = "two words"
                $0.category = "sistem"
                $0.labels = [AlertLabel("host", "x")]
            }
            Issue.record("it was taken")
        } catch let problem as Problem {
            #expect(problem.code == .invalidField)
            #expect(problem.faults.map(\.path).sorted() == ["category", "labels", "name"])
        }
        do {
            _ = try await raise(scene) { $0.over = true }
            Issue.record("it was taken")
        } catch let problem as Problem {
            #expect(problem.code == .notFound)
        }
    }

    @Test func `fifty at once are one alert`() async throws {
        let scene = try await AlertScene(folder)
        let clock = scene.clock
        let alerts = scene.alerts
        let ids = try await withThrowingTaskGroup(of: ID<Alert>.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await alerts.raise(
                        RaiseAlert.example, host: "desk-1", by: .ana, at: clock.wall, monotonic: clock.monotonic
                    ).id
                }
            }
            return try await group.reduce(into: Set<ID<Alert>>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
    }

    @Test func `what cannot be stored is refused, also when one before it was ended by hand`() async throws {
        let scene = try await AlertScene(folder)
        let alert = try await raise(scene)
        try await scene.alerts.resolve(ResolveAlert(alert.id, note: "known"), by: .ben, at: scene.clock.wall)
        _ = try await raise(scene) { $0.over = true }
        try await scene.database.write {
            try $0.execute("CREATE TRIGGER r BEFORE INSERT ON alert BEGIN SELECT RAISE(ABORT, 'refused'); END")
        }
        do {
            _ = try await raise(scene)
            Issue.record("it was confirmed and is nowhere")
        } catch let problem as Problem {
            #expect(problem.code == .unavailable)
        }
        try await scene.database.write { try $0.execute("DROP TRIGGER r") }
        #expect(try await raise(scene).previous == alert.id)
    }

    @Test func `a script that runs wild is refused, and what is open can still be ended`() async throws {
        var book = AlertBook(AlertConfiguration(rules: []))
        var clock = AlertClock()
        func raised(_ number: Int, isOver: Bool = false) throws -> RaisedAlert {
            var request = RaiseAlert.example
            request.name = "event-\(number)"
            request.over = isOver
            return try RaisedAlert(request, host: "desk-1", by: .ana, at: clock.wall)
        }
        clock.pass(.seconds(1))
        // Hosts of their own, so that the test itself does not search through thousands.
        for number in 0..<AlertBook.mostRaised {
            var request = RaiseAlert.example
            (request.name, request.host) = ("event", "host-\(number % 100)")
            request.labels = [AlertLabel("number", "\(number)")]
            let one = try RaisedAlert(request, host: "", by: .ana, at: clock.wall)
            _ = book.raise(one, at: clock.wall, monotonic: clock.monotonic)
        }
        #expect(book.isFull(for: try raised(1)))
        #expect(!book.isFull(for: try raised(1, isOver: true)))
    }

    @Test func `an old alert among hundreds of newer ones is ended all the same`() async throws {
        let scene = try await AlertScene(folder)
        let first = try await raise(scene)
        for number in 0..<230 { _ = try await raise(scene) { $0.name = "event-\(number)" } }
        let over = try await raise(scene) { $0.over = true }
        #expect(over.id == first.id && over.condition == .resolved)
    }
}

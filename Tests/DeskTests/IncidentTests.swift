import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Desk

/// What happened around an alert, asked of a whole desk.
@Suite struct IncidentTests {
    @Test func `an alert leads to its course and its audit, and one that does not exist to a clear word`() async throws
    {
        let folder = NSTemporaryDirectory() + "incident-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var configuration = DeskConfiguration(folder: folder, localName: "ana", version: "test")
        configuration.notify.path = folder + "/notify.yaml"
        configuration.readAlertRules = {
            Array("starter: false\nrules:\n  - {name: is-up, metric: uptime, above: 0.1, summary: up}\n".utf8)
        }
        let desk = try await Desk.open(configuration, clock: .system)
        let client = EmbeddedClient(desk: desk, caller: .local(name: "ana"))
        let deadline = ContinuousClock.now + .seconds(30)
        var alert: Alert?
        while alert == nil {
            alert = try await client.call(Operations.listAlerts, ListAlerts()).items.first { $0.firedAt != nil }
            try #require(ContinuousClock.now < deadline)
            await Task.yield()
        }
        // The value that fires an alert is judged before the history has it.
        let reference = AlertReference(try #require(alert?.id))
        var incident = try await client.call(Operations.showIncident, reference)
        while !incident.course.points.contains(where: { $0.mean != nil }), ContinuousClock.now < deadline {
            await Task.yield()
            incident = try await client.call(Operations.showIncident, reference)
        }
        #expect(incident.history.audit.map(\.action) == ["alert.fire"])
        #expect(incident.course.name == "uptime" && incident.course.points.contains { $0.mean != nil })
        #expect(incident.occurrences.contains { $0.kind == .restart })
        do throws(Problem) {
            _ = try await client.call(Operations.showIncident, AlertReference(ID(4711)))
            Issue.record("there is no such alert")
        } catch {
            #expect(error.code == .notFound)
        }
        await desk.close()
    }
}

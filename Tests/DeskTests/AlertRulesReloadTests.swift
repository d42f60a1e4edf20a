import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Desk

/// The file of the alert rules while the desk runs.
@Suite struct AlertRulesReloadTests {
    @Test func `rules that are saved are followed, and a file with a fault changes nothing`() async throws {
        let folder = NSTemporaryDirectory() + "rules-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/alerts.yaml"
        func save(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
        try save("starter: false\n")
        var configuration = DeskConfiguration(folder: folder, localName: "ana", version: "test")
        configuration.alertRulesPath = path
        configuration.notify.path = folder + "/notify.yaml"
        configuration.readAlertRules = { Array(try Data(contentsOf: URL(filePath: path))) }
        let desk = try await Desk.open(configuration, clock: .system)
        let client = EmbeddedClient(desk: desk, caller: .local(name: "ana"))
        try save("starter: false\nrules:\n  - {name: is-up, metric: uptime, above: 0.1, summary: up}\n")
        _ = try await alerts(client) { $0.contains { $0.rule == "is-up" && $0.condition == .firing } }
        try save("starter: false\nrules:\n  - {name: is-up, metric: uptimes, above: 0.1}\n")
        try save("starter: false\nrules:\n  - {name: is-on, metric: uptime, above: 0.1, summary: on}\n")
        // The first ends, because its rule is gone.
        _ = try await alerts(client) { alerts in
            alerts.contains { $0.rule == "is-on" && $0.condition == .firing }
                && alerts.contains { $0.rule == "is-up" && $0.condition == .resolved }
        }
        await desk.close()
    }

    /// The alerts as soon as they fit.
    private func alerts(_ client: EmbeddedClient, _ fit: ([Alert]) -> Bool) async throws -> [Alert] {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            let found = try await client.call(Operations.listAlerts, ListAlerts()).items
            if fit(found) { return found }
            try #require(ContinuousClock.now < deadline, "the alerts never became what was expected: \(found)")
            await Task.yield()
        }
    }
}

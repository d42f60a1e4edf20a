import Bus
import DeskAPI
import Foundation
import Storage
import Testing
import Vocabulary

@testable import Desk
@testable import Monitoring

/// A whole desk that tells receivers of a `notify.yaml`, and a way to append to its outbox.
final class NotifyingDesk: Sendable {
    let desk: Desk
    let folder: String
    let agent: EmbeddedClient

    init(_ file: String, secrets: [String: String] = [:]) async throws {
        folder = NSTemporaryDirectory() + "notify-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/notify.yaml"
        try Data(file.utf8).write(to: URL(filePath: path))
        var configuration = DeskConfiguration(folder: folder, localName: "ana", version: "test")
        // Nothing of this machine is measured: its own alerts would be told, too.
        configuration.hostRoot = folder
        configuration.notify.path = path
        configuration.notify.read = { Array(try Data(contentsOf: URL(filePath: path))) }
        configuration.notify.secret = { place in
            guard let secret = secrets[place] else { throw NoSecret(place: place) }
            return secret
        }
        desk = try await Desk.open(configuration, clock: .system)
        agent = EmbeddedClient(desk: desk, caller: .local(name: "ana"))
    }

    struct NoSecret: Error, CustomStringConvertible {
        let place: String
        var description: String { "\(place) is not set" }
    }

    /// Stores a notice as the alerts do, then publishes the alert; its number is none of those of this busy machine.
    func tell(
        _ reason: AlertNotice.Reason = .fired, alert id: Int64 = 1_000_001, host: String = "desk-1",
        summary: String = "Processors busy", severity: Severity = .warning
    ) async throws {
        var alert = Alert()
        alert.id = ID(id)
        alert.rule = "cpu-busy"
        alert.host = host
        alert.metric = "cpu.busy"
        alert.category = "system"
        alert.severity = severity
        alert.summary = summary
        alert.condition = reason == .resolved ? .resolved : .firing
        alert.startedAt = desk.clock.now()
        alert.firedAt = desk.clock.now()
        let (told, at) = (alert, desk.clock.now())
        try await desk.parts.database.write { transaction in
            try AlertNoticeStore.append([reason], told, at: at, in: transaction)
        }
        desk.bus.publish(.alertChanged(told))
    }

    /// Waits until the messages fit.
    func messages(_ fit: ([NoticeDelivery]) -> Bool) async throws -> [NoticeDelivery] {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            let found = try await agent.call(Operations.listNotices, ListNotices()).items
            if fit(found) { return found }
            try #require(ContinuousClock.now < deadline, "never: \(found)")
            await Task.yield()
        }
    }

    func end() async throws {
        await desk.close()
        try FileManager.default.removeItem(atPath: folder)
    }

    /// A file with these receivers, in which each is told of everything at once.
    static func file(_ receivers: String..., attempts: Int = 20) -> String {
        let names = receivers.indices.map { "r\($0)" }
        let written = zip(names, receivers).map { "  - {name: \($0), attempts: \(attempts), \($1)}" }
        let routes = names.map { "    - {matchers: ['rule=~\".*\"'], receiver: \($0), continue: true}" }
        return
            (["receivers:"] + written + ["route:", "  receiver: r0", "  group_wait: 0s", "  group_interval: 1s"]
            + ["  routes:"] + routes).joined(separator: "\n") + "\n"
    }
}

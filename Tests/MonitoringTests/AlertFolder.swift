import Bus
import DeskAPI
import Foundation
import Storage
import Vocabulary

@testable import Monitoring

/// A desk's durable database in a folder that exists as long as the test that made it.
final class AlertFolder: Sendable {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.path + "/alert-tests-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            preconditionFailure("no temporary folder: \(error)")
        }
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
    }

    func database(durability: Durability = .normal) throws -> Database {
        try Database.open(
            at: path + "/desk.db", durability: durability, migrations: AuditTrail.migrations + Alerts.migrations,
            now: Timestamp(milliseconds: 0))
    }
}

/// The alerts of one host with one rule, a clock, and everything that was published.
final class AlertScene {
    let database: Database
    let bus = Bus<DeskEvent>()
    let alerts: Alerts
    var clock: AlertClock
    private let reader: Subscription<DeskEvent>
    /// Kept, because a folder goes with its last owner.
    private let folder: AlertFolder
    private let layout: MetricLayout

    init(
        _ folder: AlertFolder, rules: [AlertRule] = [.busy], configuration: AlertConfiguration? = nil,
        metrics: [String] = ["cpu.busy"], clock: AlertClock = AlertClock(), durability: Durability = .normal
    ) async throws {
        layout = MetricLayout(names: metrics, units: metrics.map { _ in .percent })
        self.folder = folder
        database = try folder.database(durability: durability)
        self.clock = clock
        reader = bus.subscribe(limit: 100_000)
        alerts = try await Alerts.open(
            database: database, bus: bus, configuration: configuration ?? AlertConfiguration(rules: rules),
            now: clock.wall)
    }

    /// Judges one value after a second, and waits until what follows is durable.
    func take(_ value: Double?, after time: Duration = .seconds(1)) async {
        begin(value, after: time)
        await alerts.settle()
    }

    /// Judges the values of all metrics after a second, and waits until what follows is durable.
    func take(_ values: [Double], after time: Duration = .seconds(1), host: String = "desk-1") async {
        clock.pass(time)
        let snapshot = HostSnapshot(host: host, at: clock.wall, layout: layout, values: values)
        alerts.evaluate(snapshot, at: clock.wall, monotonic: clock.monotonic)
        await alerts.settle()
    }

    /// Everything that people were told, in order: reason, level and alert.
    func told() async throws -> [AlertNotice] {
        try await database.read { try AlertNoticeStore.after(0, limit: 1000, in: $0) }
    }

    /// Judges one value after a second without waiting for the disk.
    func begin(_ value: Double?, after time: Duration = .seconds(1), host: String = "desk-1") {
        clock.pass(time)
        let values = [value ?? .nan]
        let snapshot = HostSnapshot(host: host, at: clock.wall, layout: layout, values: values)
        alerts.evaluate(snapshot, at: clock.wall, monotonic: clock.monotonic)
    }

    func hold(_ value: Double?, seconds: Int) async {
        for _ in 0..<seconds { await take(value) }
    }

    /// Brings the alert to firing.
    func fire() async throws -> Alert {
        await hold(95, seconds: 31)
        guard let alert = alerts.list(ListAlerts()).first, alert.condition == .firing else { throw NotFiring() }
        return alert
    }

    struct NotFiring: Error {}

    func acknowledge(_ id: ID<Alert>, minutes: Int64 = 30, by caller: Caller = .ana) async throws -> Alert {
        try await alerts.acknowledge(AcknowledgeAlert(id, note: "on it", minutes: minutes), by: caller, at: clock.wall)
    }

    /// The alerts that were published since the last call.
    func published() -> [Alert] {
        reader.drain().compactMap { reading in
            if case .event(.alertChanged(let alert)) = reading { return alert }
            return nil
        }
    }

    func audit() async throws -> [AuditTrail.Draft] {
        try await database.read { try AuditTrail.entries(limit: 1000, in: $0) }.reversed().map(\.draft)
    }

    var listed: [Alert] { alerts.list(ListAlerts()) }
}

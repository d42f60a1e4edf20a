import Bus
import DeskAPI
import Foundation
import Storage
import Testing
import Vocabulary

@testable import Monitoring

/// The whole service under everything at once: random values, people, a disk that refuses, restarts and kills.
struct AlertChaosTests {
    @Test(arguments: [7 as UInt64, 2026])
    func `what is shown was stored, what was stored is shown, and nobody is told twice`(seed: UInt64) async throws {
        let chaos = try await AlertChaos(seed: seed)
        for _ in 0..<700 { try await chaos.step() }
        try await chaos.checkTrail()
        #expect(chaos.firings > 20 && chaos.restarts > 10 && chaos.refusals > 10, "the walk saw too little")
    }
}

final class AlertChaos {
    private(set) var firings = 0
    private(set) var restarts = 0
    private(set) var refusals = 0

    private var folder = AlertFolder()
    private var random: AlertRandom
    private var clock = AlertClock()
    private let bus = Bus<DeskEvent>()
    private let reader: Subscription<DeskEvent>
    private var database: Database
    private var alerts: Alerts
    private var isRefusing = false
    private var values: [Double] = [0, 0, 0]
    private var shown: [ID<Alert>: Alert] = [:]

    private static let rule = AlertRule(
        "disk", MetricPattern("fs.*.used_percent") ?? MetricPattern(exactly: ""), threshold: 90, clear: 75,
        hold: .seconds(3), keepFiring: .seconds(2))
    private let layout = MetricLayout(
        names: ["a", "b", "c"].map { "fs.\($0).used_percent" }, units: [.percent, .percent, .percent])

    init(seed: UInt64) async throws {
        random = AlertRandom(state: seed)
        reader = bus.subscribe(limit: 100_000)
        database = try folder.database()
        alerts = try await Alerts.open(
            database: database, bus: bus, configuration: AlertConfiguration(rules: [AlertChaos.rule]), now: clock.wall)
    }

    func step() async throws {
        switch Int.random(in: 0..<30, using: &random) {
        case 0: try await restart(byKill: false)
        case 1: try await restart(byKill: true)
        case 2 where !isRefusing: try await refuse(true)
        case 2...8 where isRefusing: try await refuse(false)
        case 3...6: await respond()
        default: await second()
        }
        await alerts.settle()
        checkPublished()
        try await checkStored()
    }

    /// One second; a value stays for some time, so that every condition is reached.
    private func second() async {
        clock.pass(.seconds(1))
        for index in values.indices where Int.random(in: 0..<5, using: &random) == 0 {
            values[index] = [95, 95, 99, 80, 10, 10, .nan].randomElement(using: &random) ?? 0
        }
        let snapshot = HostSnapshot(host: "desk-1", at: clock.wall, layout: layout, values: values)
        alerts.evaluate(snapshot, at: clock.wall, monotonic: clock.monotonic)
        // Often somebody acts while the transition is on its way to the disk.
        if Bool.random(using: &random) { await respond() }
    }

    private func respond() async {
        guard let alert = alerts.list(ListAlerts()).randomElement(using: &random) else { return }
        let caller: Caller = Bool.random(using: &random) ? .ana : .ben
        var request = AcknowledgeAlert(alert.id, note: "", minutes: 1)
        request.take = Bool.random(using: &random)
        do {
            if Int.random(in: 0..<4, using: &random) == 0 {
                try await alerts.unacknowledge(UnacknowledgeAlert(alert.id), by: caller, at: clock.wall)
            } else {
                let answer = try await alerts.acknowledge(request, by: caller, at: clock.wall)
                #expect(answer.acknowledgedBy == caller.name)
            }
        } catch {
            #expect(error is Problem || error is StorageFailure, "\(error)")
        }
    }

    /// A disk that takes nothing more.
    private func refuse(_ refuses: Bool) async throws {
        isRefusing = refuses
        if refuses { refusals += 1 }
        let alerts = alerts
        await alerts.settle()
        try await database.write { transaction in
            guard refuses else {
                return try transaction.execute("DROP TRIGGER r1; DROP TRIGGER r2; DROP TRIGGER r3")
            }
            try transaction.execute(
                """
                CREATE TRIGGER r1 BEFORE INSERT ON alert BEGIN SELECT RAISE(ABORT, 'refused'); END;
                CREATE TRIGGER r2 BEFORE UPDATE ON alert BEGIN SELECT RAISE(ABORT, 'refused'); END;
                CREATE TRIGGER r3 BEFORE DELETE ON alert BEGIN SELECT RAISE(ABORT, 'refused'); END;
                """)
        }
    }

    /// Another process goes on: with the files as they are at this moment, or after the last was closed in order.
    private func restart(byKill isKill: Bool) async throws {
        restarts += 1
        await alerts.settle()
        let old = database
        if isKill {
            // What a killed process leaves behind is what its files hold now.
            let next = AlertFolder()
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                try FileManager.default.copyItem(atPath: folder.path + "/" + name, toPath: next.path + "/" + name)
            }
            folder = next
        } else {
            old.close()
        }
        let before = alerts.list(ListAlerts()).filter(\.isOpen)
        clock.pass(.seconds(Int.random(in: 1...40, using: &random)))
        clock.monotonic = Monotonic(nanoseconds: 1)
        database = try folder.database()
        alerts = try await Alerts.open(
            database: database, bus: bus, configuration: AlertConfiguration(rules: [AlertChaos.rule]), now: clock.wall)
        let after = alerts.list(ListAlerts()).filter(\.isOpen)
        #expect(before.map(\.stored) == after.map(\.stored))
        if isKill { old.close() }
    }

    private func checkPublished() {
        for case .event(.alertChanged(let alert)) in reader.drain() {
            let before = shown.updateValue(alert, forKey: alert.id)
            #expect(alert.id.number > 0)
            #expect(alert.revision >= before?.revision ?? 0, "older after newer")
            if alert.revision == before?.revision ?? 0 {
                #expect(alert.stored == before?.stored, "something changed without a new revision")
            } else {
                #expect(!isRefusing, "shown, but it cannot have been stored")
            }
            if alert.firedAt != nil, before?.firedAt == nil { firings += 1 }
            #expect(before?.firedAt == nil || alert.firedAt == before?.firedAt, "fired twice")
            #expect(before?.condition != .resolved || alert == before, "came back from the dead")
        }
    }

    private func checkStored() async throws {
        let rows = try await database.read { try AlertStore.open(in: $0) }.map(\.episode)
        let open = alerts.list(ListAlerts()).filter(\.isOpen).sorted { $0.id < $1.id }
        #expect(rows.map(\.alert.stored) == open.map(\.stored))
        #expect(Set(rows.map(\.alert.metric)).count == rows.count, "two open episodes of one metric")
        #expect(rows.allSatisfy { ($0.acknowledger == nil) == ($0.alert.acknowledgedBy == nil) })
        for alert in open { #expect(shown[alert.id]?.stored == alert.stored, "stored, but never shown") }
    }

    /// Each firing and each end stands once in the trail, each acknowledgment with its actor.
    func checkTrail() async throws {
        let trail = try await database.read { try AuditTrail.entries(limit: 100_000, in: $0) }.map(\.draft)
        let fires = trail.filter { $0.action == "alert.fire" }.map(\.subject)
        let ends = trail.filter { $0.action == "alert.resolve" }.map(\.subject)
        #expect(fires.count == firings && Set(fires).count == fires.count)
        #expect(Set(ends).count == ends.count && Set(ends).isSubset(of: fires))
        for entry in trail where entry.action == "alert.acknowledge" || entry.action == "alert.take" {
            #expect(["u:3", "u:4"].contains(entry.actor))
        }
        for (id, alert) in shown where alert.isAcknowledged {
            let last = trail.first { $0.subject == "alert:\(id)" && $0.action != "alert.revise" }
            #expect(last?.actorName == alert.acknowledgedBy, "acknowledged without a row")
        }
        let verdict = try await database.read { try AuditTrail.verify(in: $0) }
        guard case .intact = verdict else {
            Issue.record("\(verdict)")
            return
        }
    }
}

extension Alert {
    /// What a restart keeps of an alert: everything but the newest value and what follows from it.
    fileprivate var stored: Alert {
        var alert = self
        alert.value = nil
        alert.summary = ""
        alert.updatedAt = Timestamp(milliseconds: 0)
        return alert
    }
}

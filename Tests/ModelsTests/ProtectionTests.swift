import Bus
import DeskAPI
import Foundation
import Models
import Storage
import Testing
import Vocabulary

/// Protected names: admins move them on, who may deploy takes back.
@Suite struct ProtectionTests {
    private let admin = Caller(identity: .key(ID(1)), role: .admin, name: "root")
    private let sre = Caller(identity: .key(ID(2)), role: .sre, name: "nina")
    private let now = Timestamp(milliseconds: 1_795_371_601_000)

    private func withModels(
        protecting names: Set<String> = Models.usualProtection,
        _ body: (Models, [ID<ModelVersion>]) async throws -> Void
    ) async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("protection-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") } }
        let database = try Database.open(
            at: path + "/desk.sqlite", durability: .full, migrations: AuditTrail.migrations + Models.migrations,
            now: Timestamp(milliseconds: 0))
        defer { database.close() }
        let models = try Models.open(database: database, bus: Bus<DeskEvent>(), protecting: names)
        var ids: [ID<ModelVersion>] = []
        for number in 1...3 {
            let version = ModelDescription(model: "m\(number)", wire: "openai", endpoint: "http://127.0.0.1:1")
            ids.append(try await models.add(version, by: admin, at: now).id)
        }
        try await body(models, ids)
    }

    private func isRefused(_ body: () async throws -> Void) async throws -> Bool {
        do {
            try await body()
            return false
        } catch let problem as Problem {
            #expect(problem.code == .forbidden && problem.detail.contains("models:protect"))
            return true
        }
    }

    @Test func `who may deploy takes production back to what it was, and nowhere else`() async throws {
        try await withModels { models, ids in
            for id in [ids[0], ids[1]] {
                _ = try await models.move(MoveAlias("production", to: id), by: admin, at: now)
            }
            #expect(
                try await isRefused { _ = try await models.move(MoveAlias("production", to: ids[2]), by: sre, at: now) }
            )
            _ = try await models.move(MoveAlias("production", to: ids[0]), by: sre, at: now)
            #expect(models.list.items.first { $0.aliases == ["production"] }?.id == ids[0])
            #expect(
                try await isRefused { _ = try await models.move(MoveAlias("production", to: ids[2]), by: sre, at: now) }
            )
            _ = try await models.move(MoveAlias("trial", to: ids[2]), by: sre, at: now)
            let last = try await models.moves().items.first
            #expect(last?.name == "trial" && last?.actor == "nina")
        }
    }

    @Test func `who may deploy stops a deployment of production, and does not begin or go on with one`() async throws {
        try await withModels { models, ids in
            _ = try await models.move(MoveAlias("production", to: ids[0]), by: admin, at: now)
            var request = StartDeployment()
            (request.name, request.version) = ("production", ids[1])
            let wanted = request
            #expect(try await isRefused { _ = try await models.start(wanted, by: sre, at: now) })
            let open = try await models.start(wanted, by: admin, at: now)
            for act in [SteerDeployment.Act.step, .promote] {
                #expect(
                    try await isRefused { _ = try await models.steer(SteerDeployment(open.id, act), by: sre, at: now) })
            }
            _ = try await models.steer(SteerDeployment(open.id, .pause), by: sre, at: now)
            let over = try await models.steer(SteerDeployment(open.id, .rollBack), by: sre, at: now)
            #expect(over.status == .rolledBack)
        }
    }

    @Test func `what is protected is for the configuration to say`() async throws {
        try await withModels(protecting: ["trial"]) { models, ids in
            _ = try await models.move(MoveAlias("production", to: ids[0]), by: sre, at: now)
            #expect(try await isRefused { _ = try await models.move(MoveAlias("trial", to: ids[0]), by: sre, at: now) })
        }
    }
}

import Bus
import DeskAPI
import Foundation
import Storage
import Testing
import Vocabulary

@testable import Models

/// Several versions tried under one name, on a real database.
@Suite struct SeveralTriedTests {
    private let now = Timestamp(milliseconds: 1_795_371_601_000)
    private let admin = Caller.local(name: "root")
    private let name = "production"

    @Test func `each version has its share, and keeps its conversations while shares grow`() async throws {
        try await withModels { models, ids in
            let first = try await start(ids[1], [1000, 3000, 10_000], models)
            let second = try await start(ids[2], [2000, 10_000], models)
            let third = try await start(ids[3], [500, 2500, 10_000], models)
            #expect(first.share == 1000 && second.share == 2000 && third.share == 500)
            let before = routes(models)
            // Six standard deviations around each share of 20,000.
            for (id, share) in [(ids[0], 0.65), (ids[1], 0.1), (ids[2], 0.2), (ids[3], 0.05)] {
                let count = Double(before.count { $0 == id })
                let spread = 6 * (20_000 * share * (1 - share)).squareRoot()
                #expect(abs(count - 20_000 * share) < spread, "\(count) of 20000 for \(share)")
            }
            _ = try await models.steer(SteerDeployment(third.id, .step), by: admin, at: now)
            _ = try await models.steer(SteerDeployment(first.id, .step), by: admin, at: now)
            let grown = routes(models)
            #expect(zip(before, grown).allSatisfy { $0 == ids[0] || $0 == $1 })
            #expect(grown.count { $0 == ids[0] } < before.count { $0 == ids[0] } / 2)
            // One is taken back: its conversations go to the stable version, and nobody else is moved.
            _ = try await models.steer(SteerDeployment(second.id, .rollBack), by: admin, at: now)
            #expect(zip(grown, routes(models)).allSatisfy { $1 == ($0 == ids[2] ? ids[0] : $0) })
            let all = (1...20_000).compactMap { models.route(name, for: Int64($0)) }
            let stable = try #require(all.first { $0.version == ids[0] })
            #expect(stable.deployments == [first.id, third.id] && !stable.isCanary)
        }
    }

    @Test func `shares do not add up to more than everything`() async throws {
        try await withModels { models, ids in
            let first = try await start(ids[1], [6000, 10_000], models)
            let problem = try await refusal { _ = try await start(ids[2], [4001, 10_000], models) }
            #expect(problem.code == .invalidField && problem.detail.contains("steps"))
            #expect(problem.detail.contains("40.0 % (4000 of 10000) are left, version \(ids[1]) has the rest"))
            #expect(models.deployments.items.count == 1)
            _ = try await start(ids[2], [4000, 10_000], models)
            let step = try await refusal {
                _ = try await models.steer(SteerDeployment(first.id, .step), by: admin, at: now)
            }
            #expect(step.code == .invalidField && step.detail.contains("act") && step.detail.contains("60.0 % (6000"))
            let full = try await refusal { _ = try await start(ids[3], [1, 10_000], models) }
            #expect(full.detail.contains("nothing is left, versions \(ids[1]) and \(ids[2]) have all of it"))
        }
    }

    @Test func `no more than four at once, each version once, and the stable one not at all`() async throws {
        try await withModels { models, ids in
            for id in ids[1...4] { _ = try await start(id, [100, 10_000], models) }
            for id in [ids[0], ids[2], ids[5]] {
                #expect(try await refusal { _ = try await start(id, [100, 10_000], models) }.code == .inUse)
            }
            let move = try await refusal { _ = try await models.move(MoveAlias(name, to: ids[5]), by: admin, at: now) }
            #expect(move.code == .inUse && move.detail.contains("\(ids[1]), \(ids[2]), \(ids[3]) and \(ids[4])"))
            // Another name has a circle of its own.
            _ = try await models.move(MoveAlias("trial", to: ids[0]), by: admin, at: now)
            _ = try await models.start(StartDeployment("trial", to: ids[1]), by: admin, at: now)
        }
    }

    @Test func `a bad version among two good ones is taken back alone`() async throws {
        try await withModels { models, ids in
            var all: [Deployment] = []
            for id in ids[1...3] { all.append(try await start(id, [2000, 10_000], models)) }
            var failed = 0
            var conversation: Int64 = 0
            while models.deployments.items.allSatisfy(\.status.isOpen), conversation < 400 {
                conversation += 1
                let route = try #require(models.route(name, for: conversation))
                let isBad = route.version == ids[2] && conversation % 3 != 0
                failed += isBad ? 1 : 0
                try await models.observe(conversation, on: route, failures: isBad ? [.handoff] : [], at: now)
            }
            let after = models.deployments.items.sorted { $0.id < $1.id }
            #expect(after.map(\.status) == [.canary, .rolledBack, .canary] && after.map(\.share) == [2000, 0, 2000])
            #expect(failed <= 12 && after[1].canaryFailures == failed, "\(failed)")
            #expect(after[1].reason.contains("handoff"))
            // The conversations of the others are no part of a comparison.
            let counts = (1...conversation).compactMap { models.route(name, for: $0)?.version }
            #expect(after[0].canaryConversations == Int64(counts.count { $0 == ids[1] }))
            #expect(after[0].stableConversations == after[2].stableConversations)
            #expect(after[0].stableFailures == 0 && after[0].guards.allSatisfy { $0.evidence < 2 })

            // What it said to its customers is nobody else's fault: they count for nobody.
            let theirs = try #require(
                (1...conversation).first { number in
                    (2000..<4000).contains(Circle.place(of: number, salt: salt(models)))
                })
            let route = try #require(models.route(name, for: theirs))
            #expect(route.version == ids[0] && route.deployments == [all[0].id, all[2].id])
            try await models.observe(theirs, on: route, failures: [.handoff], at: now)
            #expect(models.deployments.items.allSatisfy { $0.stableFailures == 0 })
            // Who comes later to such a place counts as everybody.
            let later = try #require(
                (conversation + 1...conversation + 1000).first { number in
                    (2000..<4000).contains(Circle.place(of: number, salt: salt(models)))
                })
            let next = try #require(models.route(name, for: later))
            try await models.observe(later, on: next, failures: [.handoff], at: now)
            #expect(models.deployments.items.filter(\.status.isOpen).map(\.stableFailures) == [1, 1])
        }
    }

    @Test func `the allowed chance of a mistake is shared, and not given back`() async throws {
        try await withModels { models, ids in
            let first = try await start(ids[1], [100, 10_000], models)
            #expect(first.alpha == 0.01 && first.guards.allSatisfy { abs($0.limit - 600) < 1e-6 })
            var shadow = StartDeployment(name, to: ids[4])
            shadow.isShadow = true
            let silent = try await models.start(shadow, by: admin, at: now)
            #expect(alphas(models) == [first.id: 0.01, silent.id: 0.01])
            let second = try await start(ids[2], [100, 10_000], models)
            #expect(second.alpha == 0.005 && alphas(models)[first.id] == 0.005)
            let third = try await models.steer(SteerDeployment(silent.id, .step), by: admin, at: now)
            #expect(abs(third.alpha - 0.01 / 3) < 1e-12 && alphas(models)[first.id] == third.alpha)
            #expect(third.guards.allSatisfy { abs($0.limit - 1800) < 1e-6 })
            _ = try await models.steer(SteerDeployment(second.id, .rollBack), by: admin, at: now)
            _ = try await models.steer(SteerDeployment(silent.id, .rollBack), by: admin, at: now)
            #expect(alphas(models)[first.id] == third.alpha)
            let fourth = try await start(ids[3], [100, 10_000], models)
            #expect(fourth.alpha == 0.005 && alphas(models)[first.id] == third.alpha)
        }
    }

    @Test func `promoting one ends the others, which may be tried again at once`() async throws {
        try await withModels { models, ids in
            let first = try await start(ids[1], [100, 10_000], models)
            let second = try await start(ids[2], [100, 10_000], models)
            let promoted = try await models.steer(SteerDeployment(first.id, .promote), by: admin, at: now)
            #expect(promoted.status == .promoted && promoted.reason.hasSuffix("ended: version \(ids[2])"))
            let ended = try #require(models.deployments.items.first { $0.id == second.id })
            #expect(ended.status == .ended && ended.share == 0 && ended.endedAt == now)
            #expect(ended.reason.contains("version \(ids[1]) was promoted"))
            #expect((1...200).allSatisfy { models.route(name, for: $0)?.version == ids[1] })
            #expect(
                try await refusal {
                    _ = try await models.steer(SteerDeployment(second.id, .step), by: admin, at: now)
                }.code == .staleRevision)
            let again = try await start(ids[2], [100, 10_000], models)
            #expect(again.stable == ids[1] && again.alpha == 0.01)
        }
    }

    @Test func `a step that leaves nobody to compare with pauses`() async throws {
        try await withModels { models, ids in
            var request = StartDeployment(name, to: ids[1])
            (request.steps, request.leastConversations, request.margin) = ([3000, 8000, 10_000], 20, 10_000)
            let first = try await models.start(request, by: admin, at: now)
            let second = try await start(ids[2], [2000, 10_000], models)
            for conversation in Int64(1)...300 {
                let route = try #require(models.route(name, for: conversation))
                let changed = try await models.observe(conversation, on: route, failures: [], at: now)
                guard let paused = changed.first else { continue }
                #expect(paused.id == first.id && paused.status == .paused && paused.share == 3000)
                #expect(paused.reason.contains("80.0 %") && paused.reason.contains("20.0 % are with version \(ids[2])"))
                // By hand it may be had, to the last place.
                let stepped = try await models.steer(SteerDeployment(first.id, .step), by: admin, at: now)
                #expect(stepped.share == 8000 && stepped.status == .canary)
                #expect((1...2000).allSatisfy { models.route(name, for: $0)?.isCanary == true })
                _ = try await models.steer(SteerDeployment(second.id, .rollBack), by: admin, at: now)
                return
            }
            Issue.record("it never paused")
        }
    }

    @Test func `a restart keeps every version, its places and its evidence`() async throws {
        let folder = try Folder()
        let (database, models) = try folder.open()
        let ids = try await versions(models)
        for id in ids[1...3] { _ = try await start(id, [1500, 2000, 10_000], models) }
        for conversation in Int64(1)...200 {
            let route = try #require(models.route(name, for: conversation))
            let failures: Set<FailureGuard> = conversation % 17 == 0 ? [.handoff] : []
            try await models.observe(conversation, on: route, failures: failures, at: now)
        }
        let (deployments, routes) = (models.deployments, routes(models))
        #expect(deployments.items.allSatisfy { $0.guards.contains { $0.evidence != 1 } && $0.stableConversations > 50 })
        database.close()
        let (second, again) = try folder.open()
        defer { second.close() }
        #expect(again.deployments == deployments && self.routes(again) == routes)
        let id = try #require(deployments.items.first?.id)
        let changed = try await again.steer(SteerDeployment(id, .step), by: admin, at: now).guards.map(\.evidence)
        #expect(changed == deployments.items.first?.guards.map(\.evidence))
    }

    @Test func `a deployment of an earlier program goes on as it was`() async throws {
        let folder = try Folder()
        let earlier = Models.migrations.filter { $0.name != Models.neighboursMigration.name }
        let old = try Database.open(
            at: folder.path + "/desk.sqlite", durability: .full, migrations: AuditTrail.migrations + earlier, now: now)
        let salt = [UInt8](repeating: 7, count: 32)
        let record: Deployment = {
            var record = Deployment.example
            (record.id, record.stable, record.canary, record.share) = (ID(1), ID(1), ID(2), 500)
            (record.steps, record.guards) = ([500, 2500, 10_000], [])
            return record
        }()
        try await old.write { transaction in
            for model in ["m1", "m2"] {
                try transaction.run(
                    """
                    INSERT INTO model_version (model, version, wire, endpoint, prompt_hash, created_at)
                    VALUES (?, 1, 'openai', 'http://127.0.0.1:1', '', 0)
                    """, model)
            }
            try transaction.run("INSERT INTO model_alias (name, version) VALUES ('production', 1)")
            try transaction.run(
                "INSERT INTO deployment (record, evidence, salt) VALUES (?, ?, ?)", record.json,
                Rollout(record).evidenceText, salt)
        }
        old.close()
        let (database, models) = try folder.open()
        defer { database.close() }
        let ids = try await versions(models)
        func isTried(_ conversation: Int64) -> Bool { models.route(name, for: conversation)?.version == ids[1] }
        for share: Int64 in [500, 2500] {
            #expect((1...5000).allSatisfy { isTried($0) == (Circle.place(of: $0, salt: salt) < share) })
            if share == 500 { _ = try await models.steer(SteerDeployment(ID(1), .step), by: admin, at: now) }
        }
        let beside = try await start(ids[2], [1000, 10_000], models)
        #expect((1...5000).allSatisfy { isTried($0) == (Circle.place(of: $0, salt: salt) < 2500) })
        #expect(beside.share == 1000)
    }

    private func start(_ id: ID<ModelVersion>, _ steps: [Int64], _ models: Models) async throws -> Deployment {
        var request = StartDeployment(name, to: id)
        (request.steps, request.leastConversations) = (steps, 1_000)
        return try await models.start(request, by: admin, at: now)
    }

    private func routes(_ models: Models) -> [ID<ModelVersion>] {
        (1...20_000).compactMap { models.route(name, for: Int64($0))?.version }
    }

    private func alphas(_ models: Models) -> [ID<Deployment>: Double] {
        Dictionary(uniqueKeysWithValues: models.deployments.items.map { ($0.id, $0.alpha) })
    }

    private func salt(_ models: Models) -> [UInt8] { models.shelf.withLockedValue { $0.salts.values.first ?? [] } }

    private func refusal(_ body: () async throws -> Void) async throws -> Problem {
        do {
            try await body()
        } catch let problem as Problem {
            return problem
        }
        throw NothingRefused()
    }

    private struct NothingRefused: Error {}

    /// Six versions, the first of which is production.
    private func versions(_ models: Models) async throws -> [ID<ModelVersion>] {
        var ids: [ID<ModelVersion>] = []
        for number in 1...6 {
            let version = ModelDescription(model: "m\(number)", wire: "openai", endpoint: "http://127.0.0.1:1")
            ids.append(try await models.add(version, by: admin, at: now).id)
        }
        if models.version(named: name) == nil {
            _ = try await models.move(MoveAlias(name, to: ids[0]), by: admin, at: now)
        }
        return ids
    }

    private func withModels(_ body: (Models, [ID<ModelVersion>]) async throws -> Void) async throws {
        let folder = try Folder()
        let (database, models) = try folder.open()
        defer { database.close() }
        try await body(models, try await versions(models))
    }

    /// A folder that goes with the test.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("tried-\(UUID())").path

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit {
            do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
        }

        func open() throws -> (Database, Models) {
            let database = try Database.open(
                at: path + "/desk.sqlite", durability: .full, migrations: AuditTrail.migrations + Models.migrations,
                now: Timestamp(milliseconds: 0))
            return (database, try Models.open(database: database, bus: Bus<DeskEvent>()))
        }
    }
}

import Bus
import DeskAPI
import Foundation
import Models
import Storage
import Testing
import Vocabulary

@Suite struct ModelsTests {
    private let now = Timestamp(milliseconds: 1_795_371_601_000)
    private let admin = Caller.local(name: "root")
    private let knowledge = ModelDescription(model: "knowledge-base", wire: "knowledge-base")

    @Test func `a shadow gets its share of the questions, the same ones when they are asked again`() async throws {
        try await withModels { models, _ in
            _ = try await models.deploy(knowledge, as: "production", by: admin, at: now)
            let chat = ModelDescription(model: "m", wire: "openai", endpoint: "http://127.0.0.1:1", promptHash: "a")
            var start = StartDeployment("production", to: try await models.add(chat, by: admin, at: now).id)
            (start.isShadow, start.shadowShare) = (true, 1000)
            _ = try await models.start(start, by: admin, at: now)
            func chosen() -> [Bool] {
                (1...10_000).map { !models.shadows(of: "production", in: Int64($0 / 10), question: Int64($0)).isEmpty }
            }
            let first = chosen()
            #expect(first == chosen())
            // Six standard deviations around a tenth.
            #expect((820...1180).contains(first.count { $0 }), "\(first.count { $0 })")
            // Nobody is answered by it.
            #expect((1...2000).allSatisfy { models.route("production", for: $0)?.deployments.isEmpty == true })
            #expect(models.shadows(of: "fallback", in: 1, question: 1).isEmpty)
        }
    }

    @Test func `the same description is the same version, another prompt is the next`() async throws {
        try await withModels { models, _ in
            var chat = ModelDescription(model: "m", wire: "openai", endpoint: "http://127.0.0.1:1", promptHash: "a")
            let first = try await models.deploy(chat, as: "production", by: admin, at: now)
            #expect(try await models.deploy(chat, as: "production", by: admin, at: now).id == first.id)
            chat.promptHash = "b"
            let second = try await models.deploy(chat, as: "production", by: admin, at: now)
            #expect((first.version, second.version) == (1, 2))
            #expect(models.list.items.map(\.aliases) == [["production"], []])
        }
    }

    @Test func `moving an alias tells everybody once`() async throws {
        try await withModels { models, bus in
            let reader = bus.subscribe()
            let first = try await models.deploy(knowledge, as: "production", by: admin, at: now)
            #expect(reader.drain() == [.event(.modelChanged(first))])
            _ = try await models.deploy(knowledge, as: "production", by: admin, at: now)
            #expect(reader.drain().isEmpty)
        }
    }

    @Test func `uses are counted the same in memory and on disk`() async throws {
        let folder = try TemporaryFolder()
        let (database, models, _) = try folder.open()
        let version = try await models.deploy(knowledge, as: "production", by: admin, at: now)
        for number in 1...200 {
            var use = ModelUse(of: version.id)
            use.tokens = TokenCounts(prompt: 10, answer: 5)
            (use.tokens.cached, use.tokens.cacheWritten, use.tokens.reasoning) = (4, 2, 3)
            use.isEstimated = number.isMultiple(of: 2)
            use.firstToken = .milliseconds(number)
            use.total = .milliseconds(number * 2)
            if number.isMultiple(of: 10) { use.failure = "it failed \(number) times" }
            try await models.record(use, at: now + .seconds(number))
        }
        let before = models.list
        database.close()
        let (second, again, _) = try folder.open()
        defer { second.close() }
        #expect(again.list == before)
        let record = try #require(before.items.first)
        #expect((record.requests, record.errors, record.promptTokens, record.estimated) == (200, 20, 2000, 100))
        #expect((record.cachedTokens, record.cacheWriteTokens, record.reasoningTokens) == (800, 400, 600))
        #expect(record.lastError == "it failed 200 times")
        #expect((record.totalP50 ?? 0) > 2 * 72 && (record.totalP95 ?? 0) <= 400)
    }

    private func withModels(_ body: (Models, Bus<DeskEvent>) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let (database, models, bus) = try folder.open()
        defer { database.close() }
        try await body(models, bus)
    }
}

/// A folder that goes with the test.
private final class TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("models-\(UUID())").path

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func open() throws -> (Database, Models, Bus<DeskEvent>) {
        let database = try Database.open(
            at: path + "/desk.sqlite", durability: .full, migrations: AuditTrail.migrations + Models.migrations,
            now: Timestamp(milliseconds: 0))
        let bus = Bus<DeskEvent>()
        return (database, try Models.open(database: database, bus: bus), bus)
    }
}

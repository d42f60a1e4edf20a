import DeskAPI
import Models
import Testing
import Vocabulary

@Suite struct OutcomeTests {
    private let now = Timestamp(milliseconds: 1_795_371_601_000)
    private let admin = Caller.local(name: "root")

    @Test func `what becomes of a conversation counts once, for the version that answered last`() async throws {
        let folder = try TrainingFolder()
        let open = try folder.open()
        let models = open.models
        let first = try await version("a", models), second = try await version("b", models)
        try await answer(first, in: 1, models, at: 0)
        try await answer(first, in: 1, models, at: 1)
        try await answer(second, in: 1, models, at: 2)
        try await answer(first, in: 2, models, at: 3)
        for _ in 0..<2 {
            try await models.count(.handedOver, of: ID(1))
            try await models.count(.rated(5), of: ID(1))
            try await models.count(.rated(1), of: ID(2))
            // Nothing of a version was ever said there.
            try await models.count(.handedOver, of: ID(3))
        }
        let counted = models.list
        let (a, b) = (try #require(models.version(first)), try #require(models.version(second)))
        #expect((a.conversations, a.handedOver, a.rated, a.ratedWell, a.ratedBadly) == (2, 0, 1, 0, 1))
        #expect((b.conversations, b.handedOver, b.rated, b.ratedWell, b.ratedBadly) == (1, 1, 1, 1, 0))
        #expect(a.handOverShare == 0 && a.satisfiedShare == 0 && b.handOverShare == 1)
        open.close()
        let again = try folder.open()
        #expect(again.models.list == counted)
        again.close()
    }

    @Test func `nothing is said of a version without conversations, and failures are none`() async throws {
        let folder = try TrainingFolder()
        let open = try folder.open()
        let id = try await version("a", open.models)
        var failed = ModelUse(of: id)
        failed.conversation = ID(1)
        failed.failure = "it failed"
        try await open.models.record(failed, at: now)
        let version = try #require(open.models.version(id))
        #expect(version.conversations == 0 && version.handOverShare == nil && version.satisfiedShare == nil)
        open.close()
    }

    private func version(_ name: String, _ models: Models) async throws -> ID<ModelVersion> {
        try await models.add(
            ModelDescription(model: name, wire: "openai", endpoint: "http://127.0.0.1:1"), by: admin, at: now
        ).id
    }

    private func answer(_ id: ID<ModelVersion>, in conversation: Int64, _ models: Models, at second: Int) async throws {
        var use = ModelUse(of: id)
        use.conversation = ID(conversation)
        use.total = .milliseconds(20)
        try await models.record(use, at: now + .seconds(second))
    }
}

import DeskAPI
import Testing
import Vocabulary

@testable import Assistant
@testable import Desk

/// Endpoints of language models: their limits, and how they do.
@Suite(.timeLimit(.minutes(2))) struct EndpointStateTests {
    @Test func `an endpoint that fails five times is seen to be left alone, and its limits are its own`() async throws {
        let broken = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(500, #"{"error":{"message":"out of order"}}"#)
        }
        var limits = AnswerLimits(retries: 0)
        limits.firstToken = .seconds(60)
        limits.total = .seconds(180)
        let desk = try await OpenDesk.open(endpoints: ["trial": broken], endpointLimits: ["trial": limits])
        let _: Bool = try await desk.until { try await desk.models().isEmpty ? nil : true }
        func state() async throws -> EndpointState {
            let all = try await desk.agent.call(Operations.listEndpoints, Nothing()).items
            return try #require(all.first { $0.name == "trial" })
        }
        let fresh = try await state()
        #expect(fresh.health == .unused && fresh.isConfigured && !fresh.hasKey)
        #expect((fresh.firstTokenMilliseconds, fresh.wholeMilliseconds, fresh.retries) == (60_000, 180_000, 0))
        #expect(fresh.origin == broken.url)

        var adding = AddModelVersion()
        (adding.model, adding.route) = ("m", "trial")
        let version = try await desk.agent.call(Operations.addModelVersion, adding)
        _ = try await desk.agent.call(Operations.moveAlias, MoveAlias("production", to: version.id))
        let customer = try await desk.customer()
        for count in 1...5 {
            try await customer.ask("How do I acknowledge an alert, please? \(count)")
            let _: Bool = try await desk.until {
                try await customer.transcript().filter { $0.author == .assistant }.count == count ? true : nil
            }
            let now = try await state()
            #expect(count < 5 ? now.health == .failing && now.failures == count : now.health == .resting)
        }
        let rests = try #require(try await state().restsMilliseconds)
        #expect(rests > 0 && rests <= 10_000)
        try await desk.end()
    }
}

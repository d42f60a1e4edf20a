import DeskAPI
import Testing
import Vocabulary

@testable import Desk

/// How customers feel, read by what a desk has from the start.
@Suite(.timeLimit(.minutes(2))) struct CustomerMoodTests {
    @Test func `without a classifier of its own a desk estimates by the sentences that are shipped`() async throws {
        let desk = try await OpenDesk.open()
        let mood = CustomerMood(models: desk.desk.parts.models, clock: .system, log: { _ in })
        let glad: Double = try await desk.until { await mood.feeling(of: "Thank you so much, that solved it, great!") }
        let angry = try #require(await mood.feeling(of: "This is ridiculous, the worst service, I am so angry."))
        let asking = try #require(await mood.feeling(of: "Where can I find my invoice?"))
        #expect(glad > asking && asking > angry && glad > 0.2 && angry < -0.2)
        let customer = try await desk.customer()
        try await customer.ask("This is ridiculous, the worst service, I am so angry.")
        let inbox = try await desk.agent.call(Operations.listConversations, ListConversations()).items
        let estimate = try #require(inbox.first { $0.id == customer.conversation }?.estimatedRating)
        #expect(estimate < 3)
        let own = try await customer.client.call(Operations.listConversations, ListConversations()).items
        #expect(own.allSatisfy { $0.estimatedRating == nil })
        try await desk.end()
    }
}

import DeskAPI
import Testing
import Vocabulary

@testable import Desk

/// What becomes of conversations, counted for the version that answered.
@Suite(.timeLimit(.minutes(1))) struct OutcomeTests {
    @Test func `taking a conversation over and rating it count for the version that answered, once`() async throws {
        let desk = try await OpenDesk.open()
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        _ = try await counted(desk) { $0.conversations == 1 }
        let reference = ConversationReference(customer.conversation)
        _ = try await desk.agent.call(
            Operations.claimConversation, ClaimConversation(customer.conversation, ifOwner: "assistant"))
        _ = try await counted(desk) { $0.handedOver == 1 }
        _ = try await desk.agent.call(Operations.resolveConversation, reference)
        _ = try await customer.client.call(
            Operations.rateConversation, RateConversation(customer.conversation, rating: 5))
        let version = try await counted(desk) { $0.rated == 1 }
        #expect((version.conversations, version.handedOver, version.ratedWell, version.ratedBadly) == (1, 1, 1, 0))
        try await desk.end()
    }

    private func counted(_ desk: OpenDesk, _ holds: (ModelVersion) -> Bool) async throws -> ModelVersion {
        try await desk.until { try await desk.models()["knowledge-base"].flatMap { holds($0) ? $0 : nil } }
    }
}

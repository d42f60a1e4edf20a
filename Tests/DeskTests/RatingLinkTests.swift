import DeskAPI
import Testing
import Vocabulary

@testable import Desk

/// A link by which a customer rates one conversation, and nothing else.
@Suite(.timeLimit(.minutes(2))) struct RatingLinkTests {
    private func code(_ body: () async throws -> Void) async -> Problem.Code? {
        do {
            try await body()
            return nil
        } catch let problem as Problem {
            return problem.code
        } catch {
            return nil
        }
    }

    @Test func `a link rates its conversation once, when it is over, and opens nothing else`() async throws {
        let desk = try await OpenDesk.open()
        let customer = try await desk.customer()
        let anybody = EmbeddedClient(desk: desk.desk, caller: .anonymous)
        let reference = ConversationReference(customer.conversation)
        let link = try await desk.agent.call(Operations.createRatingLink, reference)
        let token = String(link.path.dropFirst("/rate#".count))
        func rate(_ token: String, _ rating: Int64 = 4) async throws -> RatingReceipt {
            try await anybody.call(Operations.rateByLink, RateByLink(token, rating: rating, comment: "Quick"))
        }
        #expect(await code { _ = try await rate(token) } == .notResolved)
        _ = try await desk.agent.call(Operations.resolveConversation, reference)
        for wrong in ["", "x", token + "0", String(token.dropLast()), token.replacing("_rate_", with: "_cust_")] {
            let found = await code { _ = try await rate(wrong) }
            #expect(found == .unauthenticated || found == .invalidField, "\(wrong): \(String(describing: found))")
        }
        #expect(try await rate(token).rating == 4)
        #expect(await code { _ = try await rate(token, 1) } == .alreadyRated)
        let rated = try await desk.agent.call(Operations.showConversation, reference)
        #expect(rated.rating == 4 && rated.ratingComment == "Quick")
        #expect(
            await code { _ = try await desk.agent.call(Operations.createRatingLink, reference) } == .alreadyRated)
        // It is no token of the customer.
        #expect(throws: Problem.self) { try desk.desk.caller(holding: token) }
        try await desk.end()
    }

    @Test func `a link is too old after thirty days, and customers make none`() async throws {
        let desk = try await OpenDesk.open()
        let customer = try await desk.customer()
        let security = desk.desk.parts.security
        let now = desk.desk.clock.now()
        let link = security.ratingLink(for: customer.conversation, at: now)
        let token = String(link.path.dropFirst("/rate#".count))
        #expect(try security.conversation(ratedBy: token, at: now) == customer.conversation)
        #expect(throws: Problem.self) { try security.conversation(ratedBy: token, at: now + .seconds(31 * 86_400)) }
        let refused = await code {
            _ = try await customer.client.call(
                Operations.createRatingLink, ConversationReference(customer.conversation))
        }
        #expect(refused == .forbidden)
        try await desk.end()
    }
}

import DeskAPI
import Testing
import Vocabulary

@testable import Desk

/// A customer's token is renewed by whoever holds it, as long as the customer is welcome.
@Suite(.timeLimit(.minutes(2))) struct TokenTests {
    @Test func `a customer renews their token, a deleted or blocked one does not, nor does a colleague`() async throws {
        let desk = try await OpenDesk.open()
        let anybody = EmbeddedClient(desk: desk.desk, caller: .anonymous)
        let made = try await anybody.call(Operations.createCustomer, CreateCustomer(name: "Li"))
        func client(_ token: String) throws -> EmbeddedClient {
            EmbeddedClient(desk: desk.desk, caller: try desk.desk.caller(holding: token))
        }
        let renewed = try await client(made.token).call(Operations.renewToken, Nothing())
        #expect(renewed.customer == made.customer && renewed.expires >= made.expires)
        #expect(try desk.desk.caller(holding: renewed.token).identity == .customer(ID(made.customer.number)))
        func refusal(_ client: EmbeddedClient) async -> Problem.Code? {
            await #expect(throws: Problem.self) { _ = try await client.call(Operations.renewToken, Nothing()) }?.code
        }
        #expect(await refusal(desk.agent) == .forbidden)
        #expect(await refusal(anybody) == .unauthenticated)
        _ = try await desk.agent.call(Operations.blockCustomer, BlockCustomer(made.customer, blocked: true))
        #expect(await refusal(try client(made.token)) == .forbidden)
        _ = try await desk.agent.call(Operations.blockCustomer, BlockCustomer(made.customer, blocked: false))
        _ = try await client(renewed.token).call(Operations.renewToken, Nothing())
        _ = try await desk.agent.call(Operations.deleteCustomer, CustomerReference(made.customer))
        #expect(await refusal(try client(renewed.token)) == .notFound)
        try await desk.end()
    }
}

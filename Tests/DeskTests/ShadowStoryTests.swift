import Assistant
import DeskAPI
import Foundation
import Models
import NIOConcurrencyHelpers
import Testing
import Vocabulary

@testable import Desk

/// A new version answers beside the one that customers hear, and nobody notices.
@Suite struct ShadowStoryTests {
    @Test func `a shadow answers beside, is counted, and becomes a canary by hand`() async throws {
        let stable = try LoopbackServer { $0.say("Press the key a to acknowledge an alert.", prompt: 20, answer: 9) }
        let new = try LoopbackServer { $0.say("I do not know. Shall I get a person?", prompt: 30, answer: 8) }
        let desk = try await OpenDesk.open(answering: stable, endpoints: ["trial": new])
        let version = try await add(to: desk)
        let deployment = try await begin(version, at: desk)
        #expect(deployment.status == .shadow && deployment.share == 0 && deployment.shadowShare == 10_000)
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        #expect(try await desk.answer().text == "Press the key a to acknowledge an alert.")
        let counted = try await counts(of: deployment.id, at: desk) { $0.requests == 1 }
        #expect(counted.promptTokens == 30 && counted.answerTokens == 8 && counted.errors == 0 && counted.dropped == 0)
        #expect(counted.compared == 1 && counted.refusedAlone == 1 && counted.answeredAlone == 0)
        #expect(counted.grounded == 0 && counted.totalP50 != nil)

        // Nothing of it reached the conversation, and it is evidence of nothing.
        let said = try await customer.transcript().map(\.text)
        #expect(said.count == 2 && !said.joined().contains("I do not know"))
        let now = try await state(of: deployment.id, at: desk)
        #expect(
            now.canaryConversations == 0 && now.stableConversations == 0 && now.guards.allSatisfy { $0.evidence == 1 })
        let record = try #require(try await desk.models()["new"])
        #expect(record.shadow?.requests == 1 && record.requests == 0 && record.promptTokens == 30)
        #expect(record.conversations == 0 && record.aliases.isEmpty)

        await expectProblem(.staleRevision) {
            _ = try await desk.agent.call(Operations.steerDeployment, SteerDeployment(deployment.id, .pause))
        }
        await expectProblem(.inUse) { _ = try await begin(version, at: desk) }
        let stepped = try await desk.agent.call(Operations.steerDeployment, SteerDeployment(deployment.id, .step))
        #expect(stepped.status == .canary && stepped.share == 2000 && stepped.shadow == counted)
        let back = try await desk.agent.call(Operations.steerDeployment, SteerDeployment(deployment.id, .rollBack))
        #expect(back.status == .rolledBack)
        try await desk.end()
    }

    @Test func `both answers from the same passage are seen by their words`() async throws {
        let stable = try LoopbackServer { $0.say("Press `a` on the alert; it asks for a note.", prompt: 1, answer: 1) }
        let new = try LoopbackServer {
            $0.say("On an alert, the key a acknowledges it with a note.", prompt: 1, answer: 1)
        }
        let desk = try await OpenDesk.open(answering: stable, endpoints: ["trial": new])
        let deployment = try await begin(try await add(to: desk), at: desk)
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        let counted = try await counts(of: deployment.id, at: desk) { $0.requests == 1 }
        #expect(counted.compared == 1 && counted.refusedAlone == 0 && counted.grounded == 1)
        #expect(counted.samePassage == 1)
        // Thanks need no version.
        try await customer.ask("Thank you!")
        try await customer.ask("How do I quit the console?")
        #expect(try await counts(of: deployment.id, at: desk) { $0.requests > 1 }.requests == 2)
        try await desk.end()
    }

    @Test func `a shadow that hangs or fails touches no customer`() async throws {
        let stable = try LoopbackServer { $0.say("Fine.", prompt: 20, answer: 2) }
        let isHanging = NIOLockedValueBox(true)
        let waiting = NIOLockedValueBox(0)
        let release = DispatchSemaphore(value: 0)
        let new = try LoopbackServer { connection in
            connection.readRequest()
            waiting.withLockedValue { $0 += 1 }
            if isHanging.withLockedValue({ $0 }) { return release.wait() }
            connection.respond(500, "{\"error\":{\"message\":\"broken\"}}")
        }
        let desk = try await OpenDesk.open(answering: stable, endpoints: ["trial": new])
        let deployment = try await begin(try await add(to: desk), at: desk)
        for _ in 0..<6 {
            let customer = try await desk.customer()
            try await customer.ask("How do I acknowledge an alert?")
            #expect(try await desk.answer().text == "Fine.")
        }
        // Two hang; what came meanwhile is left out. The last question may be offered after they are let go.
        _ = try await desk.until { waiting.withLockedValue { $0 == 2 ? true : nil } }
        isHanging.withLockedValue { $0 = false }
        for _ in 0..<2 { release.signal() }
        let counted = try await counts(of: deployment.id, at: desk) { $0.requests + $0.dropped == 6 }
        #expect((3...4).contains(counted.dropped) && counted.errors == counted.requests && counted.compared == 0)
        #expect(counted.lastError != nil)
        for number in Int64(1)...6 {
            let customer = try await desk.customer()
            try await customer.ask("How do I acknowledge an alert?")
            #expect(try await desk.answer().text == "Fine.")
            // Also when its circuit breaker is open: the customer's is another.
            _ = try await counts(of: deployment.id, at: desk) { $0.errors == counted.errors + number }
        }
        let state = try await state(of: deployment.id, at: desk)
        #expect(state.status == .shadow && state.canaryFailures == 0 && state.stableFailures == 0)
        let versions = try await desk.models()
        #expect(versions["new"]?.errors == 0 && versions["new"]?.promptTokens == 0 && versions["m"]?.requests == 13)
        try await desk.end()
    }

    @Test func `the same model with another prompt does not close the way for customers`() async throws {
        let server = try LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            if request.contains("You are new.") { return connection.respond(500, "{}") }
            connection.beginAnswer("Fine.", prompt: 20, answer: 2)
        }
        let desk = try await OpenDesk.open(answering: server)
        let version = try await add("m", at: "assistant", to: desk)
        let deployment = try await begin(version, at: desk)
        for number in 1...8 {
            let customer = try await desk.customer()
            try await customer.ask("How do I acknowledge an alert?")
            #expect(try await desk.answer().text == "Fine.")
            _ = try await counts(of: deployment.id, at: desk) { $0.errors == number }
        }
        try await desk.end()
    }

    @Test func `it counts against the budgets of the day, and not against those of customers`() async throws {
        let stable = try LoopbackServer { $0.say("Fine.", prompt: 20, answer: 2) }
        let new = try LoopbackServer { $0.say("Fine too.", prompt: 20, answer: 4_000_000) }
        let desk = try await OpenDesk.open(
            answering: stable, endpoints: ["trial": new],
            budgets: [Budget(for: .day, 4_000_000, .tokens), Budget(for: .customer, 100_000, .tokens)])
        let deployment = try await begin(try await add(to: desk), at: desk)
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        let said = try await desk.answer()
        #expect(said.text == "Fine.", "\(said)")
        _ = try await counts(of: deployment.id, at: desk) { $0.answerTokens == 4_000_000 }
        let budgets = try await desk.agent.call(Operations.listBudgets, Nothing()).items
        #expect(budgets.first { $0.name == "day" }?.used == 4_000_064)
        #expect(budgets.first { $0.name.hasPrefix("customer") }?.used == 22)
        try await customer.ask("How do I acknowledge an alert?")
        _ = try await desk.answer()
        let counted = try await counts(of: deployment.id, at: desk) { $0.overBudget == 1 }
        #expect(counted.requests == 1 && counted.errors == 0)
        try await desk.end()
    }

    @Test func `taking it back ends it, and it may be tried again at once`() async throws {
        let stable = try LoopbackServer { $0.say("Fine.", prompt: 20, answer: 2) }
        let asked = NIOLockedValueBox(0)
        let new = try LoopbackServer { connection in
            asked.withLockedValue { $0 += 1 }
            connection.say("Fine too.", prompt: 20, answer: 2)
        }
        let desk = try await OpenDesk.open(answering: stable, endpoints: ["trial": new])
        let version = try await add(to: desk)
        let first = try await begin(version, at: desk)
        _ = try await desk.agent.call(Operations.steerDeployment, SteerDeployment(first.id, .rollBack))
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        _ = try await desk.answer()
        #expect(asked.withLockedValue { $0 } == 0)
        let second = try await begin(version, at: desk)
        try await customer.ask("How do I quit the console?")
        _ = try await counts(of: second.id, at: desk) { $0.requests == 1 }
        await desk.desk.close()

        // What was counted survives, and so does the shadow.
        let again = try await OpenDesk.open(at: desk.folder, answering: stable, endpoints: ["trial": new])
        let state = try await state(of: second.id, at: again)
        #expect(state.status == .shadow && state.shadow?.requests == 1)
        #expect(try await again.models()["new"]?.shadow?.requests == 1)
        var wrong = StartDeployment("intents", to: version)
        wrong.isShadow = true
        await expectProblem(.invalidField) { _ = try await again.agent.call(Operations.startDeployment, wrong) }
        try await again.end()
    }

    private func add(
        _ model: String = "new", at route: String = "trial", to desk: OpenDesk
    ) async throws -> ID<ModelVersion> {
        // The configured version is registered when the first question is answered.
        let first = try await desk.customer()
        try await first.ask("How do I acknowledge an alert?")
        _ = try await desk.answer()
        var wanted = AddModelVersion()
        (wanted.model, wanted.route, wanted.prompt) = (model, route, "You are new.")
        return try await desk.agent.call(Operations.addModelVersion, wanted).id
    }

    private func begin(_ version: ID<ModelVersion>, at desk: OpenDesk) async throws -> Deployment {
        var start = StartDeployment("production", to: version)
        (start.steps, start.isShadow, start.shadowShare) = ([2000, 10_000], true, 10_000)
        return try await desk.agent.call(Operations.startDeployment, start)
    }

    private func state(of id: ID<Deployment>, at desk: OpenDesk) async throws -> Deployment {
        try #require(
            try await desk.agent.call(Operations.listDeployments, Nothing()).items.first { $0.id == id })
    }

    private func counts(
        of id: ID<Deployment>, at desk: OpenDesk, _ fits: (ShadowCounts) -> Bool
    ) async throws -> ShadowCounts {
        try await desk.until { try await state(of: id, at: desk).shadow.flatMap { fits($0) ? $0 : nil } }
    }
}

extension LoopbackServer.Connection {
    /// Answers one request with a text and what it took.
    fileprivate func say(_ text: String, prompt: Int, answer: Int) {
        readRequest()
        beginAnswer(text, prompt: prompt, answer: answer)
    }

    fileprivate func beginAnswer(_ text: String, prompt: Int, answer: Int) {
        beginStream()
        send(
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"}}]}\n\n"
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":\(prompt),\"completion_tokens\":\(answer)}}\n\n"
                + "data: [DONE]\n\n")
    }
}

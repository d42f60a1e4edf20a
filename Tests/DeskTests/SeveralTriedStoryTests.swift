import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Desk

/// Two versions are tried at once: the bad one is taken back alone, and the good one goes on.
@Suite struct SeveralTriedStoryTests {
    @Test func `of two canaries the bad one is taken back, by its name, and the other is untouched`() async throws {
        let stable = try LoopbackServer { $0.tell("Fine.") }
        let good = try LoopbackServer { $0.tell("Very fine.") }
        let bad = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(500, "{\"error\":{\"message\":\"broken\"}}")
        }
        let desk = try await OpenDesk.open(answering: stable, endpoints: ["good": good, "bad": bad])
        let first = try await desk.customer()
        try await first.ask("How do I acknowledge an alert?")
        _ = try await desk.answer()
        let kept = try await begin("good", at: desk)
        let broken = try await begin("bad", at: desk)
        #expect(broken.status == .canary && broken.stable == kept.stable && broken.alpha == 0.005)
        let marks = try await desk.agent.call(Operations.listOccurrences, ListOccurrences()).items
        let mark = "version \(broken.canary) beside \(kept.stable), and version \(kept.canary)"
        #expect(marks.contains { $0.title.contains(mark) }, "\(marks)")

        var asked = 0
        var said: [String] = []
        while try await state(of: broken.id, at: desk).status.isOpen, asked < 200 {
            let customer = try await desk.customer()
            try await customer.ask("How do I acknowledge an alert?")
            said.append(try await desk.answer().text)
            asked += 1
        }
        let over = try await state(of: broken.id, at: desk)
        #expect(over.status == .rolledBack && over.canaryFailures <= 8, "\(over)")
        // Whoever got the bad version was answered by the stable one in its place.
        #expect(said.allSatisfy { $0 == "Fine." || $0 == "Very fine." || $0.contains("press `a`") })
        let other = try await state(of: kept.id, at: desk)
        #expect(other.status == .canary && other.share == 3000 && other.canaryFailures == 0)
        #expect(other.guards.allSatisfy { $0.evidence < 2 })
        let alert = try await raised("model-rolled-back", at: desk)
        #expect(alert.summary.contains("version \(broken.canary) of production was taken back"))
        #expect(alert.labels.contains(AlertLabel("version", "\(broken.canary)")))

        // Its conversations are the stable version's; those of the other go on.
        for _ in 0..<12 {
            let customer = try await desk.customer()
            try await customer.ask("How do I acknowledge an alert?")
            #expect(["Fine.", "Very fine."].contains(try await desk.answer().text))
        }
        let promoted = try await desk.agent.call(Operations.steerDeployment, SteerDeployment(kept.id, .promote))
        #expect(promoted.status == .promoted && !promoted.reason.contains("ended"))
        try await desk.end()
    }

    @Test func `a shadow beside a canary is asked what the stable version answers`() async throws {
        let stable = try LoopbackServer { $0.tell("Fine.") }
        let trial = try LoopbackServer { $0.tell("Very fine.") }
        let desk = try await OpenDesk.open(answering: stable, endpoints: ["good": trial, "bad": trial])
        let first = try await desk.customer()
        try await first.ask("How do I acknowledge an alert?")
        _ = try await desk.answer()
        let canary = try await begin("good", at: desk)
        let shadow = try await begin("bad", at: desk) { ($0.isShadow, $0.shadowShare) = (true, 10_000) }
        #expect(shadow.status == .shadow && canary.status == .canary)
        var stables: Int64 = 0
        for _ in 0..<12 {
            let customer = try await desk.customer()
            try await customer.ask("How do I acknowledge an alert?")
            stables += try await desk.answer().text == "Fine." ? 1 : 0
            let expected = stables
            _ = try await desk.until {
                let counts = try await state(of: shadow.id, at: desk).shadow
                return counts.map { $0.requests + $0.dropped == expected } == true ? true : nil
            }
        }
        // What a conversation came to is counted after its answer.
        let canaries = 12 - stables
        let seen = try await desk.until {
            let seen = try await state(of: canary.id, at: desk)
            return seen.canaryConversations == canaries ? seen : nil
        }
        #expect(seen.alpha == 0.01)
        // Out of the shadow it is a canary too, and promoting one ends the other.
        _ = try await desk.agent.call(Operations.steerDeployment, SteerDeployment(shadow.id, .step))
        #expect(try await state(of: canary.id, at: desk).alpha == 0.005)
        let promoted = try await desk.agent.call(Operations.steerDeployment, SteerDeployment(shadow.id, .promote))
        #expect(promoted.reason.hasSuffix("ended: version \(canary.canary)"))
        #expect(try await state(of: canary.id, at: desk).status == .ended)
        let audit = try await desk.agent.call(Operations.listAudit, ListAudit()).items
        let note = "version \(canary.canary) ended"
        #expect(audit.contains { $0.action == "deployment.end" && $0.detail.contains(note) })
        try await desk.end()
    }

    private func begin(
        _ model: String, at desk: OpenDesk, _ change: (inout StartDeployment) -> Void = { _ in }
    ) async throws -> Deployment {
        var wanted = AddModelVersion()
        (wanted.model, wanted.route, wanted.prompt) = (model, model, "You are new.")
        let version = try await desk.agent.call(Operations.addModelVersion, wanted)
        var start = StartDeployment("production", to: version.id)
        (start.steps, start.leastConversations) = ([3000, 10_000], 10_000)
        change(&start)
        return try await desk.agent.call(Operations.startDeployment, start)
    }

    private func state(of id: ID<Deployment>, at desk: OpenDesk) async throws -> Deployment {
        try #require(try await desk.agent.call(Operations.listDeployments, Nothing()).items.first { $0.id == id })
    }

    /// Waits for an alert: it is raised after the deployment has told of its end.
    private func raised(_ rule: String, at desk: OpenDesk) async throws -> Alert {
        try await desk.until {
            try await desk.agent.call(Operations.listAlerts, ListAlerts()).items.first { $0.rule == rule }
        }
    }
}

extension LoopbackServer.Connection {
    /// Answers one request of an OpenAI-compatible client.
    fileprivate func tell(_ text: String) {
        readRequest()
        beginStream()
        send("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"}}]}\n\ndata: [DONE]\n\n")
    }
}

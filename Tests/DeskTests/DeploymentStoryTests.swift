import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Desk

/// A day in production: a new version is tried, is bad, and is taken back before many customers felt it.
@Suite struct DeploymentStoryTests {
    @Test func `a canary that fails is taken back, somebody is called, and customers are unhurt after`() async throws {
        let good = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Fine.\"}}]}\n\n"
                    + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n"
            )
        }
        let bad = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(500, "{\"error\":{\"message\":\"broken\"}}")
        }
        let desk = try await OpenDesk.open(answering: good, endpoints: ["trial": bad])
        var wanted = AddModelVersion()
        (wanted.model, wanted.route, wanted.prompt) = ("new", "trial", "You are new.")
        let first = try await desk.customer()
        try await first.ask("How do I acknowledge an alert?")
        _ = try await desk.answer()
        let added = try await desk.agent.call(Operations.addModelVersion, wanted)
        var start = StartDeployment("production", to: added.id)
        start.steps = [2000, 10_000]
        let deployment = try await desk.agent.call(Operations.startDeployment, start)
        #expect(deployment.share == 2000 && deployment.status == .canary)
        await expectProblem(.inUse) { _ = try await desk.agent.call(Operations.startDeployment, start) }
        await expectProblem(.inUse) {
            _ = try await desk.agent.call(Operations.moveAlias, MoveAlias("production", to: added.id))
        }
        await expectProblem(.inUse) {
            _ = try await desk.agent.call(Operations.deleteModelVersion, ModelReference(added.id))
        }

        var over: Deployment?
        var asked = 0
        while over == nil, asked < 200 {
            let customer = try await desk.customer()
            try await customer.ask("How do I acknowledge an alert?")
            asked += 1
            let answer = try await desk.answer()
            // Whoever got the new version got the article in its place: nobody is left without an answer.
            #expect(answer.text == "Fine." || answer.text.contains("press `a`"))
            over = try await newest(desk).status == .rolledBack ? try await newest(desk) : nil
        }
        let rolledBack = try #require(over)
        #expect(rolledBack.canaryFailures <= 6 && rolledBack.share == 0)
        #expect(rolledBack.reason.contains("errors") || rolledBack.reason.contains("in a row"))

        let alert = try await raised("model-rolled-back", at: desk)
        #expect(alert.severity == .critical && alert.category == "model" && alert.summary.contains("taken back"))
        let audit = try await desk.agent.call(Operations.listAudit, ListAudit()).items
        #expect(audit.contains { $0.action == "deployment.rollback" && $0.subject == "deployment:\(deployment.id)" })
        let marks = try await desk.agent.call(Operations.listOccurrences, ListOccurrences()).items
        #expect(marks.contains { $0.kind == .deployment && $0.title.contains("rolled back") }, "\(marks)")

        for _ in 0..<10 {
            let customer = try await desk.customer()
            try await customer.ask("How do I acknowledge an alert?")
            #expect(try await desk.answer().text == "Fine.")
        }
        await expectProblem(.coolingDown) { _ = try await desk.agent.call(Operations.startDeployment, start) }
        start.isAgain = true
        #expect(try await desk.agent.call(Operations.startDeployment, start).status == .canary)
        try await desk.end()
    }

    @Test func `a bad rating counts against the version that answered, once`() async throws {
        let server = try LoopbackServer { $0.answerFine() }
        let desk = try await OpenDesk.open(answering: server)
        let second = try await secondVersion(at: desk)
        var start = StartDeployment("production", to: second)
        start.steps = [5000, 10_000]
        let deployment = try await desk.agent.call(Operations.startDeployment, start)
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        let _: Bool = try await desk.next { event in
            guard case .deploymentChanged(let changed) = event, changed.id == deployment.id else { return nil }
            return changed.stableConversations + changed.canaryConversations > 0 ? true : nil
        }
        _ = try await desk.agent.call(Operations.resolveConversation, ConversationReference(customer.conversation))
        _ = try await customer.client.call(
            Operations.rateConversation, RateConversation(customer.conversation, rating: 1))
        let counted: Deployment = try await desk.next { event in
            guard case .deploymentChanged(let changed) = event, changed.id == deployment.id,
                changed.stableFailures + changed.canaryFailures > 0
            else { return nil }
            return changed
        }
        let reading = try #require(counted.guards.first { $0.name == "dissatisfied" })
        #expect(reading.stable + reading.canary == 1)
        try await desk.end()
    }

    @Test func `a new configuration ends what was tried beside the old one`() async throws {
        let server = try LoopbackServer { $0.answerFine() }
        let desk = try await OpenDesk.open(answering: server)
        let second = try await secondVersion(at: desk)
        let begun = try await desk.agent.call(
            Operations.startDeployment, StartDeployment("production", to: second))
        await desk.desk.close()
        let again = try await OpenDesk.open(at: desk.folder, answering: server, wire: .anthropic)
        let ended: Deployment = try await again.until {
            let newest = try await again.agent.call(Operations.listDeployments, Nothing()).items.first
            return newest?.status == .rolledBack ? newest : nil
        }
        #expect(ended.id == begun.id && ended.reason == "the configuration changed")
        let versions = try await again.agent.call(Operations.listModels, Nothing()).items
        #expect(versions.first { $0.aliases.contains("production") }?.wire == "anthropic")
        try await again.end()
    }

    @Test func `a version that is deleted is gone for everybody, and one without a difference is none`() async throws {
        let server = try LoopbackServer { $0.answerFine() }
        let desk = try await OpenDesk.open(answering: server)
        let second = try await secondVersion(at: desk)
        #expect(try await secondVersion(at: desk) == second)
        let added = try await desk.agent.call(Operations.listAudit, ListAudit()).items
        #expect(added.count { $0.action == "model.add" } == 1)
        _ = try await desk.agent.call(Operations.deleteModelVersion, ModelReference(second))
        let gone: ID<ModelVersion> = try await desk.next { event in
            if case .modelDeleted(let reference) = event { reference.id } else { nil }
        }
        #expect(gone == second)
        #expect(try await desk.agent.call(Operations.listModels, Nothing()).items.allSatisfy { $0.id != second })
        try await desk.end()
    }

    /// Another prompt for the configured model, once that is registered.
    private func secondVersion(at desk: OpenDesk) async throws -> ID<ModelVersion> {
        let _: Bool = try await desk.until {
            let all = try await desk.agent.call(Operations.listModels, Nothing()).items
            return all.contains { $0.model == "m" && $0.aliases.contains("production") } ? true : nil
        }
        var wanted = AddModelVersion()
        (wanted.model, wanted.prompt) = ("m", "You are kind.")
        return try await desk.agent.call(Operations.addModelVersion, wanted).id
    }

    @Test func `a classifier with the name intents files new conversations, and learns from colleagues`() async throws {
        let desk = try await OpenDesk.open()
        var training = StartTraining()
        (training.model, training.epochs) = ("intents", 3)
        training.data =
            "text,label\n"
            + (0..<12).map {
                "where is my parcel number \($0),Delivery & more?\ngive me my money back for order \($0),refund\n"
            }
            .joined()
        let job = try await desk.agent.call(Operations.startTraining, training)
        let version: ID<ModelVersion> = try await desk.next { event in
            if case .trainingChanged(let over) = event, over.id == job.id { over.version } else { nil }
        }
        _ = try await desk.agent.call(Operations.moveAlias, MoveAlias("intents", to: version))
        let customer = try await desk.customer()
        try await customer.ask("Where is my parcel number 5?")
        let filed: [String] = try await desk.next { event in
            guard case .conversationChanged(let changed) = event, !changed.tags.isEmpty else { return nil }
            return changed.tags
        }
        // What no tag may hold is a hyphen there.
        #expect(filed == ["delivery-more"])
        let taught = try await desk.desk.parts.conversations.labelledTexts(for: .intent)
        #expect(taught.map(\.text) == ["Where is my parcel number 5?"] && taught.map(\.label) == ["delivery-more"])
        try await desk.end()
    }

    @Test func `two angry messages in a row call a person, when a classifier has the name sentiment`() async throws {
        let desk = try await OpenDesk.open()
        var training = StartTraining()
        (training.model, training.kind, training.seed) = ("sentiment", .sentiment, 2)
        let job = try await desk.agent.call(Operations.startTraining, training)
        #expect(job.texts == 300 && job.labels == 3)
        let version: ID<ModelVersion> = try await desk.next { event in
            if case .trainingChanged(let over) = event, over.id == job.id { over.version } else { nil }
        }
        _ = try await desk.agent.call(Operations.moveAlias, MoveAlias("sentiment", to: version))
        _ = try await desk.agent.call(Operations.importConversation, .example)
        let customer = try await desk.customer()
        try await customer.ask("This is the worst support I have ever had.")
        _ = try await desk.answer()
        try await customer.ask("I am fed up with these errors, this is unacceptable.")
        let waiting = try await desk.stands(customer.conversation, .waiting)
        #expect(waiting.waitingReason == "the customer is upset")
        // Each text counts once for the drift, however often it is read; what was held elsewhere does not count.
        let drift: ClassifierDrift = try await desk.until {
            let drift = try await desk.models()["sentiment"]?.drift
            return drift.flatMap { $0.texts >= 2 ? $0 : nil }
        }
        #expect(drift.texts == 2 && drift.reference == 60 && drift.state == .unknown)
        #expect(drift.missing == "cannot be said: 60 of 100 held-out texts")
        _ = try await desk.agent.call(Operations.classifyText, ClassifyText(version, "I am fed up."))
        await desk.desk.close()
        let again = try await OpenDesk.open(at: desk.folder)
        let kept: ClassifierDrift = try await again.until { try await again.models()["sentiment"]?.drift }
        #expect(kept == drift)
        await again.desk.close()
        try await desk.end()
    }

    @Test func `a version that is promoted answers everybody, and can be taken back by its name`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi.\"}}]}\n\ndata: [DONE]\n\n")
        }
        let desk = try await OpenDesk.open(answering: server)
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        _ = try await desk.answer()
        var wanted = AddModelVersion()
        (wanted.model, wanted.prompt) = ("m", "You are kind.")
        let second = try await desk.agent.call(Operations.addModelVersion, wanted)
        #expect(second.version == 2 && second.prompt == "You are kind.")
        #expect(try await desk.agent.call(Operations.addModelVersion, wanted).id == second.id)
        let begun = try await desk.agent.call(
            Operations.startDeployment, StartDeployment("production", to: second.id))
        _ = try await desk.agent.call(Operations.steerDeployment, SteerDeployment(begun.id, .pause))
        let promoted = try await desk.agent.call(Operations.steerDeployment, SteerDeployment(begun.id, .promote))
        #expect(promoted.status == .promoted && promoted.share == 10_000)
        await expectProblem(.staleRevision) {
            _ = try await desk.agent.call(Operations.steerDeployment, SteerDeployment(begun.id, .rollBack))
        }
        let moves = try await desk.agent.call(Operations.listAliasMoves, Nothing()).items
        let move = try #require(moves.first { $0.name == "production" })
        #expect(move.to == second.id && move.from == begun.stable)
        let back = MoveAlias("production", to: begun.stable, reason: "rolled back")
        #expect(try await desk.agent.call(Operations.moveAlias, back).aliases.contains("production"))

        // After a restart people's choice stands: the configuration did not change.
        _ = try await desk.agent.call(Operations.moveAlias, MoveAlias("production", to: second.id))
        await desk.desk.close()
        let again = try await OpenDesk.open(at: desk.folder, answering: server)
        let next = try await again.customer()
        try await next.ask("How do I acknowledge an alert?")
        _ = try await again.answer()
        let versions = try await again.agent.call(Operations.listModels, Nothing()).items
        #expect(versions.first { $0.id == second.id }?.aliases == ["production"])
        try await again.end()
    }

    /// Waits for an alert: it is raised after the deployment has told of its end.
    private func raised(_ rule: String, at desk: OpenDesk) async throws -> Alert {
        try await desk.until {
            try await desk.agent.call(Operations.listAlerts, ListAlerts()).items.first { $0.rule == rule }
        }
    }

    private func newest(_ desk: OpenDesk) async throws -> Deployment {
        try #require(try await desk.agent.call(Operations.listDeployments, Nothing()).items.first)
    }
}

extension LoopbackServer.Connection {
    /// Answers one request of an OpenAI-compatible client.
    fileprivate func answerFine() {
        readRequest()
        beginStream()
        send("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Fine.\"}}]}\n\ndata: [DONE]\n\n")
    }
}

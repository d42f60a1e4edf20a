import DeskAPI
import Testing
import Vocabulary

@testable import Desk

/// Language models of the gateway's machine are offered, and used without any configuration.
@Suite(.timeLimit(.minutes(2))) struct LocalModelTests {
    private func server(says text: String) throws -> LoopbackServer {
        try LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            guard request.hasPrefix("POST ") else {
                return connection.respond(200, #"{"object":"list","data":[{"id":"tiny:1b"}]}"#)
            }
            connection.beginStream()
            connection.send(
                "data: {\"choices\":[{\"delta\":{\"content\":\"\(text)\"}}]}\n\n"
                    + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
        }
    }

    @Test func `a model of this machine is listed, registered under its server's name, and answers customers`()
        async throws
    {
        let ollama = try server(says: "From this machine")
        let desk = try await OpenDesk.open(local: ["ollama": ollama])
        let _: Bool = try await desk.until { try await desk.models().isEmpty ? nil : true }
        let found = try await desk.agent.call(Operations.listLocalModels, Nothing()).items
        #expect(found.map(\.model) == ["tiny:1b"] && found.first?.route == "ollama")
        #expect(found.first?.url == "\(ollama.url)/v1")

        var adding = AddModelVersion()
        (adding.model, adding.route) = ("tiny:1b", "ollama")
        let version = try await desk.agent.call(Operations.addModelVersion, adding)
        #expect(version.route == "ollama")
        var move = MoveAlias()
        (move.name, move.version) = ("production", version.id)
        _ = try await desk.agent.call(Operations.moveAlias, move)
        let customer = try await desk.customer()
        try await customer.ask("How do I acknowledge an alert?")
        let answer: Message = try await desk.until {
            try await customer.transcript().first { $0.author == .assistant }
        }
        #expect(answer.text.contains("From this machine") && answer.answer?.model == "tiny:1b")
        try await desk.end()
    }

    @Test func `an endpoint of the configuration goes before a server of the same name, an unknown one is told`()
        async throws
    {
        let (configured, found) = (try server(says: "configured"), try server(says: "found"))
        let desk = try await OpenDesk.open(endpoints: ["ollama": configured], local: ["ollama": found, "vllm": found])
        let listed = try await desk.agent.call(Operations.listLocalModels, Nothing()).items
        #expect(listed.map(\.route) == ["vllm"])
        var adding = AddModelVersion()
        (adding.model, adding.route) = ("m", "elsewhere")
        let problem = await #expect(throws: Problem.self) {
            _ = try await desk.agent.call(Operations.addModelVersion, adding)
        }
        #expect(problem?.detail.contains("there are ollama, vllm") == true, "\(problem?.detail ?? "")")
        adding.route = "ollama"
        #expect(
            try await desk.agent.call(Operations.addModelVersion, adding).endpoint?.contains("\(configured.port)")
                == true)
        try await desk.end()
    }
}

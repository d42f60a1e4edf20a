import Testing

/// Whatever a language model's server does, the customer gets an answer.
@Suite(.serialized, .onOwnThread)
struct LanguageModelFaultTests {
    private static let question = "How do I acknowledge an alert?"

    private func ask(
        port: Int, wire: String = "openai", within patience: Duration = Deadline.usual
    ) throws -> RunningProgram.Outcome {
        let folder = try TemporaryFolder()
        return try RunningProgram.run(
            ["chat", "--once", Self.question, "--data", "\(folder.path)/data"], home: folder.path,
            environment: [
                "WATCHDESK_ASSISTANT_URL": "http://127.0.0.1:\(port)", "WATCHDESK_ASSISTANT_MODEL": "small",
                "WATCHDESK_ASSISTANT_WIRE": wire,
            ], within: patience)
    }

    private func expectKnowledge(_ outcome: RunningProgram.Outcome, _ fault: String) {
        #expect(outcome.ending == .exit(0), "\(fault): \(outcome.errors)")
        #expect(outcome.output.contains("press `a`"), "\(fault): \(outcome.output)")
        #expect(outcome.output.contains("source: Alerts"), "\(fault): \(outcome.output)")
    }

    @Test func `a model that works is streamed to the customer`() throws {
        let server = try FaultServer { peer in
            FaultServer.stream(["Press ", "a ", "on the alert, says the model."], to: peer)
            FaultServer.say("data: [DONE]\n\n", to: peer)
        }
        let outcome = try ask(port: server.port)
        #expect(outcome.ending == .exit(0), "\(outcome.errors)")
        #expect(outcome.output.contains("Press a on the alert, says the model."))
        #expect(server.asked.contains { $0.contains("/chat/completions") && $0.contains(Self.question) })
    }

    @Test func `nobody listens`() throws {
        expectKnowledge(try ask(port: try FaultServer.deafPort()), "refused")
    }

    @Test(
        arguments: [
            (200, "text/html", "<html><body>Please log in</body></html>"),
            (200, "application/json", "}{ \u{1} nothing"),
            (200, "application/json", ""), (200, "text/event-stream", "data: {\"choices\":[]}\n\ndata: [DONE]\n\n"),
            (429, "application/json", #"{"error":{"message":"slow down","type":"rate_limit_error"}}"#),
            (401, "application/json", #"{"error":{"message":"bad key"}}"#), (500, "text/plain", "oops"),
            (302, "text/html", "elsewhere"),
        ])
    func `an answer that is none`(_ status: Int, _ type: String, _ body: String) throws {
        let server = try FaultServer { FaultServer.respond(status, body, type: type, to: $0) }
        expectKnowledge(try ask(port: server.port), "\(status) \(type)")
        #expect(!server.asked.isEmpty)
    }

    @Test(arguments: ["openai", "anthropic"])
    func `a stream that is cut in the middle`(_ wire: String) throws {
        let server = try FaultServer { FaultServer.stream(["Half of", " an ans"], to: $0) }
        expectKnowledge(try ask(port: server.port, wire: wire), "cut")
    }

    @Test func `an error in the middle of a stream`() throws {
        let server = try FaultServer { peer in
            FaultServer.stream(["Half of"], to: peer)
            FaultServer.say("data: {\"error\":{\"message\":\"overloaded\",\"code\":500}}\n\n", to: peer)
        }
        expectKnowledge(try ask(port: server.port), "error in the stream")
    }

    @Test func `a server that never answers is given up within its time`() throws {
        let server = try FaultServer { FaultServer.waitForEnd(of: $0) }
        let start = ContinuousClock.now
        expectKnowledge(try ask(port: server.port, within: .seconds(50)), "hang")
        #expect(ContinuousClock.now - start > .seconds(2))
        #expect(!server.asked.isEmpty)
    }
}

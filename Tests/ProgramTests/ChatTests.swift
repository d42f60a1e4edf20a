import Glibc
import JSON
import Testing

/// A customer at a terminal.
@Suite(.serialized, .onOwnThread)
struct ChatTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func chat(_ arguments: String..., input: String = "") throws -> RunningProgram.Outcome {
        try RunningProgram.run(
            ["chat", "--data", "\(folder.path)/data"] + arguments, home: folder.path, input: input)
    }

    @Test func `one question is answered with its source where no gateway runs`() throws {
        let outcome = try chat("--once", "How do I acknowledge an alert?")
        #expect(outcome.ending == .exit(0), "\(outcome.errors)")
        #expect(outcome.output.contains("press `a`"))
        #expect(outcome.output.contains("source: Alerts"))
        #expect(outcome.errors.isEmpty)
    }

    @Test func `a running gateway is asked, and staff sees the conversation`() throws {
        let desk = try ServedDesk(folder)
        let outcome = try chat("--once", "How do I take over a conversation?", "--name", "Crystal")
        #expect(outcome.ending == .exit(0), "\(outcome.errors)")
        #expect(outcome.output.contains("source: "))
        let list = try RunningProgram.run(
            ["conversations", "list", "--json", "--data", "\(folder.path)/data"], home: folder.path)
        let conversation = try JSONParser.parse(Array(list.output.utf8))[0]
        #expect(conversation?["customer_name"] == "Crystal")
        let shown = try RunningProgram.run(
            ["conversations", "show", "1", "--data", "\(folder.path)/data"], home: folder.path)
        #expect(shown.output.contains("How do I take over a conversation?"))
        #expect(try desk.stop() == .exit(0))
    }

    @Test func `a customer rates the help when an agent has ended the conversation`() throws {
        let desk = try ServedDesk(folder)
        let terminal = try PseudoTerminal()
        let customer = try RunningProgram(
            ["chat", "--data", "\(folder.path)/data"], home: folder.path, on: terminal)
        try terminal.see("you>")
        terminal.type("How do I acknowledge an alert?\r")
        try terminal.see("source: Alerts")
        let resolved = try RunningProgram.run(
            ["conversations", "resolve", "1", "--data", "\(folder.path)/data"], home: folder.path)
        #expect(resolved.ending == .exit(0), "\(resolved.errors)")
        try terminal.see("How was the help?")
        terminal.type("5 quick and right\r")
        try terminal.see("thank you")
        let exported = try RunningProgram.run(
            ["conversations", "export", "1", "--json", "--data", "\(folder.path)/data"], home: folder.path)
        let conversation = try JSONParser.parse(Array(exported.output.utf8))["conversation"]
        #expect(conversation?["rating"] == 5 && conversation?["rating_comment"] == "quick and right")
        customer.send(SIGTERM)
        #expect(try desk.stop() == .exit(0))
    }

    @Test func `everything that is piped in is answered`() throws {
        let outcome = try chat(input: "How do I acknowledge an alert?\nHow do I take over a conversation?\n")
        #expect(outcome.ending == .exit(0), "\(outcome.errors)")
        #expect(outcome.output.contains("source: Alerts"))
        #expect(outcome.output.contains("source: Conversations"))
    }

    @Test func `what nobody knows is said, with the offer of a person`() throws {
        let outcome = try chat("--once", "Does the zeppelin fly to Reykjavik on Tuesdays?")
        #expect(outcome.ending == .exit(0), "\(outcome.errors)")
        #expect(outcome.output.contains("person"))
        #expect(!outcome.output.contains("source:"))
    }

    @Test func `a gateway that is not there is named`() throws {
        let port = try FaultServer.deafPort()
        let outcome = try chat("--url", "http://127.0.0.1:\(port)", "--once", "Hello?")
        #expect(outcome.ending == .exit(1))
        #expect(outcome.errors.contains("127.0.0.1:\(port)"))
        #expect(outcome.output.isEmpty)
    }
}

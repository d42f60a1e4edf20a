import Glibc
import JSON
import Testing

/// Several people at one desk see what the others do.
@Suite(.serialized, .onOwnThread)
struct SharedViewTests {
    @Test func `a claim is seen by another client and on another console at once`() throws {
        let folder = try TemporaryFolder()
        let desk = try ServedDesk(folder)
        let customer = try desk.customer("Crystal")
        let key = try desk.ask("POST", "/v1/keys", token: desk.token, ["name": "front-desk", "role": "agent"])
        let agent = try #require(key.json["token"]?.text)
        let socket = try WebSocket(port: desk.port, token: desk.token)
        try socket.send(#"{"id":1,"op":"join","data":{"room":"inbox:main"}}"#)
        _ = try socket.object { $0["id"] == 1 }

        let terminal = try PseudoTerminal(columns: 160, rows: 45)
        let console = try RunningProgram(
            ["--url", "http://127.0.0.1:\(desk.port)", "--key", desk.token], home: folder.path,
            environment: ["TERM": "xterm-256color"], on: terminal)
        try terminal.see("Crystal")
        terminal.forget()

        let connection = try HTTPConnection(port: desk.port)
        let start = ContinuousClock.now
        let claimed = try connection.ask(
            "POST", "/v1/conversations/\(customer.conversation)/claim", token: agent, body: Array("{}".utf8))
        #expect(claimed.status == 200)
        let event = try socket.object { $0["data"]?["owner_name"] == "front-desk" }
        let pushed = ContinuousClock.now - start
        try terminal.see("front-desk")
        let drawn = ContinuousClock.now - start
        #expect(event["data"]?["id"]?.wholeNumber == customer.conversation)
        #expect(pushed < .seconds(2), "the other client saw it after \(pushed)")
        #expect(drawn < .seconds(2), "the other console drew it after \(drawn)")
        terminal.type("q")
        #expect(try console.end() == .exit(0))
        #expect(try desk.stop() == .exit(0))
    }

    @Test func `a remote console with a wrong key says so and leaves the terminal alone`() throws {
        let folder = try TemporaryFolder()
        let desk = try ServedDesk(folder)
        let terminal = try PseudoTerminal()
        let before = terminal.modes
        let console = try RunningProgram(
            ["--url", "http://127.0.0.1:\(desk.port)", "--key", "wd_live_1_wrong"], home: folder.path,
            environment: ["TERM": "xterm-256color"], on: terminal)
        try terminal.see("key")
        terminal.type("q")
        _ = try console.end()
        #expect(terminal.modes == before)
        #expect(try desk.stop() == .exit(0))
    }
}

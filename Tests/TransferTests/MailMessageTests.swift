import Testing

@testable import Transfer

/// Mail over real libcurl to a server that a script plays.
@Suite(.serialized)
struct MailMessageTests {
    /// Answers one session; `atEnd` plays what follows the message's last byte.
    private func session(_ connection: LoopbackServer.Connection, atEnd: (LoopbackServer.Connection) -> Void) {
        connection.send("220 test ESMTP\r\n")
        while let line = connection.readLine() {
            let verb = line.prefix(4).uppercased()
            switch verb {
            case "EHLO": connection.send("250 test\r\n")
            case "MAIL", "RCPT": connection.send("250 ok\r\n")
            case "DATA":
                connection.send("354 go on\r\n")
                connection.readMail()
                return atEnd(connection)
            default: connection.send("500 what\r\n")
            }
        }
    }

    private func message(_ port: UInt16, text: String = "Subject: x\r\n\r\nhello\r\n") -> MailMessage {
        MailMessage(
            host: "127.0.0.1", port: Int(port), encryption: .none, from: "a@example.org", to: ["b@example.org"],
            text: text, patience: .seconds(10))
    }

    private func outcome(_ message: MailMessage, reach: AddressReach = .alsoPrivate) async -> MailMessage.Failure? {
        do throws(MailMessage.Failure) {
            try await message.send(reach: reach)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a message arrives whole, with its dots doubled`() async throws {
        let server = try LoopbackServer { connection in
            session(connection) { $0.send("250 taken\r\n") }
        }
        #expect(await outcome(message(server.port, text: "Subject: x\r\n\r\n.dot\r\n..two\r\n")) == nil)
        var mail = ""
        for await event in server.events {
            if case .request(let text) = event {
                mail = text
                break
            }
        }
        #expect(mail.contains("\r\n..dot\r\n...two\r\n"))
    }

    @Test func `a server that takes the message and dies before the goodbye has taken it`() async throws {
        let server = try LoopbackServer { connection in
            session(connection) { connection in
                connection.send("250 taken\r\n")
                connection.reset()
            }
        }
        #expect(await outcome(message(server.port)) == nil)
    }

    @Test func `a server that dies after the message's last byte has not said that it took it`() async throws {
        let server = try LoopbackServer { connection in session(connection) { _ in } }
        guard case .transfer = await outcome(message(server.port)) else {
            Issue.record("it counts as taken or refused")
            return
        }
    }

    @Test func `a no is told with its code`() async throws {
        for code in [451, 554] {
            let server = try LoopbackServer { connection in
                session(connection) { $0.send("\(code) no\r\n") }
            }
            #expect(await outcome(message(server.port)) == .refused(code: code))
        }
    }

    @Test func `without encryption nothing is sent to a server that should have it`() async throws {
        let server = try LoopbackServer { connection in
            session(connection) { $0.send("250 taken\r\n") }
        }
        var message = message(server.port)
        message.encryption = .starttls
        guard case .transfer(.tls) = await outcome(message) else {
            Issue.record("it was sent in the open")
            return
        }
    }

    @Test func `private addresses are refused where they are not allowed`() async throws {
        let server = try LoopbackServer { connection in session(connection) { _ in } }
        let found = await outcome(message(server.port), reach: .publicOnly)
        #expect(found == .transfer(.addressRefused("127.0.0.1:\(server.port)")))
    }

    @Test func `a task that is cancelled stops waiting for a server that hangs`() async throws {
        let server = try LoopbackServer { $0.waitForPeerToClose() }
        let message = message(server.port)
        let task = Task { await outcome(message) }
        await server.sees { $0 == .accepted }
        task.cancel()
        #expect(await task.value == .transfer(.cancelled))
    }
}

import DeskAPI
import JSON
import Testing
import Vocabulary

@testable import Gateway

/// The wire protocol, over real sockets.
@Suite struct RealtimeTests {
    @Test func `the handshake is that of the standard's example`() async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            let answer = try await WebSocketClient.handshake(
                connection, token: "agent", headers: ["Sec-WebSocket-Protocol: other, watchdesk.v1.json"])
            #expect(answer.status == 101)
            #expect(answer["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(answer["Sec-WebSocket-Protocol"] == "watchdesk.v1.json")
            let hello = try await WebSocketClient(connection).object()
            #expect(hello["event"] == "hello")
            #expect(hello["data"]?["user"] == "u:3")
            #expect(hello["data"]?["max_bytes"] == 65_536)
        }
    }

    @Test func `a later request of a connection may become a WebSocket, with frames right behind`() async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            #expect(try await connection.ask("GET", "/healthz").status == 200)
            let handshake =
                "GET /v1/realtime HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Authorization: Bearer agent\r\n\r\n"
            let ping = WebSocketClient.bytes(first: 0x81, Array(#"{"id":1,"op":"ping"}"#.utf8))
            try await connection.send(bytes: Array(handshake.utf8) + ping)
            #expect(try await connection.answer().status == 101)
            #expect(try await WebSocketClient(connection).reply(1)["ok"] == [:])
        }
    }

    @Test(
        arguments: [
            (["Origin: https://evil.example"], 403), (["Origin: null"], 403),
            (["Origin: https://desk.example"], 101), (["Origin: https://allowed.example"], 101),
            (["Sec-WebSocket-Protocol: other"], 400), (["Authorization: Bearer unknown"], 401),
            (["Authorization: Basic x"], 401),
        ])
    func `a handshake from elsewhere is refused before it is made`(_ headers: [String], _ status: Int) async throws {
        var limits = GatewayLimits()
        limits.realtime.origins = ["https://allowed.example"]
        try await withGateway(limits: limits) { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            #expect(try await WebSocketClient.handshake(connection, headers: headers).status == status)
        }
    }

    @Test func `what was read with the past does not come again when it is published late`() async throws {
        let desk = FakeDesk()
        let conversation = desk.newConversation(of: ID(7)).id
        let first = desk.write("first", in: conversation)
        try await withGateway(desk) { gateway in
            let client = try await WebSocketClient.open(port: gateway.port, token: "agent")
            let joined = try await client.ask(1, "join", #"{"room":"c:\#(conversation)"}"#)
            #expect(joined["ok"]?["offset"] == 1)
            desk.bus.publish(.messagePosted(first))
            _ = desk.write("second", in: conversation)
            #expect(try await client.event("message", room: "c:\(conversation)")["offset"] == 2)
        }
    }

    @Test(arguments: [true, false])
    func `who wants batches gets what comes together in one frame, and nothing is lost`(
        _ isBatching: Bool
    ) async throws {
        let desk = FakeDesk()
        let conversation = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let client = try await WebSocketClient.open(port: gateway.port, token: "agent")
            if isBatching { #expect(try await client.ask(1, "hello", #"{"batch":true}"#)["ok"] == [:]) }
            _ = try await client.ask(2, "join", #"{"room":"c:\#(conversation)"}"#)
            // One lock, one reading of the bus: what is written before the reader wakes comes together.
            let text = String(repeating: "x", count: 1000)
            for number in 1...200 { _ = desk.write("\(number) \(text)", in: conversation) }
            var (frames, messages) = (0, 0)
            while messages < 200 {
                let frame = try await client.frame()
                guard frame.opcode == 1 else { continue }
                #expect(frame.payload.count <= 65_536)
                let objects = frame.payload.split(separator: UInt8(ascii: "\n"))
                #expect(isBatching || objects.count == 1)
                let came = try objects.map { try JSONParser.parse(Array($0)) }.filter { $0["event"] == "message" }
                for message in came {
                    messages += 1
                    #expect(message["offset"]?.wholeNumber == Int64(messages))
                }
                if !came.isEmpty { frames += 1 }
            }
            #expect(isBatching ? frames < 200 : frames == 200)
        }
    }

    @Test func `what a device is doing lasts as long as its connection, and a little longer`() async throws {
        let desk = FakeDesk()
        let conversation = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let other = try await WebSocketClient.open(port: gateway.port, token: "admin")
            _ = try await other.ask(1, "join", #"{"room":"inbox:main"}"#)
            let agent = try await WebSocketClient.open(port: gateway.port, token: "agent")
            let said = try await agent.ask(1, "presence", #"{"state":"active","viewing":"c:\#(conversation)"}"#)
            #expect(said["ok"]?["devices"]?.elements?.first?["viewing"]?.wholeNumber == conversation.number)
            let seen = try await other.event("viewers", room: "inbox:main")
            #expect(seen["data"]?["viewers"]?.elements?.first?["name"] == "agent")
            #expect(try await other.ask(2, "presence")["ok"]?["items"]?.elements?.count == 1)
            #expect(try await agent.ask(2, "presence", #"{"viewing":"c:1"}"#)["error"]?["code"] == "invalid-field")
            #expect(try await agent.ask(3, "presence", #"{"state":"asleep"}"#)["error"]?["code"] == "invalid-field")
            let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            #expect(try await customer.ask(1, "presence", #"{"state":"active"}"#)["error"]?["code"] == "forbidden")
            await agent.connection.close()
            while desk.state.withLockedValue({ $0.cutOff.isEmpty }) { await Task.yield() }
        }
    }

    @Test func `that a customer is there is told to the whole staff, and to nobody else`() async throws {
        let desk = FakeDesk()
        let conversation = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let agent = try await WebSocketClient.open(port: gateway.port, token: "agent")
            _ = try await agent.ask(1, "join", #"{"room":"inbox:main"}"#)
            let room = #"{"room":"c:\#(conversation)"}"#
            let stranger = try await WebSocketClient.open(port: gateway.port, token: "customer8")
            #expect(try await stranger.ask(1, "join", room)["error"]?["code"] != nil)
            #expect(desk.state.withLockedValue { $0.attending.isEmpty }, "who may not be there is not there")
            let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            _ = try await customer.ask(1, "join", room)
            let came = try await agent.event("customer", room: "inbox:main")["data"]
            #expect(came?["conversation"]?.wholeNumber == conversation.number && came?["online"] == true)
            _ = try await customer.ask(2, "leave", room)
            #expect(try await agent.event("customer", room: "inbox:main")["data"]?["online"] == false)
            _ = try await customer.ask(3, "join", room)
            #expect(try await agent.event("customer", room: "inbox:main")["data"]?["online"] == true)
            await customer.connection.close()
            #expect(try await agent.event("customer", room: "inbox:main")["data"]?["online"] == false)
            let events = try await RawConnection.open(port: gateway.port)
            try await events.send(
                "GET /v1/events?rooms=c:\(conversation) HTTP/1.1\r\nHost: d\r\nAuthorization: Bearer customer7\r\n\r\n")
            #expect(try await agent.event("customer", room: "inbox:main")["data"]?["online"] == true)
            await events.close()
            #expect(try await agent.event("customer", room: "inbox:main")["data"]?["online"] == false)
        }
    }

    @Test func `what calls a person is theirs alone, and comes back whole`() async throws {
        let desk = FakeDesk()
        _ = desk.newConversation(of: ID(7))
        desk.notify("u:3", "before")
        try await withGateway(desk) { gateway in
            let agent = try await WebSocketClient.open(port: gateway.port, token: "agent")
            let admin = try await WebSocketClient.open(port: gateway.port, token: "admin")
            let joined = try await agent.ask(1, "join", #"{"room":"me"}"#)["ok"]
            #expect(joined?["offset"] == 1 && joined?["notifications"]?.elements?.count == 1)
            #expect(try await admin.ask(1, "join", #"{"room":"me"}"#)["ok"]?["offset"] == 0)
            desk.notify("u:3", "one")
            desk.notify("u:5", "for the admin")
            #expect(try await agent.event("notification", room: "me")["data"]?["text"] == "one")
            let own = try await admin.event("notification", room: "me")
            #expect(own["data"]?["text"] == "for the admin" && own["offset"] == 1)
            // A second device, which was away, gets what it missed; both learn that it is known.
            let phone = try await WebSocketClient.open(port: gateway.port, token: "agent")
            let back = try await phone.ask(1, "join", #"{"room":"me","since":{"offset":1,"epoch":"k3f"}}"#)["ok"]
            #expect(back?["recovered"] == true && back?["missed"]?.elements?.count == 1)
            #expect(back?["notifications"] == nil)
            let known = try await phone.ask(2, "ack", #"{"room":"me","offset":2}"#)
            #expect(known["ok"]?["items"]?.elements?.count == 2)
            #expect(try await agent.event("notification", room: "me")["data"]?["acknowledged_at"] != nil)
            let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            #expect(try await customer.ask(1, "join", #"{"room":"me"}"#)["error"]?["code"] == "forbidden")
            let ahead = #"{"room":"me","since":{"offset":9,"epoch":"k3f"}}"#
            let other = try await WebSocketClient.open(port: gateway.port, token: "agent")
            #expect(try await other.ask(1, "join", ahead)["ok"]?["recovered"] == false)
        }
    }

    @Test func `who went into another customer comes back as that one, others stay`() async throws {
        let desk = FakeDesk()
        try await withGateway(desk) { gateway in
            let gone = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            let other = try await WebSocketClient.open(port: gateway.port, token: "customer8")
            _ = try await gone.ask(1, "ping")
            _ = try await other.ask(1, "ping")
            desk.bus.publish(.customerMerged(ID(7)))
            #expect(try await gone.closeCode() == 4412)
            #expect(try await other.ask(2, "ping")["ok"] == [:])
        }
    }

    @Test func `an old version is refused with the one that is spoken`() async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            let answer = try await connection.ask(
                "GET", "/v1/realtime", token: "agent",
                headers: [
                    "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 8",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                ])
            #expect(answer.status == 400)
            #expect(answer["Sec-WebSocket-Version"] == "13")
        }
    }

    @Test func `what a customer sends reaches the agent and the other way round`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            let agent = try await WebSocketClient.open(port: gateway.port, token: "agent")
            #expect(try await customer.ask(1, "join", #"{"room":"c:\#(id)"}"#)["ok"]?["offset"] == 0)
            #expect(try await agent.ask(1, "join", #"{"room":"c:\#(id)"}"#)["ok"]?["epoch"] == "k3f")
            // The reply and the customer's own message come in either order: waiting for one must not skip the other.
            try await customer.send(#"{"id":2,"op":"send","data":{"room":"c:\#(id)","text":"Can I return it?"}}"#)
            let seen = try await agent.event("message")
            #expect(seen["offset"] == 1)
            #expect(seen["data"]?["text"] == "Can I return it?")
            _ = try await agent.ask(2, "send", #"{"room":"c:\#(id)","text":"Yes."}"#)
            #expect(try await customer.event("message")["data"]?["text"] == "Can I return it?")
            #expect(try await customer.event("message")["data"]?["text"] == "Yes.")
        }
    }

    @Test func `the same cid again gives the first result`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            let request = #"{"room":"c:\#(id)","cid":"01JD8X5T6E9QK3ZC7M2V4B0N1P","text":"once"}"#
            #expect(try await customer.ask(1, "send", request)["ok"]?["duplicate"] == nil)
            let again = try await customer.ask(2, "send", request)
            #expect(again["ok"]?["duplicate"] == true)
            #expect(again["ok"]?["offset"] == 1)
        }
    }

    @Test func `who comes back gets exactly what was missed`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        for number in 1...5 { desk.write("\(number)", in: id) }
        try await withGateway(desk) { gateway in
            let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            let joined = try await customer.ask(
                1, "join", #"{"room":"c:\#(id)","since":{"offset":2,"epoch":"k3f"}}"#)
            #expect(joined["ok"]?["recovered"] == true)
            #expect(joined["ok"]?["offset"] == 5)
            #expect(joined["ok"]?["missed"]?.elements?.compactMap { $0["offset"]?.wholeNumber } == [3, 4, 5])
            #expect(joined["ok"]?["missed"]?[0]?["data"]?["text"] == "3")
            desk.write("6", in: id)
            #expect(try await customer.event("message")["offset"] == 6)
        }
    }

    @Test(
        arguments: [
            (#"{"offset":0,"epoch":"k3f"}"#, true), (#"{"offset":400,"epoch":"k3f"}"#, true),
            (#"{"offset":99,"epoch":"k3f"}"#, false), (#"{"offset":399,"epoch":"old"}"#, false),
            (#"{"offset":401,"epoch":"k3f"}"#, false),
        ])
    func `what cannot be given whole is not given`(_ since: String, _ isShort: Bool) async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        for number in 1...400 { desk.write("\(number)", in: id) }
        let few = desk.newConversation(of: ID(7)).id
        desk.write("only", in: few)
        try await withGateway(desk) { gateway in
            let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            let reply = try await customer.ask(1, "join", #"{"room":"c:\#(id)","since":\#(since)}"#)
            #expect(reply["ok"]?["recovered"] == .bool(isShort && !since.contains(":0,")))
            #expect(reply["ok"]?["offset"] == 400)
            let fromStart = try await customer.ask(
                2, "join", #"{"room":"c:\#(few)","since":{"offset":0,"epoch":"k3f"}}"#)
            #expect(fromStart["ok"]?["recovered"] == true)
            #expect(fromStart["ok"]?["missed"]?.elements?.count == 1)
        }
    }

    @Test func `nothing is lost or doubled between the past and the present`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let writer = Task { for number in 1...500 { desk.write("\(number)", in: id) } }
            for _ in 0..<10 {
                let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
                let joined = try await customer.ask(
                    1, "join", #"{"room":"c:\#(id)","since":{"offset":0,"epoch":"k3f"}}"#)
                let start = try #require(joined["ok"]?["offset"]?.wholeNumber)
                if joined["ok"]?["recovered"] == true {
                    let missed = joined["ok"]?["missed"]?.elements?.compactMap { $0["offset"]?.wholeNumber }
                    #expect(missed == Array(1..<start + 1))
                }
                for expected in start + 1..<max(start + 2, min(start + 20, 500)) where start < 490 {
                    #expect(try await customer.event("message")["offset"]?.wholeNumber == expected)
                }
                await customer.connection.close()
            }
            await writer.value
        }
    }

    @Test func `a customer sees neither notes nor other conversations nor the staff's rooms`() async throws {
        let desk = FakeDesk()
        let own = desk.newConversation(of: ID(7)).id
        let other = desk.newConversation(of: ID(8)).id
        try await withGateway(desk) { gateway in
            let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            let agent = try await WebSocketClient.open(port: gateway.port, token: "agent")
            for (id, room) in ["c:\(other)", "c:999"].enumerated() {
                let refused = try await customer.ask(id + 1, "join", #"{"room":"\#(room)"}"#)
                #expect(refused["error"]?["code"] == "not-found")
            }
            for (id, room) in ["inbox:main", "alerts", "hosts", "models", "status"].enumerated() {
                let refused = try await customer.ask(id + 10, "join", #"{"room":"\#(room)"}"#)
                #expect(refused["error"]?["code"] == "forbidden")
            }
            let peek = try await customer.ask(20, "presence", #"{"room":"c:\#(own)"}"#)
            #expect(peek["error"]?["code"] == "forbidden")
            _ = try await customer.ask(30, "join", #"{"room":"c:\#(own)"}"#)
            _ = try await agent.ask(1, "join", #"{"room":"c:\#(own)"}"#)
            let note = try await agent.ask(2, "note", #"{"room":"c:\#(own)","text":"difficult"}"#)
            #expect(note["ok"]?["author"] == "note")
            #expect(try await agent.event("message")["data"]?["author"] == "note")
            _ = try await agent.ask(3, "send", #"{"room":"c:\#(own)","text":"Hello"}"#)
            let seen = try await customer.event("message")
            #expect(seen["data"]?["text"] == "Hello")
            #expect(seen["offset"] == 2)
            let refused = try await customer.ask(31, "note", #"{"room":"c:\#(own)","text":"x"}"#)
            #expect(refused["error"]?["code"] == "forbidden")
        }
    }

    @Test func `one of two agents wins, the other learns who`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let first = try await WebSocketClient.open(port: gateway.port, token: "agent")
            let second = try await WebSocketClient.open(port: gateway.port, token: "admin")
            let won = try await first.ask(1, "claim", #"{"room":"c:\#(id)","if_owner":"assistant"}"#)
            #expect(won["ok"]?["owner"] == "u:3")
            let lost = try await second.ask(1, "claim", #"{"room":"c:\#(id)","if_owner":"assistant"}"#)
            #expect(lost["error"]?["code"] == "already-claimed")
            #expect(lost["error"]?["message"] == "agent has it")
            #expect(lost["error"]?["current"]?["owner"] == "u:3")
            let back = try await first.ask(2, "release", #"{"room":"c:\#(id)","to":"assistant"}"#)
            #expect(back["ok"]?["owner"] == "assistant")
        }
    }

    @Test func `a growing answer is sent in pieces that fit together`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            _ = try await customer.ask(1, "join", #"{"room":"c:\#(id)"}"#)
            var text = ""
            var shown = ""
            for word in ["Items ", "can be returned ", "within 90 days — ", "naïve 👩‍🚀 ", "done"] {
                text += word
                desk.bus.publish(.answerGrew(AnswerProgress(conversation: id, question: 1, text: text)))
                let piece = try await customer.event("answer")
                #expect(piece["offset"] == nil)
                #expect(piece["data"]?["from"]?.wholeNumber == Int64(shown.unicodeScalars.count))
                shown += piece["data"]?["text"]?.text ?? ""
                #expect(shown == text)
            }
            let late = try await WebSocketClient.open(port: gateway.port, token: "agent")
            try await late.send(#"{"id":1,"op":"join","data":{"room":"inbox:main"}}"#)
            #expect(try await late.event("answer")["data"]?["text"]?.text == text)
            desk.bus.publish(.answerGrew(AnswerProgress(conversation: id, question: 1, text: text, isOver: true)))
            #expect(try await customer.event("answer")["data"]?["over"] == true)
            #expect(try await late.event("answer")["data"]?["over"] == true)
        }
    }
}

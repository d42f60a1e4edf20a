import DeskAPI
import JSON
import Testing
import Vocabulary

@testable import Gateway

/// What bad, slow and unwanted clients get, and what they cannot do to the others.
@Suite struct RealtimeLimitsTests {
    @Test func `who does not prove itself is sent away`() async throws {
        var limits = GatewayLimits()
        limits.realtime.authenticationTime = .milliseconds(200)
        try await withGateway(limits: limits) { gateway in
            let silent = try await WebSocketClient.open(port: gateway.port)
            #expect(try await silent.closeCode() == 4401)
        }
        try await withGateway { gateway in
            let wrong = try await WebSocketClient.open(port: gateway.port)
            #expect(try await wrong.ask(1, "hello", #"{"token":"wrong"}"#)["error"]?["code"] == "unauthenticated")
            #expect(try await wrong.closeCode() == 4451)
            let early = try await WebSocketClient.open(port: gateway.port)
            #expect(try await early.ask(1, "join", #"{"room":"alerts"}"#)["error"]?["code"] == "unauthenticated")
        }
    }

    @Test func `a revoked key ends its connections at once`() async throws {
        let desk = FakeDesk()
        try await withGateway(desk) { gateway in
            let revoked = try await WebSocketClient.open(port: gateway.port, token: "sre")
            _ = try await revoked.object()
            let other = try await WebSocketClient.open(port: gateway.port, token: "agent")
            _ = desk.revoke(ID(4))
            #expect(try await revoked.closeCode() == 4451)
            #expect(try await other.ask(1, "ping")["ok"] == [:])
        }
    }

    @Test func `an expired token ends a connection that goes on talking, another one of the same caller keeps it`()
        async throws
    {
        let desk = FakeDesk()
        desk.grant("fresh", as: "customer7")
        var limits = GatewayLimits()
        (limits.realtime.pingTime, limits.realtime.customerRate) = (.milliseconds(300), 10_000)
        try await withGateway(desk, limits: limits) { gateway in
            let renewed = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            let foreign = try await renewed.ask(1, "hello", #"{"token":"agent"}"#)
            #expect(foreign["error"]?["code"] == "forbidden")
            let unknown = try await renewed.ask(2, "hello", #"{"token":"nobody"}"#)
            #expect(unknown["error"]?["code"] == "unauthenticated")
            #expect(try await renewed.ask(3, "hello", #"{"token":"fresh"}"#)["ok"] == [:])
            let talking = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            desk.grant("customer7", as: nil)
            // It is never silent for long enough to be asked for a sign of life.
            let talk = Task {
                for id in 1... { _ = try await talking.ask(id, "ping") }
            }
            await #expect(throws: (any Error).self) { try await talk.value }
            #expect(try await renewed.ask(4, "ping")["ok"] == [:])
            let refused = await #expect(throws: (any Error).self) {
                _ = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            }
            #expect(refused != nil)
        }
    }

    @Test func `too many requests are refused with the time to wait, far too many end the connection`() async throws {
        try await withGateway { gateway in
            let client = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            let pings = (1...400).map { id in
                WebSocketClient.bytes(first: 0x81, Array(#"{"id":\#(id),"op":"ping"}"#.utf8))
            }
            try await client.connection.send(bytes: Array(pings[..<60].joined()))
            let refused = try await client.reply(60)
            #expect(refused["error"]?["code"] == "rate-limited")
            #expect(refused["error"]?["temporary"] == true)
            #expect((refused["error"]?["retry_ms"]?.wholeNumber ?? 0) > 0)
            try await client.connection.send(bytes: Array(pings[60...].joined()))
            #expect(try await client.closeCode() == 4459)
        }
    }

    @Test func `one caller has a limited number of connections`() async throws {
        try await withGateway { gateway in
            var clients: [WebSocketClient] = []
            for _ in 0..<5 {
                clients.append(try await WebSocketClient.open(port: gateway.port, token: "customer7"))
                _ = try await clients.last?.object()
            }
            let sixth = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            #expect(try await sixth.closeCode() == 4454)
            let other = try await WebSocketClient.open(port: gateway.port, token: "customer8")
            #expect(try await other.object()["event"] == "hello")
        }
    }

    @Test func `binary and oversized frames end the connection with their codes`() async throws {
        try await withGateway { gateway in
            let binary = try await WebSocketClient.open(port: gateway.port, token: "agent")
            try await binary.send(first: 0x82, [1])
            #expect(try await binary.closeCode() == 1003)
            let large = try await WebSocketClient.open(port: gateway.port, token: "agent")
            try await large.send(first: 0x81, [UInt8](repeating: 97, count: 65_537))
            #expect(try await large.closeCode() == 1009)
            let unmasked = try await WebSocketClient.open(port: gateway.port, token: "agent")
            try await unmasked.send(first: 0x81, [97], masked: false)
            #expect(try await unmasked.closeCode() == 1002)
        }
    }

    @Test func `a silent peer is asked, and let go when it does not answer`() async throws {
        var limits = GatewayLimits()
        (limits.realtime.pingTime, limits.realtime.pongTime) = (.milliseconds(200), .milliseconds(200))
        try await withGateway(limits: limits) { gateway in
            let client = try await WebSocketClient.open(port: gateway.port, token: "agent")
            #expect(try await client.closeCode() == 4408)
        }
    }

    @Test func `a reader that takes nothing is cut off, and comes back without a loss`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        var limits = GatewayLimits()
        // However short the farewell: it begins when the client has been told.
        limits.realtime.farewellTime = .milliseconds(1)
        try await withGateway(desk, limits: limits) { gateway in
            let slow = try await WebSocketClient.open(port: gateway.port, token: "customer7", receiveBuffer: 4096)
            _ = try await slow.ask(1, "join", #"{"room":"c:\#(id)"}"#)
            try await slow.connection.stopReading()
            let quick = try await WebSocketClient.open(port: gateway.port, token: "agent")
            _ = try await quick.ask(1, "join", #"{"room":"c:\#(id)"}"#)
            let text = String(repeating: "x", count: 20_000)
            for number in 1...250 {
                desk.write(text, in: id)
                #expect(try await quick.event("message")["offset"]?.wholeNumber == Int64(number))
            }
            try await slow.connection.goOnReading()
            var last: Int64 = 0
            var code: Int?
            while last < 250 {
                let frame: WebSocketClient.Frame
                do { frame = try await slow.frame() } catch { break }
                code = frame.opcode == 8 ? frame.closeCode : nil
                guard frame.opcode == 1 else { break }
                let object = try JSONParser.parse(frame.payload)
                if object["event"] == "message", let offset = object["offset"]?.wholeNumber {
                    #expect(offset == last + 1, "nothing is skipped")
                    last = offset
                }
            }
            #expect(last < 250 && code == 4408)
            let again = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            let joined = try await again.ask(
                1, "join", #"{"room":"c:\#(id)","since":{"offset":\#(max(last, 210)),"epoch":"k3f"}}"#)
            #expect(joined["ok"]?["recovered"] == true)
            #expect(joined["ok"]?["missed"]?.elements?.count == Int(250 - max(last, 210)))
        }
    }

    @Test func `a gateway that stops lets work finish and tells everybody to come back`() async throws {
        let (reached, reach) = AsyncStream.makeStream(of: Void.self)
        let (go, letGo) = AsyncStream.makeStream(of: Void.self)
        let desk = FakeDesk(commit: {
            reach.yield()
            for await _ in go { break }
        })
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let agent = try await WebSocketClient.open(port: gateway.port, token: "agent")
            _ = try await agent.object()
            let stranger = try await WebSocketClient.open(port: gateway.port)
            let idle = try await RawConnection.open(port: gateway.port)
            #expect(try await idle.ask("GET", "/readyz").status == 200)
            let busy = try await RawConnection.open(port: gateway.port)
            let body = #"{"text":"under way"}"#
            try await busy.send(
                "POST /v1/conversations/\(id)/messages HTTP/1.1\r\nHost: d\r\nAuthorization: Bearer customer7\r\n"
                    + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            for await _ in reached { break }
            async let stopped: Void = gateway.stop()
            #expect(try await agent.closeCode() == 4410)
            #expect(try await stranger.closeCode() == 1001)
            #expect(try await idle.takeEnd().isEmpty)
            let late = try await RawConnection.open(port: gateway.port)
            #expect(try await late.ask("GET", "/readyz").code == "unavailable")
            letGo.yield()
            let answer = try await busy.answer()
            #expect(answer.status == 201)
            #expect(answer["Connection"] == "close")
            await stopped
        }
    }

    @Test func `a port in use is named, with what to do`() async throws {
        try await withGateway { gateway in
            let failure = await #expect(throws: GatewayFailure.self) {
                _ = try await Gateway.start(
                    desk: FakeDesk(), listen: ListenAddress(host: "127.0.0.1", port: UInt16(clamping: gateway.port)),
                    version: "", now: wallClock)
            }
            #expect(failure?.description.hasPrefix("127.0.0.1:\(gateway.port) is in use by another program") == true)
        }
    }
}

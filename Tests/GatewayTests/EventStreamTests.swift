import DeskAPI
import JSON
import Testing
import Vocabulary

@testable import Gateway

/// What happens in rooms, for clients that cannot use WebSocket, over a real socket.
@Suite struct EventStreamTests {
    /// One client's stream.
    private struct Stream {
        let connection: RawConnection
        let head: String

        struct Event: Sendable {
            var id: String?
            var object: JSONValue
        }

        static func open(
            _ gateway: Gateway, rooms: String, token: String? = "agent", last: String? = nil, receiveBuffer: Int? = nil
        ) async throws -> Stream {
            let connection = try await RawConnection.open(port: gateway.port, receiveBuffer: receiveBuffer)
            let proof = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
            let place = last.map { "Last-Event-ID: \($0)\r\n" } ?? ""
            try await connection.send("GET /v1/events?rooms=\(rooms) HTTP/1.1\r\nHost: d\r\n\(proof)\(place)\r\n")
            let head: String = try await connection.take { bytes in
                guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) }) else {
                    return nil
                }
                defer { bytes.removeFirst(end + 4) }
                return String(decoding: bytes[..<end], as: UTF8.self)
            }
            return Stream(connection: connection, head: head)
        }

        /// The next chunk's lines.
        func chunk() async throws -> [String] {
            try await connection.take { bytes in
                guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: [13, 10]) }),
                    let count = Int(String(decoding: bytes[..<end], as: UTF8.self), radix: 16),
                    bytes.count >= end + 2 + count + 2
                else { return nil }
                defer { bytes.removeFirst(end + 2 + count + 2) }
                let text = String(decoding: bytes[(end + 2)..<(end + 2 + count)], as: UTF8.self)
                return text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
            }
        }

        /// The next event of a kind.
        func event(_ name: String) async throws -> Event {
            while true {
                let lines = try await chunk()
                guard let data = lines.first(where: { $0.hasPrefix("data: ") }) else { continue }
                let object = try JSONParser.parse(Array(data.dropFirst(6).utf8))
                guard object["event"]?.text == name else { continue }
                let id = lines.first { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
                return Event(id: id, object: object)
            }
        }
    }

    @Test func `what happens is told, and who comes back with the last id misses nothing in any room`() async throws {
        let desk = FakeDesk()
        let (first, second) = (desk.newConversation(of: ID(7)).id, desk.newConversation(of: ID(8)).id)
        try await withGateway(desk) { gateway in
            let rooms = "c:\(first),c:\(second),inbox:main"
            let stream = try await Stream.open(gateway, rooms: rooms)
            #expect(stream.head.hasPrefix("HTTP/1.1 200") && stream.head.contains("text/event-stream"))
            for room in rooms.split(separator: ",") {
                #expect(try await stream.event("join").object["room"]?.text == String(room))
            }
            desk.write("one", in: first)
            desk.write("two", in: second)
            var heard: [String] = []
            var last: String? = nil
            while heard.count < 4 {
                let event = try await stream.event("message")
                heard.append("\(event.object["room"]?.text ?? "") \(event.object["data"]?["text"]?.text ?? "")")
                last = event.id
            }
            let wanted = ["c:\(first) one", "c:\(second) two", "inbox:main one", "inbox:main two"]
            #expect(Set(heard) == Set(wanted))
            await stream.connection.close()
            desk.write("three", in: first)
            desk.write("four", in: second)

            let again = try await Stream.open(gateway, rooms: rooms, last: last)
            var missed: [String] = []
            for _ in 0..<3 {
                let join = try await again.event("join").object
                #expect(join["data"]?["recovered"] == true)
                let count = join["room"]?.text == "inbox:main" ? 2 : 1
                for _ in 0..<count {
                    missed.append(try await again.event("message").object["data"]?["text"]?.text ?? "")
                }
            }
            #expect(missed == ["three", "four", "three", "four"])
            desk.write("five", in: first)
            let next = try await again.event("message")
            #expect(next.object["offset"]?.wholeNumber == 3)
            #expect(next.id?.contains("c:\(first)/k3f/3,c:\(second)/k3f/2") == true)
        }
    }

    @Test func `a customer hears neither notes nor what staff alone sees`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let stream = try await Stream.open(gateway, rooms: "c:\(id)", token: "customer7")
            _ = try await stream.event("join")
            desk.write("between us", in: id, author: .note)
            desk.write("hello", in: id)
            let heard = try await stream.event("message")
            #expect(heard.object["data"]?["text"] == "hello" && heard.object["offset"]?.wholeNumber == 2)
        }
    }

    @Test func `what may not be told is refused before the first event`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        func status(_ target: String, token: String? = "agent") async throws -> Int {
            try await Fidelity.socket.ask(desk, "GET", target, token: token, body: nil).status
        }
        #expect(try await status("/v1/events?rooms=c:\(id)", token: nil) == 401)
        #expect(try await status("/v1/events?rooms=c:\(id)", token: "customer8") == 404)
        #expect(try await status("/v1/events?rooms=inbox:main", token: "customer7") == 403)
        #expect(try await status("/v1/events") == 422)
        #expect(try await status("/v1/events?rooms=kitchen") == 422)
        #expect(try await status("/v1/events?rooms=c:\(id)&since=yesterday") == 422)
        #expect(try await status("/v1/events?rooms=c:\(id)&room=c:1") == 422)
        #expect(try await status("/v1/events?rooms=c:1,c:2,c:3,c:4,c:5,c:6,c:7,c:8,c:9") == 422)
    }

    @Test func `who reads slowly is told so, and comes back without a loss`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        var limits = GatewayLimits()
        // The machine may be busy: what is looked at is the queue, not the clock.
        limits.http.stallTime = .seconds(60)
        try await withGateway(desk, limits: limits) { gateway in
            let slow = try await Stream.open(gateway, rooms: "c:\(id)", token: "customer7", receiveBuffer: 4096)
            _ = try await slow.event("join")
            try await slow.connection.stopReading()
            let quick = try await WebSocketClient.open(port: gateway.port, token: "agent")
            _ = try await quick.ask(1, "join", #"{"room":"c:\#(id)"}"#)
            let text = String(repeating: "x", count: 20_000)
            for number in 1...250 {
                desk.write(text, in: id)
                #expect(try await quick.event("message")["offset"]?.wholeNumber == Int64(number))
            }
            try await slow.connection.goOnReading()
            var last = Stream.Event(object: .null)
            var next: Int64 = 1
            while true {
                let lines = try await slow.chunk()
                guard let data = lines.first(where: { $0.hasPrefix("data: ") }) else { continue }
                let object = try JSONParser.parse(Array(data.dropFirst(6).utf8))
                if object["event"] == "close" {
                    #expect(object["data"]?["code"]?.wholeNumber == 4408)
                    break
                }
                guard object["event"] == "message" else { continue }
                #expect(object["offset"]?.wholeNumber == next, "nothing is skipped")
                next += 1
                last = .init(id: lines.first { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }, object: object)
            }
            #expect(next < 250)
            if 250 - next < 45 {
                let again = try await Stream.open(gateway, rooms: "c:\(id)", token: "customer7", last: last.id)
                #expect(try await again.event("join").object["data"]?["recovered"] == true)
                #expect(try await again.event("message").object["offset"]?.wholeNumber == next)
            }
        }
    }

    @Test func `a gateway that stops says when to come back, and who leaves is in no room any more`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let agent = try await WebSocketClient.open(port: gateway.port, token: "agent")
            _ = try await agent.ask(1, "join", #"{"room":"c:\#(id)"}"#)
            let stream = try await Stream.open(gateway, rooms: "c:\(id)", token: "customer7")
            _ = try await stream.event("join")
            while try await agent.event("presence")["data"]?["count"]?.wholeNumber != 2 {}
            await stream.connection.close()
            while try await agent.event("presence")["data"]?["count"]?.wholeNumber != 1 {}
            let other = try await Stream.open(gateway, rooms: "c:\(id)", token: "customer7")
            _ = try await other.event("join")
            async let stopped: Void = gateway.stop()
            #expect(try await other.event("close").object["data"]?["code"]?.wholeNumber == 4410)
            await stopped
        }
    }
}

import DeskAPI
import NIOConcurrencyHelpers
import Testing
import Vocabulary

@testable import Gateway

/// What happens to bytes that are not the request a good client would send.
@Suite struct HTTPConnectionTests {
    @Test func `one connection serves many requests`() async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            for _ in 0..<20 {
                let answer = try await connection.ask("GET", "/v1/hosts", token: "agent")
                #expect(answer.status == 200)
                #expect(answer["Connection"] == nil)
            }
        }
    }

    @Test func `pipelined requests are answered in their order`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            var requests = ""
            for number in 0..<100 {
                let body = #"{"text":"\#(number)"}"#
                requests +=
                    "POST /v1/conversations/\(id)/messages HTTP/1.1\r\nHost: d\r\nAuthorization: Bearer customer7\r\n"
                requests += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                requests += "GET /healthz HTTP/1.1\r\nHost: d\r\n\r\n"
            }
            try await connection.send(requests)
            for number in 0..<100 {
                #expect(try await connection.answer().json?["text"]?.text == "\(number)")
                #expect(try await connection.answer().json?["status"] == "alive")
            }
        }
    }

    @Test func `thousands of pipelined requests do not pile up on the stack`() async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            let request = "GET /v1/hosts HTTP/1.1\r\nHost: d\r\nAuthorization: Bearer agent\r\n\r\n"
            let quick = String(repeating: "GET /healthz HTTP/1.1\r\nHost: d\r\n\r\n", count: 1500)
            try await connection.send(request + quick)
            for _ in 0...1500 { #expect(try await connection.answer().status == 200) }
        }
    }

    @Test func `a request in single bytes is a request`() async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            for byte in "POST /v1/customers HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\n".utf8 {
                try await connection.send(bytes: [byte])
            }
            for byte in "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n".utf8 {
                try await connection.send(bytes: [byte])
            }
            #expect(try await connection.answer().status == 201)
        }
    }

    @Test(
        arguments: [
            ("two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n"),
            ("the same length twice", "Content-Length: 2\r\nContent-Length: 2\r\n"),
            ("a length and chunks", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"),
            ("chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n"),
            ("chunks that are not last", "Transfer-Encoding: chunked, identity\r\n"),
            ("chunks twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked, x\r\n"),
            ("an unknown coding", "Transfer-Encoding: xchunked\r\n"),
            ("a folded line", "X-A: a\r\n b\r\nContent-Length: 2\r\n"),
            ("a space before the colon", "Content-Length : 2\r\n"),
            ("a negative length", "Content-Length: -2\r\n"), ("a length with a sign", "Content-Length: +2\r\n"),
            ("a length in words", "Content-Length: two\r\n"),
            ("an endless length", "Content-Length: 99999999999999999999\r\n"),
            ("a bare line feed", "X-A: a\nContent-Length: 2\r\n"), ("a NUL", "X-A: a\u{0}b\r\n"),
            ("a name with a blank", "X A: b\r\n"), ("a line without colon", "nonsense\r\n"),
            ("a second host", "Host: other\r\n"), ("an empty name", ": b\r\n"),
        ])
    func `a request that two readers could read differently is refused`(_ what: String, _ headers: String) async throws
    {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            try await connection.send(
                "POST /v1/customers HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\n\(headers)\r\n{}"
                    + "GET /smuggled HTTP/1.1\r\nHost: d\r\n\r\n")
            let answer = try await connection.answer()
            #expect((400...499).contains(answer.status), "\(what): \(answer.status)")
            #expect(answer["Content-Type"] == "application/problem+json")
            #expect(answer["Connection"] == "close", "\(what)")
            #expect(try await connection.takeEnd().isEmpty, "\(what): something behind it was answered")
        }
    }

    @Test(
        arguments: [
            "GET / HTTP/1.1\r\n\r\n", "GET /healthz\r\n\r\n", "GET /healthz HTTP/2.0\r\nHost: d\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
            "GET /h\u{1}ealthz HTTP/1.1\r\nHost: d\r\n\r\n", "hello\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "GET /caf\u{e9} HTTP/1.1\r\nHost: d\r\n\r\n",
        ])
    func `what is not HTTP gets a problem or the door`(_ bytes: String) async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            try await connection.send(bytes)
            try await connection.endSending()
            var rest = try await connection.takeEnd()
            while let answer = RawAnswer.take(&rest) { #expect(answer.status == 400, "\(answer.text)") }
            #expect(rest.isEmpty)
        }
    }

    @Test func `a body beyond the limit is refused before it is read, or while it is`() async throws {
        try await withGateway { gateway in
            let stated = try await RawConnection.open(port: gateway.port)
            try await stated.send("POST /v1/customers HTTP/1.1\r\nHost: d\r\nContent-Length: 262145\r\n\r\n")
            #expect(try await stated.answer().code == "too-large")
            let chunked = try await RawConnection.open(port: gateway.port)
            try await chunked.send("POST /v1/customers HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = "8000\r\n\(String(repeating: "x", count: 0x8000))\r\n"
            for _ in 0..<9 { try await chunked.send(chunk) }
            #expect(try await chunked.answer().status == 413)
            #expect(try await chunked.takeEnd().isEmpty)
        }
    }

    @Test func `a large body is taken only from who may ask for what it is for, and refused before it is there`()
        async throws
    {
        try await withGateway { gateway in
            for (token, code) in [("", "unauthenticated"), ("Authorization: Bearer nobody\r\n", "unauthenticated")] {
                for target in ["PUT /v1/articles", "POST /v1/chat/completions", "POST /api/v2/alerts"] {
                    let stated = try await RawConnection.open(port: gateway.port)
                    try await stated.send("\(target) HTTP/1.1\r\nHost: d\r\n\(token)Content-Length: 262145\r\n\r\n")
                    #expect(try await stated.answer().code == code, "\(target)")
                }
            }
            let chunked = try await RawConnection.open(port: gateway.port)
            try await chunked.send("PUT /v1/articles HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = "8000\r\n\(String(repeating: "x", count: 0x8000))\r\n"
            for _ in 0..<9 { try await chunked.send(chunk) }
            #expect(try await chunked.answer().status == 401)
            #expect(try await chunked.takeEnd().isEmpty)
        }
    }

    @Test func `a large body has the time that it needs, as long as it comes`() {
        let start = Monotonic(nanoseconds: 0)
        var clock = ConnectionClock(at: start)
        clock.enter(.body, at: start)
        let limits = HTTPLimits()
        let late = start + limits.bodyTime + .seconds(8)
        #expect(clock.verdict(at: late, limits: limits) != .fine)
        clock.took(10 * ConnectionClock.leastRate)
        #expect(clock.verdict(at: late, limits: limits) == .fine)
        #expect(clock.verdict(at: late + .seconds(5), limits: limits) != .fine)
        clock.enter(.body, at: late)
        #expect(clock.verdict(at: late + limits.bodyTime + .seconds(1), limits: limits) != .fine, "of the next request")
    }

    @Test func `an article may be larger than a message`() async throws {
        try await withGateway { gateway in
            let text = String(repeating: "ü", count: 190_000)
            let connection = try await RawConnection.open(port: gateway.port)
            let answer = try await connection.ask(
                "PUT", "/v1/articles", token: "admin", body: #"{"path":"a.md","markdown":"\#(text)"}"#)
            #expect(answer.json?["passages"] == 380_000)
        }
    }

    @Test func `headers beyond the limits are refused`() async throws {
        try await withGateway { gateway in
            let long = try await RawConnection.open(port: gateway.port)
            try await long.send(
                "GET /healthz HTTP/1.1\r\nHost: d\r\nX-A: \(String(repeating: "a", count: 20_000))\r\n\r\n")
            #expect(try await long.answer().code == "headers-too-large")
            let many = try await RawConnection.open(port: gateway.port)
            let fields = (0..<70).map { "X-\($0): a\r\n" }.joined()
            try await many.send("GET /healthz HTTP/1.1\r\nHost: d\r\n\(fields)\r\n")
            #expect(try await many.answer().status == 431)
            let address = try await RawConnection.open(port: gateway.port)
            try await address.send("GET /\(String(repeating: "a", count: 20_000)) HTTP/1.1\r\nHost: d\r\n\r\n")
            #expect(try await address.answer().status == 431)
        }
    }

    @Test func `headers that are never whole end in a timeout, silence without a word`() async throws {
        var limits = GatewayLimits()
        limits.http.headerTime = .seconds(3)
        try await withGateway(limits: limits) { gateway in
            let silent = try await RawConnection.open(port: gateway.port)
            let headers = try await RawConnection.open(port: gateway.port)
            try await headers.send("GET /healthz HTTP/1.1\r\nHost: d\r\nX-A: ")
            #expect(try await headers.answer().code == "request-timeout")
            #expect(try await headers.takeEnd().isEmpty)
            #expect(try await silent.takeEnd().isEmpty)
        }
    }

    @Test func `a body that is never whole ends in a timeout, a connection without requests without a word`()
        async throws
    {
        var limits = GatewayLimits()
        (limits.http.bodyTime, limits.http.idleTime) = (.milliseconds(300), .milliseconds(300))
        try await withGateway(limits: limits) { gateway in
            let body = try await RawConnection.open(port: gateway.port)
            try await body.send("POST /v1/customers HTTP/1.1\r\nHost: d\r\nContent-Length: 5\r\n\r\n{")
            #expect(try await body.answer().status == 408)
            let idle = try await RawConnection.open(port: gateway.port)
            #expect(try await idle.ask("GET", "/healthz").status == 200)
            #expect(try await idle.takeEnd().isEmpty)
        }
    }

    @Test func `a client that has said everything and closed its side still gets its answer`() async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            try await connection.send(
                "GET /openapi.json HTTP/1.1\r\nHost: d\r\n\r\nGET /v1/hosts HTTP/1.1\r\nHost: d\r\n"
                    + "Authorization: Bearer agent\r\n\r\n")
            try await connection.endSending()
            var bytes = try await connection.takeEnd()
            #expect(RawAnswer.take(&bytes)?.json?["openapi"] == "3.1.0")
            #expect(RawAnswer.take(&bytes)?.status == 200)
            #expect(bytes.isEmpty)
        }
    }

    @Test func `a client that waits for the word gets it`() async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            try await connection.send(
                "POST /v1/customers HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                    + "Expect: 100-continue\r\n\r\n")
            #expect(try await connection.answer().status == 100)
            try await connection.send("{}")
            #expect(try await connection.answer().status == 201)
        }
    }

    @Test func `HTTP 1 0 and Connection close end the connection`() async throws {
        try await withGateway { gateway in
            for request in [
                "GET /healthz HTTP/1.0\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n",
            ] {
                let connection = try await RawConnection.open(port: gateway.port)
                try await connection.send(request)
                let answer = try await connection.answer()
                #expect(answer.status == 200)
                #expect(answer["Connection"] == "close")
                #expect(try await connection.takeEnd().isEmpty)
            }
        }
    }

    @Test(arguments: ["h2c", "websocket", "nonsense"])
    func `an upgrade that is not made is answered, and the connection ends`(_ name: String) async throws {
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            try await connection.send(
                "POST /v1/customers HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: \(name)\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
            let answer = try await connection.answer()
            #expect(answer.status == 201)
            #expect(answer["Connection"] == "close")
            #expect(try await connection.takeEnd().isEmpty)
        }
    }

    @Test func `connections beyond the limit wait until one closes`() async throws {
        var limits = GatewayLimits()
        limits.connections = 2
        let notices = NIOLockedValueBox<[GatewayNotice]>([])
        try await withGateway(limits: limits, notice: { notice in notices.withLockedValue { $0.append(notice) } }) {
            gateway in
            let first = try await RawConnection.open(port: gateway.port)
            let second = try await RawConnection.open(port: gateway.port)
            #expect(try await first.ask("GET", "/healthz").status == 200)
            #expect(try await second.ask("GET", "/healthz").status == 200)
            let third = try await RawConnection.open(port: gateway.port)
            try await third.send("GET /healthz HTTP/1.1\r\nHost: d\r\n\r\n")
            #expect(try await first.ask("GET", "/healthz").status == 200)
            await second.close()
            #expect(try await third.answer().status == 200)
            #expect(notices.withLockedValue { $0 }.contains(.connectionsFull(limit: 2)))
        }
    }

    @Test func `traffic is counted`() async throws {
        let desk = FakeDesk()
        try await withGateway(desk) { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            for _ in 0..<5 { _ = try await connection.ask("GET", "/healthz") }
            let traffic = try #require(desk.traffic)
            #expect(traffic.requests == 5)
            #expect(traffic.failures == 0)
            #expect(traffic.connections == 1)
            #expect(traffic.p95.map { $0 > .zero && $0 < .seconds(5) } == true)
        }
    }
}

import DeskAPI
import JSON
import Testing
import Vocabulary

/// What every operation promises over HTTP, asked of the router alone and over a real socket.
@Suite struct OperationTests {
    @Test(arguments: Fidelity.allCases)
    func `a customer starts a conversation, writes, and reads what was written`(_ way: Fidelity) async throws {
        let desk = FakeDesk()
        let made = try await way.ask(desk, "POST", "/v1/conversations", token: "customer7", body: "{}")
        #expect(made.status == 201)
        let id = try #require(made.json?["id"]?.wholeNumber)
        let posted = try await way.ask(
            desk, "POST", "/v1/conversations/\(id)/messages", token: "customer7",
            body: #"{"cid":"01JD8X5T6E9QK3ZC7M2V4B0N1P","text":"Can I return an item?"}"#)
        #expect(posted.status == 201)
        #expect(posted.json?["offset"] == 1)
        let again = try await way.ask(
            desk, "POST", "/v1/conversations/\(id)/messages", token: "customer7",
            body: #"{"cid":"01JD8X5T6E9QK3ZC7M2V4B0N1P","text":"Can I return an item?"}"#)
        #expect(again.json?["duplicate"] == true)
        let read = try await way.ask(
            desk, "GET", "/v1/conversations/\(id)/messages?after=0&limit=10", token: "customer7")
        #expect(read.json?["items"]?[0]?["text"] == "Can I return an item?")
        #expect(read.json?["items"]?.elements?.count == 1)
    }

    @Test(arguments: Fidelity.allCases)
    func `without a token, with a wrong one and without the right it is refused`(_ way: Fidelity) async throws {
        let desk = FakeDesk()
        let nobody = try await way.ask(desk, "GET", "/v1/hosts")
        #expect(nobody.status == 401)
        #expect(nobody["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
        #expect(nobody["Content-Type"] == "application/problem+json")
        #expect(try await way.ask(desk, "GET", "/v1/hosts", token: "unknown").code == "unauthenticated")
        #expect(try await way.ask(desk, "GET", "/v1/keys", token: "agent").code == "forbidden")
        let basic = try await way.ask(desk, "GET", "/v1/hosts", headers: ["Authorization: Basic YTpi"])
        #expect(basic.status == 401)
        let lower = try await way.ask(desk, "GET", "/v1/hosts", headers: ["authorization: bearer agent"])
        #expect(lower.status == 200)
        let twice = try await way.ask(
            desk, "GET", "/v1/hosts", token: "agent", headers: ["Authorization: Bearer admin"])
        #expect(twice.status == 400)
    }

    @Test(arguments: Fidelity.allCases)
    func `whoever may see hosts reads the metrics as Prometheus does`(_ way: Fidelity) async throws {
        let desk = FakeDesk()
        let read = try await way.ask(desk, "GET", "/metrics", token: "sre")
        #expect(read.status == 200)
        #expect(read["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(read.text.hasSuffix("watchdesk_load_1{host=\"a\"} 0.5\n"))
        #expect(try await way.ask(desk, "GET", "/metrics").status == 401)
        #expect(try await way.ask(desk, "GET", "/metrics", token: "host").code == "forbidden")
        #expect(try await way.ask(desk, "GET", "/metrics", token: "customer7").code == "forbidden")
        #expect(try await way.ask(desk, "POST", "/metrics", token: "sre", body: "{}").status == 405)
    }

    @Test(arguments: Fidelity.allCases)
    func `who may not do it does not learn what else is wrong`(_ way: Fidelity) async throws {
        let answer = try await way.ask(FakeDesk(), "POST", "/v1/alerts/12/acknowledge", token: "agent", body: "{broken")
        #expect(answer.code == "forbidden")
    }

    @Test(arguments: Fidelity.allCases)
    func `another customer's conversation does not exist`(_ way: Fidelity) async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        #expect(try await way.ask(desk, "GET", "/v1/conversations/\(id)", token: "customer8").status == 404)
        #expect(try await way.ask(desk, "GET", "/v1/conversations/\(id)", token: "customer7").status == 200)
    }

    @Test(arguments: Fidelity.allCases)
    func `methods an address lacks are refused with those it has`(_ way: Fidelity) async throws {
        let desk = FakeDesk()
        let wrong = try await way.ask(desk, "DELETE", "/v1/conversations", token: "admin")
        #expect(wrong.status == 405)
        #expect(wrong["Allow"] == "GET, HEAD, OPTIONS, POST")
        let options = try await way.ask(desk, "OPTIONS", "/v1/conversations/42/messages")
        #expect(options.status == 204)
        #expect(options["Allow"] == "GET, HEAD, OPTIONS, POST")
        #expect(options["Content-Length"] == nil)
        #expect(try await way.ask(desk, "TRACE", "/healthz").status == 405)
        #expect(try await way.ask(desk, "BREW", "/v1/hosts").status == (way == .socket ? 400 : 405))
    }

    @Test(arguments: Fidelity.allCases)
    func `HEAD gives the head of GET`(_ way: Fidelity) async throws {
        let desk = FakeDesk()
        let got = try await way.ask(desk, "GET", "/v1/hosts", token: "agent")
        let head = try await way.ask(desk, "HEAD", "/v1/hosts", token: "agent")
        #expect(head.status == 200)
        #expect(head["Content-Length"] == got["Content-Length"])
    }

    @Test(
        arguments: [
            ("GET", "/", 404), ("GET", "/v1", 404), ("GET", "/v1/hosts/", 404), ("GET", "//v1/hosts", 404),
            ("GET", "/v1/conversations//messages", 404), ("GET", "/v1/conversations/x", 422),
            ("GET", "/v1/conversations/0", 422), ("GET", "/v1/conversations/99999999999999999999", 422),
            ("GET", "/v1/conversations/%31", 404), ("GET", "/v1/conversations/%3", 400),
            ("GET", "/v1/conversations/%FF", 400), ("GET", "/v1/conversations/1%00", 422),
            ("GET", "/v1/conversations?limit=0", 422), ("GET", "/v1/conversations?limit=5&limit=6", 422),
            ("GET", "/v1/conversations?limits=5", 422), ("GET", "/v1/conversations?status=waiting", 200),
            ("GET", "/v1/conversations?status=%77aiting", 200), ("GET", "/v1/conversations?owner=%C3%28", 400),
            ("GET", "/v1/conversations?", 200), ("GET", "/v1/conversations?&&", 200),
            ("GET", "/v1/conversations?owner=a+b", 200), ("GET", "/v1/conversations/1?id=2", 422),
            ("GET", "http://desk.example/v1/hosts", 200), ("GET", "/../etc/passwd", 404),
            ("GET", "/v1/hosts?\(String(repeating: "a=1&", count: 70))", 422),
        ])
    func `addresses are read strictly`(_ method: String, _ target: String, _ status: Int) async throws {
        let answer = try await Fidelity.inProcess.ask(FakeDesk(), method, target, token: "admin")
        #expect(answer.status == status, "\(target): \(answer.text)")
    }

    @Test(
        arguments: [
            (#"{"text":"hello"}"#, 201, nil), (#"{"text":"hello","txet":1}"#, 422, "txet"),
            (#"{"text":""}"#, 422, "text"), ("{", 400, nil), ("[]", 422, nil), (#"{"text":1}"#, 422, "text"),
            (#"{"text":"hello","id":7}"#, 422, "id"), (#"{"text":"a","text":"b"}"#, 400, nil),
            (#"{"text":"\ud800"}"#, 400, nil), ("{\"text\":\"\u{0}\"}", 400, nil), ("", 422, "text"),
            (String(repeating: "[", count: 100_000), 400, nil), (#"{"text":"hello","cid":"x"}"#, 422, "cid"),
        ] as [(String, Int, String?)])
    func `bodies are read strictly, and the wrong field is named`(
        _ body: String, _ status: Int, _ field: String?
    ) async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        let answer = try await Fidelity.inProcess.ask(
            desk, "POST", "/v1/conversations/\(id)/messages", token: "customer7", body: body)
        #expect(answer.status == status, "\(answer.text)")
        if let field { #expect(answer.json?["errors"]?[0]?["field"]?.text == field) }
    }

    @Test func `a body that is not JSON is refused by its type`() async throws {
        let answer = try await Fidelity.inProcess.ask(
            FakeDesk(), "POST", "/v1/customers", body: "{}", headers: ["Content-Type: text/plain"])
        #expect(answer.status == 400)
        try await withGateway { gateway in
            let connection = try await RawConnection.open(port: gateway.port)
            try await connection.send(
                "POST /v1/customers HTTP/1.1\r\nHost: d\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")
            #expect(try await connection.answer().code == "unsupported-media-type")
            try await connection.send(
                "POST /v1/customers HTTP/1.1\r\nHost: d\r\nContent-Type: Application/JSON; charset=utf-8\r\n"
                    + "Content-Length: 2\r\n\r\n{}")
            #expect(try await connection.answer().status == 201)
        }
    }

    @Test(arguments: Fidelity.allCases)
    func `the gateway says that it lives, that it is ready, and what it can`(_ way: Fidelity) async throws {
        let desk = FakeDesk()
        #expect(try await way.ask(desk, "GET", "/healthz").json?["status"] == "alive")
        #expect(try await way.ask(desk, "GET", "/readyz").json?["status"] == "ready")
        let document = try await way.ask(desk, "GET", "/openapi.json")
        #expect(document.json?["info"]?["version"] == "0.1.0-test")
        #expect(document.json?["paths"]?["/v1/conversations/{id}/messages"] != nil)
    }

    @Test(arguments: Fidelity.allCases)
    func `every answer carries the security headers and no product name`(_ way: Fidelity) async throws {
        for target in ["/healthz", "/nothing"] {
            let answer = try await way.ask(FakeDesk(), "GET", target)
            #expect(answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'")
            #expect(answer["X-Content-Type-Options"] == "nosniff")
            #expect(answer["X-Frame-Options"] == "deny")
            #expect(answer["Cache-Control"] == "no-store, max-age=0")
            #expect(answer["Date"]?.hasSuffix(" GMT") == true)
            #expect(answer["Server"] == nil)
        }
    }

    @Test func `the date is written as HTTP wants it`() async throws {
        let answer = try await Fidelity.inProcess.ask(FakeDesk(), "GET", "/healthz")
        #expect(answer["Date"] == "Sun, 22 Nov 2026 18:20:01 GMT")
    }
}

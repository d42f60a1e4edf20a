import JSON
import Testing

/// Bad input over the wire to the real program: a clear problem, nothing changed, and the gateway goes on.
@Suite(.serialized, .onOwnThread)
struct BadRequestTests {
    @Test func `whoever may not is told so`() throws {
        let desk = try ServedDesk(try TemporaryFolder())
        let customer = try desk.customer()
        let wrong = try desk.ask("GET", "/v1/alerts", token: "wd_live_1_wrong")
        #expect(wrong.status == 401)
        #expect(wrong.head.contains("application/problem+json"))
        #expect(try desk.ask("GET", "/v1/alerts").status == 401)
        let refused = try desk.ask("GET", "/v1/alerts", token: customer.token)
        #expect(refused.status == 403)
        #expect(refused.json["code"] == "forbidden")
        let agent = try desk.ask("POST", "/v1/keys", token: desk.token, ["name": "front-desk", "role": "agent"])
        let key = try #require(agent.json["token"]?.text)
        #expect(try desk.ask("GET", "/v1/conversations", token: key).status == 200)
        #expect(try desk.ask("POST", "/v1/keys", token: key, ["name": "more", "role": "admin"]).status == 403)
        let revoked = try desk.ask(
            "DELETE", "/v1/keys/\(agent.json["id"]?.wholeNumber ?? 0)", token: desk.token)
        #expect(revoked.status == 200)
        #expect(try desk.ask("GET", "/v1/conversations", token: key).status == 401)
        // A customer sees what is its own and does not learn what else there is.
        let other = try desk.customer("Quinn")
        #expect(try desk.ask("GET", "/v1/conversations/\(other.conversation)", token: customer.token).status == 404)
        #expect(try desk.stop() == .exit(0))
    }

    @Test func `what cannot be a message is refused, and the conversation stays as it was`() throws {
        let desk = try ServedDesk(try TemporaryFolder())
        let customer = try desk.customer()
        let path = "/v1/conversations/\(customer.conversation)/messages"
        func post(_ body: [UInt8]) throws -> HTTPConnection.Answer {
            try HTTPConnection(port: desk.port).ask("POST", path, token: customer.token, body: body)
        }
        let million = String(repeating: "a", count: 1_000_000)
        #expect(try post(Array(#"{"text":"\#(million)"}"#.utf8)).status == 413)
        let long = String(repeating: "a", count: 40_000)
        let tooLong = try post(Array(#"{"text":"\#(long)"}"#.utf8))
        #expect(tooLong.status == 400 || tooLong.status == 422)
        #expect(tooLong.text.contains("text") && tooLong.text.contains("32768"))
        let deep = String(repeating: "[", count: 100_000)
        #expect(try post(Array(#"{"text":\#(deep)"#.utf8)).status == 400)
        #expect(try post(Array(#"{"text":"a"#.utf8)).status == 400)
        #expect(try post(Array(#"{"text":""#.utf8) + [0xC3, 0x28, 0xFF] + Array(#""}"#.utf8)).status == 400)
        let unknown = try post(Array(#"{"txt":"a"}"#.utf8))
        #expect(unknown.status == 400 || unknown.status == 422)
        #expect(unknown.text.contains("txt"))
        #expect(try desk.transcript(customer.conversation).isEmpty)
        #expect(try post(Array(#"{"text":"and now a good one"}"#.utf8)).status == 201)
        #expect(try desk.stop() == .exit(0))
    }
}

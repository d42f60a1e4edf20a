import Foundation
import JSON
import Testing
import Transfer
import Vocabulary

@testable import Assistant

@Suite final class FineTuningClientTests {
    /// Open as long as a test runs.
    private var servers: [LoopbackServer] = []

    @Test func `a file is sent as a form with the key, byte for byte`() async throws {
        let data = "{\"messages\":[{\"role\":\"user\",\"content\":\"é \\r\\n--x\"}]}\n"
        let (server, client) = try provider { _ in (200, #"{"id":"file-1","object":"file"}"#) }
        #expect(try await client.upload(Array(data.utf8), name: "a.jsonl", boundary: "b0undary") == "file-1")
        let request = try await sent(to: server)
        #expect(request.hasPrefix("POST /v1/files HTTP/1.1\r\n"))
        #expect(request.contains("Authorization: Bearer sk-secret\r\n"))
        #expect(request.contains("Content-Type: multipart/form-data; boundary=b0undary\r\n"))
        let body = request.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n")
        #expect(
            body
                == "--b0undary\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nfine-tune\r\n--b0undary\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\n"
                + "Content-Type: application/jsonl\r\n\r\n\(data)\r\n--b0undary--\r\n")
    }

    @Test func `an order holds what was asked for and nothing else`() async throws {
        let (server, client) = try provider { _ in (200, #"{"id":"ftjob-1","status":"validating_files"}"#) }
        var order = TuningOrder(model: "gpt \"4\"", file: "file-1")
        (order.validationFile, order.suffix, order.seed, order.epochs) = ("file-2", "desk", 7, 3)
        let job = try await client.start(order)
        #expect(job.id == "ftjob-1" && job.stage == .waiting)
        let body = try await sent(to: server).components(separatedBy: "\r\n\r\n")[1]
        #expect(
            try JSONParser.parse(body) == [
                "model": "gpt \"4\"", "training_file": "file-1", "validation_file": "file-2", "suffix": "desk",
                "seed": 7, "hyperparameters": ["n_epochs": 3],
            ])
    }

    @Test func `a long list of events is read to the one that is known, oldest first`() async throws {
        let (_, client) = try provider { request in (200, FineTuningClientTests.page(of: 950, request)) }
        let all = try await client.events(of: "ftjob-1", after: nil)
        #expect(all.map(\.id) == (1...950).map { "e\($0)" })
        let few = try await client.events(of: "ftjob-1", after: "e700")
        #expect(few.map(\.id) == (701...950).map { "e\($0)" })
        #expect(try await client.events(of: "ftjob-1", after: "e950").isEmpty)
    }

    @Test func `a list that gives its oldest first is read whole`() async throws {
        let (_, client) = try provider { request in
            (200, FineTuningClientTests.page(of: 250, request, isAscending: true))
        }
        let few = try await client.events(of: "ftjob-1", after: "e3")
        #expect(few.map(\.id) == (4...250).map { "e\($0)" })
    }

    @Test func `a list without an end is left, and one that leads back is no list`() async throws {
        let (_, client) = try provider(pages: 3) { request in (200, FineTuningClientTests.page(of: 950, request)) }
        #expect(try await client.events(of: "ftjob-1", after: nil).map(\.id).first == "e651")
        await #expect(throws: TuningFailure.endless(pages: 3)) { _ = try await client.job(learningFrom: "file-9") }
        let (_, circle) = try provider { _ in (200, #"{"data":[{"id":"e1"}],"has_more":true}"#) }
        await #expect(throws: TuningFailure.self) { _ = try await circle.events(of: "ftjob-1", after: nil) }
        let (_, nowhere) = try provider { _ in (200, #"{"data":[{"id":"../../x"}],"has_more":true}"#) }
        await #expect(throws: TuningFailure.self) { _ = try await nowhere.events(of: "ftjob-1", after: nil) }
    }

    @Test(arguments: [
        "", "[]", "{}", "<html>", #"{"id":7,"status":"x"}"#, #"{"id":"a/../b","status":"x"}"#,
        #"{"id":"..","status":"x"}"#, #"{"id":"a?b","status":"x"}"#, #"{"id":"a","status":null}"#, "{\"id\":\"a\"",
    ])
    func `what is no job is not taken for one`(body: String) async throws {
        let (_, client) = try provider { _ in (200, body) }
        let failure = await #expect(throws: TuningFailure.self) { _ = try await client.job("ftjob-1") }
        #expect(failure?.isGarbled == true && failure?.isCertain == false && failure?.mayPass == true)
    }

    @Test func `refusals carry the provider's words without the key`() async throws {
        let (_, client) = try provider { _ in
            (401, #"{"error":{"message":"Incorrect API key provided: sk-secret."}}"#)
        }
        let failure = await #expect(throws: TuningFailure.self) { _ = try await client.job("ftjob-1") }
        #expect(failure?.description == "status 401: Incorrect API key provided: [key].")
        #expect(failure?.mayPass == false && failure?.isCertain == true)
    }

    @Test func `figures are read from data, and from the words of older events`() throws {
        func event(_ text: String) throws -> TuningEvent { try #require(TuningEvent(try JSONParser.parse(text))) }
        let new = try event(
            #"{"id":"e","created_at":1795371601,"type":"metrics","message":"Step 3","#
                + #""data":{"step":3,"total_steps":30,"train_loss":0.5,"valid_loss":1}}"#)
        #expect(new.isMetrics && new.step == 3 && new.totalSteps == 30 && new.loss == 0.5 && new.validationLoss == 1)
        #expect(new.at == Timestamp(milliseconds: 1_795_371_601_000))
        let old = try event(#"{"id":"e","message":"Step 10/100: training loss=0.52, validation loss=0.61"}"#)
        #expect(old.step == 10 && old.totalSteps == 100 && old.loss == 0.52 && old.validationLoss == 0.61)
        let words = try event(#"{"id":"e","created_at":-1,"message":"\u001b[31mStep by step","data":{"step":"x"}}"#)
        #expect(words.step == nil && words.at == nil && !words.message.contains("\u{1b}"))
    }

    /// A provider that answers each request by its first line.
    private func provider(
        pages: Int = 100, _ answer: @escaping @Sendable (String) -> (Int, String)
    ) throws -> (LoopbackServer, FineTuningClient) {
        let server = try LoopbackServer { connection in
            while let request = connection.readRequest() {
                let (status, body) = answer(request.components(separatedBy: "\r\n")[0])
                connection.respond(status, body)
            }
        }
        servers.append(server)
        let endpoint = LanguageModelEndpoint(url: server.url, model: "", key: "sk-secret", wire: .openai)
        let transfer = try Transfer.start(reach: .alsoPrivate)
        return (server, FineTuningClient(endpoint, over: transfer, mostPages: pages))
    }

    private func sent(to server: LoopbackServer) async throws -> String {
        for await event in server.events {
            if case .request(let text) = event { return text }
        }
        throw CancellationError()
    }

    /// A page of a hundred events or fewer, after the one that the request names.
    private static func page(of count: Int, _ line: String, isAscending: Bool = false) -> String {
        let order = isAscending ? Array(1...count) : (1...count).reversed()
        let after = line.components(separatedBy: "after=e").dropFirst().first
            .flatMap { Int($0.prefix { $0.isNumber }) }
        let start = after.flatMap { order.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let part = order[start...].prefix(100)
        let data = part.map { #"{"id":"e\#($0)","created_at":\#(1_795_371_601 + $0),"message":"m\#($0)"}"# }
        return #"{"data":[\#(data.joined(separator: ","))],"has_more":\#(start + part.count < count)}"#
    }
}

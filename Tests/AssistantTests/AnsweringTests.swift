import Testing
import Transfer
import Vocabulary

@testable import Assistant

/// The whole way from a question to its answer, with real servers that fail.
@Suite(.timeLimit(.minutes(1))) struct AnsweringTests {
    private static let index = KnowledgeIndex(StarterKnowledge.articles)
    private let transfer: Transfer

    init() throws {
        transfer = try Transfer.start(reach: .alsoPrivate)
    }

    @Test func `without a language model the answer is the article's, with its source`() async throws {
        let (text, answer) = try await ask("How do I acknowledge an alert?", nil)
        #expect(answer.kind == .knowledge && answer.model == "knowledge-base")
        #expect(answer.sources.map(\.passage.section) == ["Acknowledge an alert"])
        #expect(text == answer.text && text.contains("press `a`"))
        #expect(answer.usage.isEstimated && answer.usage.prompt == 0 && answer.usage.answer > 10)
        #expect(answer.fellBackBecause == nil)
        #expect(try #require(answer.confidence) > 0.8)
    }

    @Test func `what the articles do not cover is not made up`() async throws {
        let (text, answer) = try await ask("Can I return the shoes I bought?", nil)
        #expect(answer.kind == .unknown && answer.sources.isEmpty)
        #expect(text == "I don't know the answer to that. Shall I get a person to help you?")
    }

    @Test(arguments: ["Hello", "hi there", "Good morning!", "thanks, that helped"])
    func `small talk is answered without searching`(text: String) async throws {
        let (_, answer) = try await ask(text, nil)
        #expect(answer.kind == .knowledge && answer.sources.isEmpty)
    }

    @Test func `a language model's answer comes with what it read`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(ChatWire.openai.stream("Press ", "a."))
        }
        let (text, answer) = try await ask("How do I acknowledge an alert?", server)
        #expect(text == "Press a." && answer.text == text)
        #expect(answer.kind == .languageModel && answer.model == "m" && answer.confidence == nil)
        #expect(answer.sources.first?.passage.section == "Acknowledge an alert")
        #expect(answer.usage == TokenUsage(prompt: 20, answer: 2))
        await server.sees {
            guard case .request(let request) = $0 else { return false }
            #expect(request.contains("add a note and for how long"))
            return true
        }
    }

    @Test(arguments: [
        "This model's maximum context length is 4096 tokens", "prompt is too long: 9000 tokens > 8192 maximum",
        "the request exceeds the available context size. try increasing the context size",
    ])
    func `a prompt that is too long is shortened once`(words: String) async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            guard connection.number == 2 else {
                return connection.respond(400, #"{"error":{"message":"\#(words)","code":400}}"#)
            }
            connection.beginStream()
            connection.send(ChatWire.openai.stream("Press ", "a."))
        }
        let long = String(repeating: "As I said before, nothing of it helped me at all. ", count: 100)
        let (text, answer) = try await ask("How do I acknowledge an alert? " + long, server)
        #expect(text == "Press a." && answer.failure == nil)
        var lengths: [Int] = []
        await server.sees { event in
            if case .request(let request) = event { lengths.append(request.utf8.count) }
            return lengths.count == 2
        }
        #expect(lengths[1] < lengths[0] * 2 / 3, "\(lengths)")

        let stubborn = try LoopbackServer { connection in
            connection.readRequest()
            connection.respond(400, #"{"error":{"message":"\#(words)"}}"#)
        }
        let (fallback, given) = try await ask("How do I acknowledge an alert?", stubborn)
        #expect(fallback.contains("press `a`") && given.failure?.isContextOverflow == true)
    }

    @Test func `when the language model is dead the article answers and says so`() async throws {
        let (text, answer) = try await ask("How do I acknowledge an alert?", nil, port: LoopbackServer.deafPort())
        #expect(answer.kind == .knowledge)
        #expect(text.hasPrefix("(The language model did not answer") && text.contains("press `a`"))
        #expect(try #require(answer.fellBackBecause).contains("refused the connection"))
    }

    @Test func `when both fail a person is offered`() async throws {
        let (text, answer) = try await ask("Where is my parcel?", nil, port: LoopbackServer.deafPort())
        #expect(answer.kind == .unknown)
        #expect(text.contains("did not answer") && text.hasSuffix("Shall I get a person to help you?"))
    }

    @Test func `a stream that breaks off is replaced, not continued`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(ChatWire.openai.piece("Press the big red"))
        }
        var events: [AnswerEvent] = []
        for await event in assistant(server.port).answer(Question("How do I acknowledge an alert?"), isPaced: false) {
            events.append(event)
        }
        #expect(Array(events.prefix(2)) == [.delta("Press the big red"), .replaced])
        guard case .finished(let answer) = events.last else { return #expect(Bool(false), "\(events)") }
        #expect(!answer.text.contains("red") && answer.text.contains("press `a`"))
        #expect(answer.fellBackBecause == "broke off in the middle of its answer")
    }

    @Test func `a reader that leaves stops the language model`() async throws {
        let server = try LoopbackServer { connection in
            connection.readRequest()
            connection.beginStream()
            connection.send(ChatWire.openai.piece("Press"))
            connection.waitForPeerToClose()
        }
        for await _ in assistant(server.port).answer(Question("How?")) { break }
        await server.sees { $0 == .closedByPeer }
    }

    @Test func `a paced answer takes less than a second and says the same`() async throws {
        let start = transfer.now
        let (text, answer) = try await ask("what roles are there", nil, isPaced: true)
        #expect(text == answer.text)
        #expect(answer.total > .milliseconds(100) && transfer.now - start < .seconds(10))
        let pauses = WordPace(isPaced: true).pieces(of: String(repeating: "word ", count: 900)).map(\.pause)
        #expect(pauses.reduce(.zero, +) <= .milliseconds(800))
    }

    /// Asks and gives what the customer reads in the end, and the finished answer.
    private func ask(
        _ question: String, _ server: LoopbackServer?, port: UInt16? = nil, isPaced: Bool = false
    ) async throws -> (text: String, answer: Answer) {
        var text = ""
        var answer: Answer?
        let assistant = assistant(server?.port ?? port)
        for await event in assistant.answer(Question(question), isPaced: isPaced) {
            switch event {
            case .delta(let piece): text += piece
            case .replaced: text = ""
            case .finished(let finished): answer = finished
            }
        }
        return (text, try #require(answer))
    }

    private func assistant(_ port: UInt16?) -> Answering {
        let client = port.map { port in
            let url = "http://127.0.0.1:\(port)/v1"
            var limits = AnswerLimits()
            limits.retries = 0
            return LanguageModelClient(
                LanguageModelEndpoint(url: url, model: "m", key: nil, wire: .openai), over: transfer, limits: limits)
        }
        return Answering(knowledge: Self.index, languageModel: client) { [transfer] in transfer.now }
    }
}

import Assistant
import Foundation
import Testing
import Transfer

/// A real, small language model behind llama.cpp's own server; `.ci/real-llm.sh` starts one and names it.
///
/// Its answers are poor, so nothing here looks at what they say: only that they come as they should, and are counted.
@Suite(.enabled(if: RealServer.url != nil), .timeLimit(.minutes(3))) struct RealLanguageModelTests {
    private let transfer: Transfer
    private let prompt = ChatPrompt(
        system: "You are a helpful assistant of a shop.",
        messages: [.init(.user, "How can I return a parcel? Answer at length.")], answerLimit: 24)

    init() throws {
        transfer = try Transfer.start(reach: .alsoPrivate)
    }

    @Test(arguments: ChatWire.allCases)
    func `an answer streams in piece by piece and is counted by the server`(wire: ChatWire) async throws {
        let arrivals = Arrivals()
        let completion = try await client(wire).answer(prompt) { await arrivals.add($0) }
        let arrived = await arrivals.pieces
        #expect(arrived.count > 3, "the answer did not stream")
        #expect(arrived.joined() == completion.text)
        #expect(!completion.text.isEmpty)
        #expect(!completion.usage.isEstimated)
        #expect((10...200).contains(completion.usage.prompt))
        #expect((1...24).contains(completion.usage.answer))
        #expect(completion.isCutShort == (completion.usage.answer == 24))
        #expect(completion.firstToken > .zero && completion.firstToken < completion.total)
        #expect(completion.attempts == 1)
    }

    @Test(arguments: ChatWire.allCases)
    func `a conversation beyond the model's memory is refused, not answered with nothing`(wire: ChatWire) async throws {
        let long = ChatPrompt(
            system: "s", messages: [.init(.user, String(repeating: "parcel ", count: 6000))], answerLimit: 8)
        await #expect(throws: ChatFailure.self) { try await client(wire).answer(long) { _ in } }
    }

    @Test func `a customer who leaves ends the answer`() async throws {
        let endless = ChatPrompt(
            system: "s", messages: [.init(.user, "Count from one to a thousand.")], answerLimit: 1500)
        let client = try client(.openai)
        let first = AsyncStream<Void>.makeStream()
        let answer = Task { try await client.answer(endless) { _ in first.continuation.yield() } }
        for await _ in first.stream { break }
        answer.cancel()
        await #expect(throws: ChatFailure.transfer(.cancelled)) { try await answer.value }
        // The server has a place for the next one at once.
        let next = try await client.answer(prompt) { _ in }
        #expect(!next.text.isEmpty)
    }

    private func client(_ wire: ChatWire) throws -> LanguageModelClient {
        let url = try #require(RealServer.url)
        let limits = AnswerLimits(firstToken: .seconds(60), idle: .seconds(60), total: .seconds(120), retries: 0)
        let endpoint = LanguageModelEndpoint(url: url, model: "smollm2-135m-instruct", key: nil, wire: wire)
        return LanguageModelClient(endpoint, over: transfer, limits: limits)
    }
}

private actor Arrivals {
    private(set) var pieces: [String] = []

    func add(_ piece: String) { pieces.append(piece) }
}

private enum RealServer {
    static let url = ProcessInfo.processInfo.environment["WATCHDESK_REAL_LLM"]
}

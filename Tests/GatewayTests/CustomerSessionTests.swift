import DeskAPI
import RemoteDesk
import Testing
import Vocabulary

@testable import Gateway

/// The customer's side, as `watchdesk chat` uses it.
@Suite struct CustomerSessionTests {
    private let cid = ULID("01JD8X5T6E9QK3ZC7M2V4B0N1P")

    @Test func `a new customer asks, sees the answer grow, and reads the message`() async throws {
        let desk = FakeDesk()
        try await withGateway(desk) { gateway in
            let session = try await CustomerSession.open(url: gateway.url, name: "Crystal")
            let log = NewsLog<CustomerNews>()
            let feed = session.follow(log.take)
            try await log.untilLive()
            let question = try await session.send("Can I return it?", cid: try #require(cid))
            #expect(question.offset == 1)
            try await log.until(.message(question))
            for text in ["Items", "Items can", "Items can be returned."] {
                let progress = AnswerProgress(conversation: session.conversation, question: 1, text: text)
                desk.bus.publish(.answerGrew(progress))
                try await log.until(.answer(progress))
            }
            let answer = desk.write("Items can be returned.", in: session.conversation)
            try await log.until(.message(answer))
            desk.bus.publish(.typed(Typing(conversation: session.conversation, actor: "u:3", name: "ana")))
            try await log.until(.typing(Typing(conversation: session.conversation, actor: "u:3", name: "ana")))
            feed.stop()
        }
    }

    @Test func `a customer of before sees everything that was said, in order and once`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        for number in 1...700 { desk.write("\(number)", in: id) }
        try await withGateway(desk) { gateway in
            let session = try await CustomerSession.open(
                url: gateway.url, name: "", token: "customer7", conversation: id)
            let log = NewsLog<CustomerNews>()
            let feed = session.follow(log.take)
            for number in 701...750 { desk.write("\(number)", in: id) }
            _ = try await log.first("the last message") { $0.offsets.last == 750 ? true : nil }
            #expect(log.all.offsets == Array(1...750))
            feed.stop()
        }
    }

    @Test func `after a break nothing is lost or doubled`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let proxy = try await CuttableProxy.start(to: gateway.port)
            let session = try await CustomerSession.open(
                url: "http://127.0.0.1:\(proxy.port)", name: "", token: "customer7", conversation: id)
            let log = NewsLog<CustomerNews>()
            let feed = session.follow(log.take)
            try await log.untilLive()
            for round in 0..<3 {
                await proxy.cut()
                for number in 1...10 { desk.write("\(round) \(number)", in: id) }
                await proxy.mend()
                _ = try await log.first("round \(round)") { $0.offsets.last == Int64(10 * (round + 1)) ? true : nil }
            }
            #expect(log.all.offsets == Array(1...30))
            feed.stop()
            await proxy.stop()
        }
    }

    @Test func `a message is tried again until the gateway has it, and is there once`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let proxy = try await CuttableProxy.start(to: gateway.port)
            let session = try await CustomerSession.open(
                url: "http://127.0.0.1:\(proxy.port)", name: "", token: "customer7", conversation: id)
            await proxy.cut()
            async let sending = session.send("hello", cid: try #require(cid), attempts: 30)
            await proxy.mend()
            #expect(try await sending.offset == 1)
            #expect(try await session.send("hello", cid: try #require(cid)).duplicate == true)
            #expect(desk.state.withLockedValue { $0.messages[id.number]?.count } == 1)
            await proxy.stop()
        }
    }

    @Test func `a token that is over says so`() async throws {
        try await withGateway { gateway in
            let problem = await #expect(throws: Problem.self) {
                _ = try await CustomerSession.open(url: gateway.url, name: "", token: "gone")
            }
            #expect(problem?.code == .unauthenticated)
        }
        let nobody = await #expect(throws: Problem.self) {
            _ = try await CustomerSession.open(url: "http://127.0.0.1:1", name: "")
        }
        #expect(nobody?.code == .unreachable)
    }
}

extension NewsLog<CustomerNews> {
    func untilLive() async throws {
        try await until(.connection(.live))
    }

    func until(_ wanted: CustomerNews) async throws {
        _ = try await first("\(wanted)") { $0.contains(wanted) ? true : nil }
    }
}

extension [CustomerNews] {
    /// The offsets of the messages in the order they came.
    var offsets: [Int64] {
        compactMap { if case .message(let message) = $0 { message.offset } else { nil } }
    }
}

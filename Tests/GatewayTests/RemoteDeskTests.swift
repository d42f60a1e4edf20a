import DeskAPI
import NIOConcurrencyHelpers
import RemoteDesk
import Testing
import Vocabulary

@testable import Gateway

/// The remote desk against a real gateway: what a console or the command line sees.
@Suite struct RemoteDeskTests {
    @Test func `every kind of call arrives: path, query, body`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7), subject: "a").id
        try await withGateway(desk) { gateway in
            let remote = try RemoteDesk(url: gateway.url, key: "agent")
            let shown = try await remote.call(Operations.showConversation, ConversationReference(id))
            #expect(shown.subject == "a")
            var waiting = ListConversations()
            waiting.status = .waiting
            #expect(try await remote.call(Operations.listConversations, waiting).items.isEmpty)
            let text = "ümlaut & \u{1F469}\u{200D}\u{1F680} \"quoted\"\n"
            let cid = ULID("01JD8X5T6E9QK3ZC7M2V4B0N1P")
            let message = try await remote.call(Operations.postMessage, PostMessage(to: id, cid: cid, text: text))
            #expect(message.text == text)
            #expect(try await remote.call(Operations.listMessages, ListMessages(of: id)).items == [message])
        }
    }

    @Test func `problems arrive as the desk states them`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let remote = try RemoteDesk(url: gateway.url, key: "agent")
            _ = try await remote.call(Operations.claimConversation, ClaimConversation(id))
            let other = try RemoteDesk(url: gateway.url, key: "admin")
            let problem = await #expect(throws: Problem.self) {
                try await other.call(Operations.claimConversation, ClaimConversation(id))
            }
            #expect(problem?.code == .alreadyClaimed)
            #expect(problem?.current?["owner"] == "u:3")
            let wrong = try RemoteDesk(url: gateway.url, key: "wrong")
            let refusal = await #expect(throws: Problem.self) {
                try await wrong.call(Operations.listHosts, Nothing())
            }
            #expect(refusal?.code == .unauthenticated)
        }
        let nobody = try RemoteDesk(url: "http://127.0.0.1:1", key: "agent")
        let silence = await #expect(throws: Problem.self) { try await nobody.call(Operations.listHosts, Nothing()) }
        #expect(silence?.code == .unreachable)
    }

    @Test(
        arguments: [
            "", "127.0.0.1:7180", "ftp://a", "http://", "http://a:0", "http://a:99999", "http://a/b", "http://u@a",
            "http://a b", "http://::1", "http://[::1", "http://a?x",
        ])
    func `what is no address is refused with one that would be`(_ url: String) {
        let problem = #expect(throws: Problem.self) { try RemoteDesk(url: url, key: "k") }
        #expect(problem?.detail.contains("http://127.0.0.1:7180") == true)
    }

    @Test func `events of every kind arrive as they were published`() async throws {
        let desk = FakeDesk()
        let conversation = desk.newConversation(of: ID(7))
        try await withGateway(desk) { gateway in
            let remote = try RemoteDesk(url: gateway.url, key: "agent")
            let log = NewsLog<DeskNews>()
            let feed = remote.follow(log.take)
            try await log.untilLive()
            #expect(log.all.first == .connection(.connecting))
            #expect(log.all.contains(.missed))
            let layout = MetricLayout(names: ["cpu.busy", "gone"], units: [.percent, .bytes])
            let snapshot = HostSnapshot(
                host: "desk-1", at: Timestamp(milliseconds: 1_795_371_601_000), layout: layout, values: [23.4, .nan])
            let events: [DeskEvent] = [
                .hostSampled(snapshot), .alertChanged(.example), .messagePosted(.example),
                .conversationChanged(.example), .modelChanged(.example), .statusChanged(.example),
                .typed(.example), .answerGrew(AnswerProgress(conversation: conversation.id, question: 1, text: "It")),
                .answerGrew(AnswerProgress(conversation: conversation.id, question: 1, text: "Items")),
            ]
            for event in events {
                desk.bus.publish(event)
                try await log.until(.event(event))
            }
            feed.stop()
        }
    }

    @Test func `samples share their layout`() async throws {
        let desk = FakeDesk()
        try await withGateway(desk) { gateway in
            let remote = try RemoteDesk(url: gateway.url, key: "agent")
            let log = NewsLog<DeskNews>()
            let feed = remote.follow(log.take)
            try await log.untilLive()
            for second in 1...3 {
                let layout = MetricLayout(names: ["cpu.busy"], units: [.percent])
                let snapshot = HostSnapshot(
                    host: "desk-1", at: Timestamp(seconds: Double(second)), layout: layout, values: [Double(second)])
                desk.bus.publish(.hostSampled(snapshot))
                try await log.until(.event(.hostSampled(snapshot)))
            }
            let layouts = log.all.compactMap { news -> MetricLayout? in
                if case .event(.hostSampled(let snapshot)) = news { snapshot.layout } else { nil }
            }
            #expect(layouts.count == 3)
            #expect(layouts.allSatisfy { $0 === layouts[0] })
            feed.stop()
        }
    }

    @Test func `a wrong or revoked key is refused and not tried again`() async throws {
        let desk = FakeDesk()
        try await withGateway(desk) { gateway in
            let wrong = NewsLog<DeskNews>()
            let feed = try RemoteDesk(url: gateway.url, key: "wrong").follow(wrong.take)
            try await wrong.untilRefused()
            let revoked = NewsLog<DeskNews>()
            let second = try RemoteDesk(url: gateway.url, key: "sre").follow(revoked.take)
            try await revoked.untilLive()
            _ = desk.revoke(ID(4))
            try await revoked.untilRefused()
            let host = NewsLog<DeskNews>()
            let third = try RemoteDesk(url: gateway.url, key: "host").follow(host.take)
            try await host.untilRefused()
            for feed in [feed, second, third] { feed.stop() }
        }
    }

    @Test func `https says what to do instead`() async throws {
        let log = NewsLog<DeskNews>()
        let feed = try RemoteDesk(url: "https://127.0.0.1:7180", key: "agent").follow(log.take)
        try await log.untilRefused()
        guard case .connection(.refused(let reason))? = log.all.last else { return }
        #expect(reason.contains("ssh"))
        feed.stop()
    }

    @Test func `after a break what was missed is delivered, each once`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        let log = NewsLog<DeskNews>()
        try await withGateway(desk) { gateway in
            let proxy = try await CuttableProxy.start(to: gateway.port)
            let remote = try RemoteDesk(url: "http://127.0.0.1:\(proxy.port)", key: "agent")
            let feed = remote.follow(log.take)
            try await log.untilLive()
            let before = desk.write("before", in: id)
            try await log.until(.event(.messagePosted(before)))
            await proxy.cut()
            let during = (1...20).map { desk.write("during \($0)", in: id) }
            await proxy.mend()
            try await log.until(.event(.messagePosted(during[19])))
            let after = desk.write("after", in: id)
            try await log.until(.event(.messagePosted(after)))
            let seen = log.all.compactMap { news -> Int64? in
                if case .event(.messagePosted(let message)) = news { message.offset } else { nil }
            }
            #expect(seen == Array(1...22))
            #expect(log.all.filter { $0 == .missed }.count == 1)
            feed.stop()
            await proxy.stop()
        }
    }

    @Test func `a gateway that starts anew is met again, and says that events were missed`() async throws {
        let desk = FakeDesk()
        let log = NewsLog<DeskNews>()
        var port = 0
        var feed: (any DeskFeed)?
        try await withGateway(desk) { gateway in
            port = gateway.port
            feed = try RemoteDesk(url: gateway.url, key: "agent").follow(log.take)
            try await log.untilLive()
        }
        let again = try await Gateway.start(
            desk: desk, listen: ListenAddress(host: "127.0.0.1", port: UInt16(clamping: port)), version: "2",
            now: wallClock)
        _ = try await log.first("live again") { news in
            news.filter { $0 == .connection(.live) }.count == 2 ? true : nil
        }
        #expect(log.all.filter { $0 == .missed }.count == 2)
        feed?.stop()
        await again.stop(grace: .zero)
    }

    @Test func `nothing is delivered once a feed was stopped`() async throws {
        let desk = FakeDesk()
        try await withGateway(desk) { gateway in
            let log = NewsLog<DeskNews>()
            let feed = try RemoteDesk(url: gateway.url, key: "agent").follow(log.take)
            try await log.untilLive()
            feed.stop()
            let count = log.all.count
            desk.bus.publish(.alertChanged(.example))
            let witness = try await WebSocketClient.open(port: gateway.port, token: "agent")
            _ = try await witness.ask(1, "join", #"{"room":"alerts","since":{"offset":0,"epoch":""}}"#)
            #expect(log.all.count == count)
        }
    }

    @Test func `typing reaches the customer`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let log = NewsLog<DeskNews>()
            let remote = try RemoteDesk(url: gateway.url, key: "agent")
            let feed = remote.follow(log.take)
            try await log.untilLive()
            let customer = try await WebSocketClient.open(port: gateway.port, token: "customer7")
            _ = try await customer.ask(1, "join", #"{"room":"c:\#(id)"}"#)
            await remote.type(in: ConversationReference(id))
            let typing = try await customer.event("typing")
            #expect(typing["data"]?["actor"] == "u:3")
            #expect(typing["data"]?["exp_ms"] == 5000)
            feed.stop()
        }
    }
}

extension Gateway {
    /// The address that clients are given.
    var url: String { "http://127.0.0.1:\(port)" }
}

extension NewsLog<DeskNews> {
    func untilLive() async throws {
        try await until(.connection(.live))
    }

    func until(_ wanted: DeskNews) async throws {
        _ = try await first("\(wanted)") { $0.contains(wanted) ? true : nil }
    }

    func untilRefused() async throws {
        _ = try await first("refusal") { news in
            if case .connection(.refused)? = news.last { true } else { nil }
        }
    }
}

import DeskAPI
import RemoteDesk
import Testing
import Vocabulary

@testable import Gateway

/// A console whose window is not in front, against a real gateway.
@Suite struct FeedRestTests {
    private let layout = MetricLayout(names: ["cpu.busy"], units: [.percent])

    private func sample(_ number: Int) -> DeskNews {
        .event(
            .hostSampled(
                HostSnapshot(
                    host: "desk-1", at: Timestamp(milliseconds: Int64(number) * 1000), layout: layout,
                    values: [Double(number)])))
    }

    /// Publishes samples one by one: of those that come together the bus keeps only the newest.
    private func publish(
        _ numbers: ClosedRange<Int>, on desk: FakeDesk, _ id: ID<Conversation>, _ log: NewsLog<DeskNews>
    ) async throws {
        for number in numbers {
            if case .event(let event) = sample(number) { desk.bus.publish(event) }
            try await log.until(.event(.messagePosted(desk.write("\(number) is out", in: id))))
        }
    }

    private func numbers(_ news: [DeskNews]) -> [Int] {
        news.compactMap { news in
            if case .event(.hostSampled(let sample)) = news { Int(sample.at.wholeSeconds) } else { nil }
        }
    }

    /// Waits until somebody is in the room of the hosts, or nobody is.
    private func until(_ isThere: Bool, _ gateway: Gateway) async throws {
        let witness = try await WebSocketClient.open(port: gateway.port, token: "agent")
        var asked = 0
        var count = -1
        while (count > 0) != isThere || count < 0, asked < 10_000 {
            asked += 1
            let reply = try await witness.ask(asked, "presence", #"{"room":"hosts"}"#)
            count = Int(reply["ok"]?["count"]?.wholeNumber ?? -1)
        }
        #expect((count > 0) == isThere)
    }

    @Test func `in a rest samples wait, everything else comes at once, and none is lost`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let log = NewsLog<DeskNews>()
            let feed = try RemoteDesk(url: gateway.url, key: "agent").follow(log.take)
            try await log.untilLive()
            try await publish(1...1, on: desk, id, log)
            try await log.until(sample(1))
            feed.rest(true)
            try await until(false, gateway)
            try await publish(2...6, on: desk, id, log)
            #expect(numbers(log.all) == [1])
            feed.rest(false)
            try await log.until(sample(6))
            try await publish(7...7, on: desk, id, log)
            try await log.until(sample(7))
            #expect(numbers(log.all) == Array(1...7))
            #expect(log.all.filter { $0 == .missed }.count == 1, "that of the first connection")
            feed.stop()
        }
    }

    @Test func `a rest hears now and then what it missed`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let log = NewsLog<DeskNews>()
            let feed = try RemoteDesk(url: gateway.url, key: "agent").follow(log.take)
            try await log.untilLive()
            try await publish(1...1, on: desk, id, log)
            try await log.until(sample(1))
            feed.rest(true)
            try await until(false, gateway)
            try await publish(2...4, on: desk, id, log)
            try await log.until(sample(4))
            #expect(numbers(log.all) == Array(1...4))
            // More than a gateway keeps: the newest is enough while nobody looks, and is read anew when somebody does.
            try await until(false, gateway)
            try await publish(5...320, on: desk, id, log)
            try await log.until(sample(320))
            #expect(log.all.filter { $0 == .missed }.count == 1)
            feed.rest(false)
            _ = try await log.first("missed") { $0.filter { $0 == .missed }.count == 2 ? true : nil }
            feed.stop()
        }
    }
}

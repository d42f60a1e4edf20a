import DeskAPI
import Foundation
import NIOConcurrencyHelpers
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

    /// Follows a gateway, has heard the first sample, and rests: the gateway knows that nobody is in the room.
    private func resting(
        _ body: (FakeDesk, ID<Conversation>, any DeskFeed, NewsLog<DeskNews>) async throws -> Void
    ) async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let log = NewsLog<DeskNews>()
            let feed = try RemoteDesk(url: gateway.url, key: "agent").follow(log.take)
            try await log.untilLive()
            try await publish(1...1, on: desk, id, log)
            try await log.until(sample(1))
            feed.rest(true)
            let nobody = Roster().encoded
            let deadline = ContinuousClock.now + .seconds(20)
            while gateway.hub.attendance(of: .hosts) != nobody, .now < deadline { await Task.yield() }
            #expect(gateway.hub.attendance(of: .hosts) == nobody)
            try await body(desk, id, feed, log)
            feed.stop()
        }
    }

    @Test func `what comes over the wire is decoded where it arrives, and Swift's pool is not needed`() async throws {
        let desk = FakeDesk()
        let id = desk.newConversation(of: ID(7)).id
        try await withGateway(desk) { gateway in
            let threads = NIOLockedValueBox<Set<String>>([])
            let log = NewsLog<DeskNews>()
            let feed = try RemoteDesk(url: gateway.url, key: "agent").follow { news in
                // A thread that cannot be read counts as a wrong one.
                let text = (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? ""
                threads.withLockedValue { _ = $0.insert(text) }
                log.take(news)
            }
            try await log.untilLive()
            try await publish(1...3, on: desk, id, log)
            #expect(threads.withLockedValue { $0 }.allSatisfy { $0.hasPrefix("NIO-ELT-") }, "\(threads)")
            feed.stop()
        }
    }

    @Test func `in a rest samples wait, everything else comes at once, and none is lost`() async throws {
        try await resting { desk, id, feed, log in
            try await publish(2...6, on: desk, id, log)
            feed.rest(false)
            try await log.until(sample(6))
            try await publish(7...7, on: desk, id, log)
            try await log.until(sample(7))
            #expect(numbers(log.all) == Array(1...7))
            #expect(log.all.filter { $0 == .missed }.count == 1, "that of the first connection")
        }
    }

    @Test func `a rest hears now and then what it missed`() async throws {
        try await resting { desk, id, feed, log in
            try await publish(2...4, on: desk, id, log)
            #expect(numbers(log.all) == [1], "messages came at once, samples wait")
            try await log.until(sample(4))
            #expect(numbers(log.all) == Array(1...4))
            // More than a gateway keeps: the newest is enough while nobody looks, and is read anew when somebody does.
            var last = 4
            while numbers(log.all) == Array(1...numbers(log.all).count), last < 20_000 {
                try await publish(last + 1...last + 350, on: desk, id, log)
                last += 350
            }
            #expect(log.all.filter { $0 == .missed }.count == 1)
            feed.rest(false)
            _ = try await log.first("missed") { $0.filter { $0 == .missed }.count == 2 ? true : nil }
        }
    }
}

import Bus
import NIOConcurrencyHelpers
import Testing

private enum Happening: BusEvent, Equatable {
    case sampled(host: Int64, value: Int)
    case posted(Int)

    var delivery: Delivery {
        switch self {
        case .sampled(let host, _): .newest(CoalescingKey("sample", host))
        case .posted: .all
        }
    }
}

/// Reads at once what it is told of.
private final class Eager: Sendable {
    let screen = NIOLockedValueBox<Subscription<Happening>?>(nil)
    let seen = NIOLockedValueBox<[[Happening]]>([])

    func read() {
        let events = (screen.withLockedValue { $0 }?.drain() ?? []).compactMap { reading in
            if case .event(let event) = reading { event } else { nil }
        }
        seen.withLockedValue { $0.append(events) }
    }
}

@Suite struct BusTests {
    @Test func `a slow screen sees only the newest sample of each host`() {
        let bus = Bus<Happening>()
        let screen = bus.subscribe()
        for value in 1...1000 {
            bus.publish(.sampled(host: 1, value: value))
            bus.publish(.sampled(host: 2, value: -value))
        }
        #expect(screen.drain() == [.event(.sampled(host: 1, value: 1000)), .event(.sampled(host: 2, value: -1000))])
    }

    @Test func `messages arrive in order, each once`() {
        let bus = Bus<Happening>()
        let screen = bus.subscribe(limit: 100)
        for number in 1...100 { bus.publish(.posted(number)) }
        #expect(screen.drain() == (1...100).map { .event(.posted($0)) })
        #expect(screen.drain().isEmpty)
    }

    @Test func `a reader that falls behind is told so and then goes on`() {
        let bus = Bus<Happening>()
        let screen = bus.subscribe(limit: 10)
        for number in 1...11 { bus.publish(.posted(number)) }
        bus.publish(.posted(12))
        bus.publish(.sampled(host: 1, value: 5))
        #expect(screen.drain() == [.missed, .event(.sampled(host: 1, value: 5))])
        bus.publish(.posted(13))
        #expect(screen.drain() == [.event(.posted(13))])
    }

    @Test func `readiness is announced once until it is read`() async {
        let bus = Bus<Happening>()
        let (rings, ring) = AsyncStream<Int>.makeStream()
        let screen = bus.subscribe(onReady: { ring.yield(1) })
        for number in 1...5 { bus.publish(.posted(number)) }
        _ = screen.drain()
        bus.publish(.posted(6))
        ring.finish()
        var count = 0
        for await _ in rings { count += 1 }
        #expect(count == 2)
    }

    @Test func `what happened together wakes an eager reader once, and comes in order`() {
        let bus = Bus<Happening>()
        let box = Eager()
        let screen = bus.subscribe(wants: { $0 != .posted(2) }, onReady: { box.read() })
        box.screen.withLockedValue { $0 = screen }
        bus.publish([.posted(1), .posted(2), .sampled(host: 1, value: 5), .posted(3)])
        #expect(box.seen.withLockedValue { $0 } == [[.posted(1), .sampled(host: 1, value: 5), .posted(3)]])
        bus.publish([.posted(2)])
        bus.publish([])
        #expect(box.seen.withLockedValue { $0.count } == 1)
    }

    @Test func `a waiting reader gets what is published, and nothing after it left`() async {
        let bus = Bus<Happening>()
        let screen = bus.subscribe()
        async let reading = screen.next()
        bus.publish(.posted(1))
        #expect(await reading == [.event(.posted(1))])
        screen.cancel()
        #expect(bus.readerCount == 0)
        #expect(await screen.next().isEmpty)
    }

    @Test func `eight publishers at once lose nothing`() async {
        let bus = Bus<Happening>()
        let screen = bus.subscribe(limit: 8000)
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<8 {
                group.addTask { for number in 0..<1000 { bus.publish(.posted(lane * 1000 + number)) } }
            }
        }
        var last = [Int](repeating: -1, count: 8)
        var count = 0
        for case .event(.posted(let number)) in screen.drain() {
            #expect(number % 1000 > last[number / 1000])
            last[number / 1000] = number % 1000
            count += 1
        }
        #expect(count == 8000)
    }
}

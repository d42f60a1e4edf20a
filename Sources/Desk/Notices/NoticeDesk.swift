internal import Bus
internal import DeskAPI
internal import Host
internal import Monitoring
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Sends what people must be told: wakes by an alert's change, an attempt's end or the next moment, and never polls.
final class NoticeDesk: Sendable {
    let notifications: Notifications
    let courier: NoticeCourier
    private let bus: Bus<DeskEvent>
    private let clock: HostClock
    private let log: @Sendable (String) -> Void
    private let busy = NIOLockedValueBox<Set<String>>([])
    private let bells: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation
    /// The longest pause after the database failed.
    private static let pauseAfterFailure = Duration.seconds(5)

    init(
        _ notifications: Notifications, courier: NoticeCourier, bus: Bus<DeskEvent>, clock: HostClock,
        log: @escaping @Sendable (String) -> Void
    ) {
        self.notifications = notifications
        self.courier = courier
        self.bus = bus
        self.clock = clock
        self.log = log
        (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Something may be to be done.
    func ring() { bell.yield() }

    /// Follows another file.
    func follow(_ configuration: NotifyConfiguration) {
        notifications.configuration = configuration
        ring()
    }

    /// Works until the task is cancelled; messages on the wire are given up then, and sent again by the next process.
    func run() async {
        let bell = bell
        // Nothing is read from it: an event only says that the outbox may have grown.
        let subscription = bus.subscribe(
            limit: 16,
            wants: { event in
                if case .alertChanged = event { true } else { false }
            }, onReady: { bell.yield() })
        defer { subscription.cancel() }
        await withDiscardingTaskGroup { group in
            var rings = bells.makeAsyncIterator()
            var skew = Skew(clock)
            while !Task.isCancelled {
                _ = subscription.drain()
                let next = await turn(&group, &skew)
                let timer = next.map { next in
                    Task {
                        do { try await Task.sleep(for: next, clock: .suspending) } catch { return }
                        bell.yield()
                    }
                }
                await rings.next()
                timer?.cancel()
            }
            group.cancelAll()
        }
    }

    /// Does what is to be done now; gives how long nothing is, if nothing happens.
    private func turn(_ group: inout DiscardingTaskGroup, _ skew: inout Skew) async -> Duration? {
        do {
            if let step = skew.step(clock) { try await notifications.shift(by: step) }
            let now = clock.now()
            let turn = try await notifications.turn(at: now, busy: busy.withLockedValue { $0 })
            for (message, receiver) in turn.messages {
                busy.withLockedValue { _ = $0.insert(message.receiver) }
                group.addTask { await self.send(message, to: receiver) }
            }
            return turn.next.map { max(.milliseconds(1), $0 - now) }
        } catch {
            guard !Task.isCancelled else { return nil }
            log("notices cannot be read or stored: \(error)")
            return NoticeDesk.pauseAfterFailure
        }
    }

    private func send(_ message: NoticeMessage, to receiver: NoticeReceiver) async {
        let outcome = await courier.deliver(message, to: receiver)
        // A message that was given up on the way out is not counted as tried.
        if !Task.isCancelled || outcome == .delivered {
            await settle(message, outcome)
            if case .refused(let reason) = outcome {
                log("notice \(message.id) for \(message.receiver) is a dead letter: \(NoticeText.plain(reason))")
            }
        }
        busy.withLockedValue { _ = $0.remove(message.receiver) }
        ring()
    }

    /// Stores what came of an attempt; as long as that fails, the receiver hears nothing twice.
    private func settle(_ message: NoticeMessage, _ outcome: NoticeMessage.Outcome) async {
        while true {
            do {
                try await notifications.settle(message.id, outcome, at: clock.now())
                return
            } catch {
                log("what became of notice \(message.id) cannot be stored: \(error)")
                do { try await Task.sleep(for: NoticeDesk.pauseAfterFailure, clock: .suspending) } catch { return }
            }
        }
    }
}

/// Notices that the wall clock was set, by the clock that nobody can set.
private struct Skew {
    private var distance: Duration
    private static let tolerance = Duration.seconds(2)

    init(_ clock: HostClock) {
        distance = Skew.distance(clock)
    }

    /// How far the clock was set since the last time; `nil` for hardly at all.
    mutating func step(_ clock: HostClock) -> Duration? {
        let new = Skew.distance(clock)
        let step = new - distance
        guard step > Skew.tolerance || step < .zero - Skew.tolerance else { return nil }
        distance = new
        return step
    }

    private static func distance(_ clock: HostClock) -> Duration {
        (clock.now() - Timestamp(milliseconds: 0)) - (clock.boottime() - Monotonic(nanoseconds: 0))
    }
}

public import NIOConcurrencyHelpers

/// The events that wait for one reader.
@usableFromInline
final class Mailbox<Event: BusEvent>: Sendable {
    @usableFromInline let limit: Int
    @usableFromInline let wants: @Sendable (Event) -> Bool
    @usableFromInline let onReady: @Sendable () -> Void
    @usableFromInline let state = NIOLockedValueBox(State())

    @usableFromInline
    struct State: Sendable {
        @usableFromInline var waiting: [Slot] = []
        @usableFromInline var newest: [CoalescingKey: Int] = [:]
        @usableFromInline var durable = 0
        @usableFromInline var hasMissed = false
        @usableFromInline var isClosed = false
        @usableFromInline var waiter: CheckedContinuation<[Reading<Event>], Never>?

        @inlinable var isEmpty: Bool { waiting.isEmpty && !hasMissed }
    }

    @usableFromInline
    enum Slot: Sendable {
        case event(Event)
        case replaced
    }

    init(limit: Int, wants: @escaping @Sendable (Event) -> Bool, onReady: @escaping @Sendable () -> Void) {
        self.limit = max(1, limit)
        self.wants = wants
        self.onReady = onReady
    }

    @inlinable
    func put(_ event: Event) {
        guard wants(event) else { return }
        wake(state.withLockedValue { state in adding(to: &state) { add(event, to: &$0) } })
    }

    /// Puts events that happened together: the reader is woken once for all of them.
    @inlinable
    func put(_ events: [Event]) {
        let wanted = events.filter(wants)
        guard !wanted.isEmpty else { return }
        wake(
            state.withLockedValue { state in
                adding(to: &state) { state in for event in wanted { add(event, to: &state) } }
            })
    }

    @usableFromInline typealias Wake = (waiter: CheckedContinuation<[Reading<Event>], Never>?, isFirst: Bool)

    @inlinable
    func adding(to state: inout State, _ add: (inout State) -> Void) -> Wake {
        guard !state.isClosed else { return (nil, false) }
        let wasEmpty = state.isEmpty
        add(&state)
        defer { state.waiter = nil }
        return (state.waiter, wasEmpty)
    }

    @inlinable
    func wake(_ wake: Wake) {
        let (waiter, isFirst) = wake
        if let waiter {
            waiter.resume(returning: drain())
        } else if isFirst {
            onReady()
        }
    }

    /// How many events wait.
    var count: Int { state.withLockedValue { $0.newest.count + $0.durable } }

    @inlinable
    func drain() -> [Reading<Event>] {
        state.withLockedValue { Mailbox.take(&$0) }
    }

    func wait() async -> [Reading<Event>] {
        await withCheckedContinuation { continuation in
            let ready: [Reading<Event>]? = state.withLockedValue { state in
                if state.isClosed { return [] }
                if !state.isEmpty { return Mailbox.take(&state) }
                state.waiter = continuation
                return nil
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }

    func close() {
        let waiter = state.withLockedValue { state in
            let waiter = state.waiter
            state = State()
            state.isClosed = true
            return waiter
        }
        waiter?.resume(returning: [])
    }

    @inlinable
    func add(_ event: Event, to state: inout State) {
        switch event.delivery {
        case .newest(let key):
            if let older = state.newest[key] { state.waiting[older] = .replaced }
            state.newest[key] = state.waiting.count
        case .all where state.durable == limit:
            state.waiting.removeAll()
            state.newest.removeAll()
            state.durable = 0
            state.hasMissed = true
            return
        case .all where state.hasMissed:
            return
        case .all:
            state.durable += 1
        }
        state.waiting.append(.event(event))
        if state.waiting.count > 2 * (state.newest.count + state.durable) + 16 { Mailbox.compact(&state) }
    }

    /// Forgets replaced slots, so that a reader that never reads holds a bounded number.
    @inlinable
    static func compact(_ state: inout State) {
        var kept: [Slot] = []
        var newest: [CoalescingKey: Int] = [:]
        for case .event(let event) in state.waiting {
            if case .newest(let key) = event.delivery { newest[key] = kept.count }
            kept.append(.event(event))
        }
        state.waiting = kept
        state.newest = newest
    }

    @inlinable
    static func take(_ state: inout State) -> [Reading<Event>] {
        var readings: [Reading<Event>] = state.hasMissed ? [.missed] : []
        readings.reserveCapacity(state.waiting.count + 1)
        for case .event(let event) in state.waiting { readings.append(.event(event)) }
        state.waiting.removeAll(keepingCapacity: true)
        state.newest.removeAll(keepingCapacity: true)
        state.durable = 0
        state.hasMissed = false
        return readings
    }
}

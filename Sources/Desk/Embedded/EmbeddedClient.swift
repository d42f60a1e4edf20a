internal import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers

/// A client of a desk in the same process: no socket, no JSON.
public struct EmbeddedClient: DeskClient {
    private let desk: Desk
    private let caller: Caller

    /// A client that asks as this caller.
    public init(desk: Desk, caller: Caller) {
        self.desk = desk
        self.caller = caller
    }

    /// Asks for an operation; permissions are checked as for everybody else.
    public func call<Input: Record, Output: Record>(
        _ operation: Operation<Input, Output>, _ input: Input
    ) async throws(Problem) -> Output {
        try await desk.call(operation, input, as: caller)
    }

    /// Follows everything that happens at the desk.
    public func follow(_ deliver: @escaping @Sendable (DeskNews) -> Void) -> any DeskFeed {
        let feed = EmbeddedFeed(traffic: desk.traffic, deliver: deliver)
        feed.start(on: desk.bus)
        deliver(.connection(.live))
        return feed
    }

    /// Tells the others that the caller is typing.
    public func type(in conversation: ConversationReference) async {
        desk.bus.publish(
            .typed(Typing(conversation: conversation.id, actor: caller.actor, name: caller.name)))
    }
}

/// Hands what the bus holds to one follower, in order, on whatever thread published.
private final class EmbeddedFeed: DeskFeed {
    private let traffic: TrafficSource
    private let deliver: @Sendable (DeskNews) -> Void
    private let subscription = NIOLockedValueBox<Subscription<DeskEvent>?>(nil)

    init(traffic: TrafficSource, deliver: @escaping @Sendable (DeskNews) -> Void) {
        self.traffic = traffic
        self.deliver = deliver
    }

    deinit {
        stop()
    }

    func start(on bus: Bus<DeskEvent>) {
        let new = bus.subscribe(limit: 4096, onReady: { [weak self] in self?.handOver() })
        subscription.withLockedValue { $0 = new }
        traffic.countEmbedded(1)
        handOver()
    }

    func stop() {
        let old = subscription.withLockedValue { subscription in
            defer { subscription = nil }
            return subscription
        }
        guard let old else { return }
        old.cancel()
        traffic.countEmbedded(-1)
    }

    /// Delivers under the lock, so that two publishing threads cannot change the order.
    private func handOver() {
        subscription.withLockedValue { subscription in
            for reading in subscription?.drain() ?? [] {
                switch reading {
                case .event(let event): deliver(.event(event))
                case .missed: deliver(.missed)
                }
            }
        }
    }
}

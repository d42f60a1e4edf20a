internal import Bus
internal import DeskAPI
internal import JSON
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import Vocabulary

/// Reads the desk's bus once, numbers and encodes each event once per room, and hands it to every event loop.
///
/// The lock orders everything: what is published, and who came into a room between which two events.
final class RoomHub: Sendable {
    let desk: any DeskService
    private let workers: [Worker]
    private let notice: @Sendable (GatewayNotice) -> Void
    private let state: NIOLockedValueBox<State>
    private let subscription = NIOLockedValueBox<Subscription<DeskEvent>?>(nil)

    struct State {
        var sequence: UInt64 = 0
        var generation = 0
        let start: String
        var feeds: [Room: RoomFeed] = [:]
        var answers = AnswerStreams()
        var rosters: [Room: Roster] = [:]
        var connections: [String: Int] = [:]
        var lastConnection = 0

        init(start: String) {
            self.start = start
            for room in Room.feeds { feeds[room] = RoomFeed(epoch: start) }
        }
    }

    /// What a connection learns when it comes into a room.
    struct Entry: Sendable {
        /// Everything up to here is part of what follows.
        var sequence: UInt64
        /// Where the room's feed stands; `nil` in conversations, whose messages the desk keeps.
        var position: Position?
        /// What was missed, as whole messages; `nil` when that cannot be said.
        var missed: [[UInt8]]?
        /// What is true now and belongs to no offset, as whole messages.
        var present: [[UInt8]]
    }

    init(
        desk: any DeskService, workers: [Worker], startedAt: Timestamp,
        notice: @escaping @Sendable (GatewayNotice) -> Void
    ) {
        self.desk = desk
        self.workers = workers
        self.notice = notice
        state = NIOLockedValueBox(State(start: "g" + String(startedAt.milliseconds, radix: 36)))
    }

    /// Begins to read the desk's bus.
    ///
    /// Reading happens on the first event loop: whoever publishes wakes it, and no thread stands between.
    func follow(limit: Int) {
        // The desk outlives its gateways; their hubs must not.
        let read: @Sendable () -> Void = { [weak self] in self?.takeWaiting() }
        let first = workers[0]
        let subscription = desk.bus.subscribe(limit: limit, onReady: { first.execute(read) })
        self.subscription.withLockedValue { $0 = subscription }
        first.execute(read)
    }

    /// Reads no more.
    func stop() {
        subscription.withLockedValue { $0 }?.cancel()
    }

    private func takeWaiting() {
        guard let readings = subscription.withLockedValue({ $0 })?.drain(), !readings.isEmpty else { return }
        take(readings)
    }

    private func take(_ readings: [Reading<DeskEvent>]) {
        state.withLockedValue { state in
            var deliveries: [Delivery] = []
            for reading in readings {
                switch reading {
                case .event(.keyRevoked(let key)): revoke(key)
                case .event(.customerMerged(let customer)): greetAnew(customer)
                case .event(let event): state.publish(event, epoch: desk.epoch, into: &deliveries)
                case .missed:
                    deliveries.removeAll()
                    state.lose()
                    loseEverybody()
                }
            }
            hand(deliveries)
        }
    }

    private func hand(_ deliveries: [Delivery]) {
        guard !deliveries.isEmpty else { return }
        for worker in workers { worker.execute { worker.members.deliver(deliveries) } }
    }

    private func revoke(_ key: ID<APIKey>) {
        for worker in workers {
            worker.execute {
                worker.members.close(.badToken, "the key was revoked") { $0.identity == .key(key) }
            }
        }
    }

    /// Connections of a customer who is another now come back as that one.
    private func greetAnew(_ customer: ID<Customer>) {
        for worker in workers { worker.execute { worker.members.lose { $0.identity == .customer(customer) } } }
    }

    private func loseEverybody() {
        notice(.eventsMissed)
        for worker in workers { worker.execute { worker.members.loseEverybody() } }
    }
}

// MARK: Coming and going
extension RoomHub {
    /// A number for a connection that proved who it is; `nil` when the caller has as many as it may.
    func connect(_ caller: Caller, limit: Int) -> Int? {
        state.withLockedValue { state in
            guard state.connections[caller.actor, default: 0] < limit else { return nil }
            state.connections[caller.actor, default: 0] += 1
            state.lastConnection += 1
            return state.lastConnection
        }
    }

    /// The connection is gone.
    func disconnect(_ caller: Caller) {
        state.withLockedValue { state in
            guard let count = state.connections[caller.actor] else { return }
            state.connections[caller.actor] = count > 1 ? count - 1 : nil
        }
    }

    /// Comes into a room between two events; what is published from now on is delivered.
    func enter(_ room: Room, _ attendee: Roster.Attendee, since place: Position?) -> Entry {
        state.withLockedValue { state in
            let entry = state.entry(room, since: place)
            state.rosters[room, default: Roster()].add(attendee)
            hand(state.presence(of: room))
            return entry
        }
    }

    /// Goes out of a room.
    func leave(_ room: Room, connection: Int) {
        state.withLockedValue { state in
            state.rosters[room]?.remove(connection)
            if state.rosters[room]?.isEmpty == true { state.rosters[room] = nil }
            hand(state.presence(of: room))
        }
        if case .conversation(let id) = room { desk.attend(id, connection: connection, isThere: false) }
    }

    /// The desk let a connection into a room: that a customer is there is told to all of the staff.
    func settle(_ room: Room, connection: Int, _ caller: Caller) {
        guard !caller.isStaff, case .conversation(let id) = room else { return }
        desk.attend(id, connection: connection, isThere: true)
    }

    /// Who is in a room, as JSON.
    func attendance(of room: Room) -> [UInt8] {
        state.withLockedValue { ($0.rosters[room] ?? Roster()).encoded }
    }
}

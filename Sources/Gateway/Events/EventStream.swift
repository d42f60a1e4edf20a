internal import DeskAPI
internal import JSON
internal import NIOCore
internal import Vocabulary

/// Tells a client that cannot use WebSocket what happens in rooms (Server-Sent Events, WHATWG HTML section 9.2).
///
/// Each event is the object that a WebSocket would get. Its `id` says how far every room was told, so that a client
/// which comes back with `Last-Event-ID` misses nothing. Lives on its connection's loop.
final class EventStream: RoomListener {
    private(set) var number = 0
    private let plan: EventsPlan
    private let hub: RoomHub
    private let worker: Worker
    private weak var edge: EdgeHandler?
    private var outbox: Outbox
    private var places: [(room: Room, position: Position)] = []
    private var isOpen = false
    private var life: SignsOfLife

    init(_ plan: EventsPlan, hub: RoomHub, edge: EdgeHandler) {
        self.plan = plan
        self.hub = hub
        self.edge = edge
        worker = edge.worker
        let limits = worker.limits.realtime
        outbox = Outbox(maximumBytes: limits.queueBytes, maximumFrames: limits.queueFrames)
        life = SignsOfLife(pingTime: limits.pingTime, pongTime: limits.pongTime, at: .onLoop)
    }

    var caller: Caller? { plan.caller }

    /// Enters the rooms, reads what was missed, and begins to tell.
    func open(on loop: any EventLoop) {
        let limits = worker.limits.realtime
        let limit = plan.caller.isStaff ? limits.connectionsPerKey : limits.connectionsPerCustomer
        guard let number = hub.connect(plan.caller, limit: limit) else {
            edge?.refuseEvents(
                Problem(.rateLimited, "\(plan.caller.name) has \(limit) connections already", retryAfter: 5))
            return
        }
        self.number = number
        isOpen = true
        worker.members.enter(self)
        var entries: [RoomHub.Entry] = []
        for room in plan.rooms {
            let attendee = Roster.Attendee(
                connection: number, actor: plan.caller.actor, name: plan.caller.name, isStaff: plan.caller.isStaff,
                since: worker.now())
            let entry = hub.enter(room, attendee, since: plan.since[room])
            worker.members.join(room, .init(connection: self, joinedAt: entry.sequence, held: []))
            entries.append(entry)
        }
        readPast(entries, on: loop)
    }

    /// Reads from the desk what was missed, while what happens now is held back.
    private func readPast(_ entries: [RoomHub.Entry], on loop: any EventLoop) {
        let stream = NIOLoopBound(self, eventLoop: loop)
        let (rooms, since, caller, desk, worker) = (plan.rooms, plan.since, plan.caller, hub.desk, worker)
        Task {
            var pasts: [Room: JoinReply] = [:]
            for room in rooms where room.isKeptByDesk {
                switch await JoinReply.read(room, since: since[room], from: desk, as: caller) {
                case .success(let past): pasts[room] = past
                case .failure(let problem):
                    worker.execute { stream.value.refuse(problem) }
                    return
                }
            }
            let known = pasts
            worker.execute { stream.value.begin(entries, known) }
        }
    }

    private func refuse(_ problem: Problem) {
        guard isOpen else { return }
        leave()
        edge?.refuseEvents(problem)
    }

    private func begin(_ entries: [RoomHub.Entry], _ pasts: [Room: JoinReply]) {
        guard isOpen, let edge else { return }
        let joins = zip(plan.rooms, entries).map { room, entry in
            pasts[room] ?? JoinReply(room, entry, since: plan.since[room])
        }
        places = joins.map { ($0.room, $0.missed == nil ? $0.position : plan.since[$0.room] ?? $0.position) }
        edge.beginStream(EdgeResponse(status: 200, content: .events))
        put(Array("retry: \(retryTime)\n\n".utf8), .kept)
        for (join, entry) in zip(joins, entries) {
            hub.settle(join.room, connection: number, plan.caller)
            var writer = JSONWriter()
            join.write(&writer, withMissed: false)
            tell(ServerMessage.push("join", room: join.room, position: nil, data: writer.bytes), withPlaces: true)
            for missed in join.missed ?? [] { tell(missed.message, at: missed.offset, in: join.room) }
            for message in entry.present { tell(message) }
            let known = pasts[join.room]?.position.offset ?? 0
            for delivery in worker.members.release(join.room, self, knownUpTo: known) { queue(delivery) }
        }
        flush()
    }
}

// MARK: Telling
extension EventStream {
    func queue(_ delivery: Delivery) {
        let payload = ServerFrame.payload(of: delivery.frame)
        guard let offset = delivery.offset else { return put(line(payload), delivery.urgency) }
        // Nothing that has an offset is skipped: the ids of what follows would say that it was told.
        tell(payload, at: offset, in: delivery.room)
    }

    func flush() {
        edge?.context?.flush()
    }

    private func tell(_ message: some Collection<UInt8>, at offset: Int64, in room: Room) {
        if let place = places.firstIndex(where: { $0.room == room }), places[place].position.offset < offset {
            places[place].position.offset = offset
        }
        tell(message, withPlaces: true)
    }

    private func tell(_ message: some Collection<UInt8>, withPlaces: Bool = false) {
        let place = withPlaces ? "id: \(EventsPlan.text(of: places))\n" : ""
        put(Array(place.utf8) + line(message), .kept)
    }

    private func line(_ message: some Collection<UInt8>) -> [UInt8] {
        Array("data: ".utf8) + Array(message) + [10, 10]
    }

    private func put(_ bytes: [UInt8], _ urgency: Outbox.Urgency) {
        guard isOpen, let edge, let context = edge.context else { return }
        let piece = ResponseBytes.piece(bytes)
        if outbox.isEmpty, context.channel.isWritable { return edge.write(piece, context) }
        if outbox.add(piece, urgency) == .overflows {
            outbox.clear()
            close(.slow, "too much waits for this connection: connect again and resume")
        }
    }

    /// The client takes more again.
    func goOn() {
        guard let edge, let context = edge.context else { return }
        while context.channel.isWritable, let piece = outbox.next() { edge.write(piece, context) }
        context.flush()
    }

    /// Looks at the clock, keeps proxies awake, and asks whether the token still holds.
    func tick(at now: Monotonic) {
        guard isOpen, life.look(at: now) == .ping else { return }
        // Nobody answers here: that the kernel takes it is the sign of life.
        life.heard(at: now)
        put(Array(":\n\n".utf8), .passing)
        flush()
        do throws(Problem) {
            _ = try hub.desk.caller(holding: plan.token)
        } catch {
            close(.tokenExpired, error.detail)
        }
    }

    func close(_ code: CloseCode, _ reason: String) {
        guard isOpen else { return }
        let why = JSONValue.object([.init("code", .integer(Int64(code.number))), .init("reason", .string(reason))])
        let last = line(ServerMessage.push("close", room: nil, position: nil, data: Array(why.encoded.utf8)))
        var bytes = ByteBuffer()
        while var piece = outbox.next() { bytes.writeBuffer(&piece) }
        var piece = ResponseBytes.piece(last)
        bytes.writeBuffer(&piece)
        leave()
        edge?.endEvents(after: bytes)
    }

    /// The gateway stops.
    func drain() {
        close(.shutdown, retryReason)
    }

    /// Goes out of the rooms.
    func leave() {
        guard isOpen else { return }
        isOpen = false
        outbox.clear()
        for room in plan.rooms {
            worker.members.leave(room, self)
            hub.leave(room, connection: number)
        }
        worker.members.leave(self)
        hub.disconnect(plan.caller)
    }
}

internal import DeskAPI
internal import JSON
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Follows rooms of a gateway through everything: reconnects with growing pauses, resumes by offset, and says so when
/// something was missed.
final class RealtimeFeed: DeskFeed {
    private let address: GatewayAddress
    private let token: String
    private let rooms: [String]
    private let deliver: @Sendable (DeskNews) -> Void
    private let onSocket: @Sendable (RealtimeSocket?) -> Void
    private let task = NIOLockedValueBox<Task<Void, Never>?>(nil)

    init(
        address: GatewayAddress, token: String, rooms: [String], deliver: @escaping @Sendable (DeskNews) -> Void,
        onSocket: @escaping @Sendable (RealtimeSocket?) -> Void
    ) {
        self.address = address
        self.token = token
        self.rooms = rooms
        self.deliver = deliver
        self.onSocket = onSocket
    }

    deinit {
        stop()
    }

    func start() {
        let session = Session(rooms: rooms, deliver: deliver)
        let address = address
        let token = token
        let onSocket = onSocket
        task.withLockedValue { task in
            task = Task { await session.run(address, token: token, onSocket: onSocket) }
        }
    }

    func stop() {
        task.withLockedValue { $0 }?.cancel()
    }
}

/// One follower's life: connections come and go, what is known stays.
private actor Session {
    private let rooms: [String]
    private let deliver: @Sendable (DeskNews) -> Void
    private var places: [String: RoomPlace] = [:]
    private var decoder = EventDecoder()
    private var backoff = Backoff()
    private var hasBeenLive = false
    private var unjoined: Set<String> = []
    private var hasMissed = false

    init(rooms: [String], deliver: @escaping @Sendable (DeskNews) -> Void) {
        self.rooms = rooms
        self.deliver = deliver
    }

    func run(
        _ address: GatewayAddress, token: String, onSocket: @Sendable (RealtimeSocket?) -> Void
    ) async {
        deliver(.connection(.connecting))
        while !Task.isCancelled {
            do throws(SocketFailure) {
                let socket = try await RealtimeSocket.open(address, token: token)
                onSocket(socket)
                await follow(socket)
                onSocket(nil)
                guard tellEnd(socket.closeCode) else { return }
            } catch {
                guard tell(error) else { return }
            }
            guard await pause() else { return }
        }
    }

    private func follow(_ socket: RealtimeSocket) async {
        if hasBeenLive { deliver(.connection(.resyncing)) }
        unjoined = Set(rooms)
        hasMissed = false
        for (index, room) in rooms.enumerated() { socket.send(join(room, id: index + 1)) }
        await withTaskCancellationHandler {
            for await text in socket.incoming { take(text) }
        } onCancel: {
            socket.close()
        }
    }

    private func join(_ room: String, id: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("id")
            writer.integer(id)
            writer.name("op")
            writer.string("join")
            writer.name("data")
            writer.object { writer in
                writer.name("room")
                writer.string(room)
                guard let place = places[room] else { return }
                writer.name("since")
                place.write(to: &writer)
            }
        }
        return writer.bytes
    }

    private func take(_ text: [UInt8]) {
        guard let json = try? JSONParser.parse(text, maximumDepth: 64) else { return }
        if let id = json["id"]?.wholeNumber, rooms.indices.contains(Int(id) - 1) {
            joined(rooms[Int(id) - 1], json)
        } else {
            pushed(json)
        }
    }

    /// The answer to a join: what was missed, or that it is not known.
    private func joined(_ room: String, _ json: JSONValue) {
        if let answer = json["ok"] {
            if places[room] != nil, answer["recovered"]?.boolean != true { hasMissed = true }
            if let place = RoomPlace(answer) { places[room] = place }
            for missed in answer["missed"]?.elements ?? [] { pushed(missed) }
        }
        // A room that this role may not enter is no reason to do without the others.
        unjoined.remove(room)
        guard unjoined.isEmpty else { return }
        if hasBeenLive && hasMissed { deliver(.missed) }
        hasBeenLive = true
        backoff.reset()
        deliver(.connection(.live))
    }

    private func pushed(_ json: JSONValue) {
        if let room = json["room"]?.text, let place = RoomPlace(json) { places[room] = place }
        guard let name = json["event"]?.text, let data = json["data"] else { return }
        if let event = decoder.event(name, data) { deliver(.event(event)) }
    }

    /// Tells why a connection ended; false when it is no use to try again.
    private func tellEnd(_ code: UInt16?) -> Bool {
        guard let code, (4450...4499).contains(code) else {
            offline("the gateway ended the connection")
            return true
        }
        deliver(
            .connection(
                .refused(reason: code == 4451 ? "the key was revoked" : "the gateway refuses this console (\(code))")))
        return false
    }

    private func tell(_ failure: SocketFailure) -> Bool {
        switch failure {
        case .refused(status: 401), .refused(status: 403):
            deliver(.connection(.refused(reason: "the gateway does not know this key, or it may not follow the desk")))
            return false
        case .refused(let status): offline("the gateway answered \(status)")
        case .unreachable: offline("the gateway cannot be reached")
        }
        return true
    }

    private func offline(_ reason: String) {
        guard !Task.isCancelled else { return }
        deliver(.connection(.offline(reason: reason, retrySeconds: Int(backoff.next().inSeconds.rounded(.up)))))
    }

    private func pause() async -> Bool {
        do {
            try await Task.sleep(for: backoff.current)
            return true
        } catch {
            return false
        }
    }
}

/// A place in a room's stream of events.
private struct RoomPlace {
    let offset: Int64
    let epoch: String

    init?(_ json: JSONValue) {
        guard let offset = json["offset"]?.wholeNumber, let epoch = json["epoch"]?.text else { return nil }
        self.offset = offset
        self.epoch = epoch
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("offset")
            writer.integer(offset)
            writer.name("epoch")
            writer.string(epoch)
        }
    }
}

/// Pauses between attempts: full jitter over a window that doubles from half a second to twenty seconds.
private struct Backoff {
    private var window = 0.5
    private(set) var current = Duration.zero

    mutating func next() -> Duration {
        current = .seconds(Double.random(in: 0.1...window))
        window = min(20, window * 2)
        return current
    }

    mutating func reset() {
        window = 0.5
        current = .zero
    }
}

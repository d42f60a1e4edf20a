internal import DeskAPI
internal import Vocabulary

/// Who is in which room, of one event loop; only touched on that loop.
final class RoomMembers {
    /// A connection's place in a room.
    struct Member {
        let connection: any RoomListener
        /// What was published up to here is known to the member from elsewhere.
        var joinedAt: UInt64
        /// What arrives while the past is still being read; `nil` afterwards.
        var held: [Delivery]?
        /// The offset up to which the member has everything from the past that was read.
        var known: Int64 = 0

        /// Whether the member does not have it yet: what is committed may be read before it is published.
        func lacks(_ delivery: Delivery) -> Bool {
            delivery.sequence > joinedAt && delivery.offset.map { $0 > known } ?? true
        }
    }

    private var rooms: [Room: [Int: Member]] = [:]
    private var connections: [Int: any RoomListener] = [:]

    /// Deliveries that may wait for a member whose past is being read.
    static let maximumHeld = 2048

    func enter(_ connection: any RoomListener) {
        connections[connection.number] = connection
    }

    func leave(_ connection: any RoomListener) {
        connections[connection.number] = nil
    }

    func join(_ room: Room, _ member: Member) {
        rooms[room, default: [:]][member.connection.number] = member
    }

    func leave(_ room: Room, _ connection: any RoomListener) {
        rooms[room]?[connection.number] = nil
        if rooms[room]?.isEmpty == true { rooms[room] = nil }
    }

    /// The past is read, up to an offset: gives what was held back meanwhile and lies behind it; from now on deliveries
    /// go straight to the member.
    func release(_ room: Room, _ connection: any RoomListener, knownUpTo offset: Int64) -> [Delivery] {
        guard var member = rooms[room]?[connection.number], let held = member.held else { return [] }
        (member.held, member.known) = (nil, offset)
        rooms[room]?[connection.number] = member
        return held.filter(member.lacks)
    }

    /// Gives deliveries to the members of their rooms, and sends once to each.
    func deliver(_ deliveries: [Delivery]) {
        var touched: [Int: any RoomListener] = [:]
        for delivery in deliveries {
            guard let members = rooms[delivery.room] else { continue }
            for (number, member) in members where member.lacks(delivery) {
                guard member.connection.wants(delivery) else { continue }
                if let held = member.held {
                    hold(delivery, for: member, held.count)
                } else {
                    member.connection.queue(delivery)
                    touched[number] = member.connection
                }
            }
        }
        for connection in touched.values { connection.flush() }
    }

    private func hold(_ delivery: Delivery, for member: Member, _ count: Int) {
        guard count < RoomMembers.maximumHeld else {
            return member.connection.close(.lostPosition, "too much happened while the past was read")
        }
        rooms[delivery.room]?[member.connection.number]?.held?.append(delivery)
    }

    /// Ends the connections that a condition names.
    func close(_ code: CloseCode, _ reason: String, where condition: (Caller) -> Bool) {
        for connection in Array(connections.values) {
            if let caller = connection.caller, condition(caller) { connection.close(code, reason) }
        }
    }

    /// Events were missed: everybody has to read anew, not all at the same moment.
    func loseEverybody() { lose { _ in true } }

    /// Those that a condition names have to read anew.
    func lose(where condition: (Caller) -> Bool) {
        for connection in Array(connections.values) {
            if let caller = connection.caller, condition(caller) { connection.lose() }
        }
    }
}

internal import JSON
internal import NIOConcurrencyHelpers

/// How far each room was heard, and whether those that tell something every second are left for a while.
final class RoomPlaces: Sendable {
    /// Where a room's newest event stands that was heard.
    struct Place {
        var offset: Int64
        var epoch: String
    }

    /// Rooms in which something is said every second, and the newest is what counts.
    private static let busyRooms: Set<String> = ["hosts", "status"]

    /// In the order they are joined; the request's `id` is the place in this list, from 1.
    let rooms: [String]
    private let state = NIOLockedValueBox(State())

    private struct State {
        var places: [String: Place] = [:]
        var isResting = false
    }

    init(rooms: [String]) {
        self.rooms = rooms
    }

    subscript(room: String) -> Place? {
        get { state.withLockedValue { $0.places[room] } }
        set { state.withLockedValue { $0.places[room] = newValue } }
    }

    /// Whether nobody looks now.
    var isResting: Bool { state.withLockedValue { $0.isResting } }

    /// What a new connection says: joins every room, and leaves again those that are not to be heard now.
    var greeting: [String] {
        let frames = rooms.indices.map(join)
        return isResting ? frames + leaveBusy() : frames
    }

    /// Begins or ends a rest; what is to be said for it.
    func rest(_ isResting: Bool) -> [String] {
        state.withLockedValue { $0.isResting = isResting }
        return isResting ? leaveBusy() : busy.map(join)
    }

    /// What is to be said in a rest to hear what was missed in it.
    func catchUp() -> [String] { busy.flatMap { [join($0), leave($0)] } }

    private var busy: [Int] { rooms.indices.filter { RoomPlaces.busyRooms.contains(rooms[$0]) } }

    private func leaveBusy() -> [String] { busy.map(leave) }

    private func join(_ index: Int) -> String {
        var data = [JSONValue.Member("room", .string(rooms[index]))]
        if let place = self[rooms[index]] {
            data.append(.init("since", ["offset": .integer(place.offset), "epoch": .string(place.epoch)]))
        }
        return Request.frame(index + 1, "join", data)
    }

    private func leave(_ index: Int) -> String {
        // An `id` that is none of a join: its reply says nothing that matters.
        Request.frame(rooms.count + index + 1, "leave", [JSONValue.Member("room", .string(rooms[index]))])
    }
}

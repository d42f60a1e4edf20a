internal import DeskAPI
internal import NIOHTTP1
internal import Vocabulary

/// What a request for Server-Sent Events asks for: who, which rooms, from where on.
struct EventsPlan {
    /// The address.
    static let path: Substring = "/v1/events"
    /// Rooms that one answer may be about.
    static let maximumRooms = 8

    let caller: Caller
    let token: String
    let rooms: [Room]
    /// What was seen of each before.
    let since: [Room: Position]

    /// Reads the request.
    ///
    /// - Throws: a problem that names the field.
    init(_ request: EdgeRequest, query: String, router: Router) throws(EdgeProblem) {
        guard let token = try Bearer.token(of: request) else {
            throw EdgeProblem(Problem(.unauthenticated, "give a token: Authorization: Bearer TOKEN"))
        }
        self.token = token
        caller = try router.caller(of: request)
        var names = ""
        var place = try request.single("last-event-id")
        for item in try AddressText.items(of: query[...]) {
            switch item.name {
            case "rooms": names = item.value
            case "since": place = place ?? item.value
            default: throw EdgeProblem(Problem(FieldFault("is not known; there are rooms and since").at(item.name)))
            }
        }
        do throws(Problem) {
            rooms = try EventsPlan.rooms(names, for: caller)
            since = try EventsPlan.places(place ?? "", for: caller)
        } catch {
            throw EdgeProblem(error)
        }
    }

    private static func rooms(_ names: String, for caller: Caller) throws(Problem) -> [Room] {
        var rooms: [Room] = []
        for name in names.split(separator: ",") {
            let room: Room
            do throws(Problem) { room = try Room(named: String(name), for: caller) } catch {
                throw Problem(
                    FieldFault("must be \(Room.forms), divided by commas").at("rooms"))
            }
            guard caller.may(room.scope), !room.isForStaff || caller.isStaff else {
                throw Problem(.forbidden, "\(caller.name) may not be in \(room.name)")
            }
            if !rooms.contains(room) { rooms.append(room) }
        }
        guard (1...maximumRooms).contains(rooms.count) else {
            throw Problem(FieldFault("must name 1 to \(maximumRooms) rooms, such as c:42,inbox:main").at("rooms"))
        }
        return rooms
    }

    /// The `id` of an event: how far each room was told, `ROOM/EPOCH/OFFSET` divided by commas.
    static func text(of places: [(room: Room, position: Position)]) -> String {
        places.map { "\($0.room.name)/\($0.position.epoch)/\($0.position.offset)" }.joined(separator: ",")
    }

    private static func places(_ text: String, for caller: Caller) throws(Problem) -> [Room: Position] {
        var places: [Room: Position] = [:]
        for item in text.split(separator: ",") {
            let parts = item.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 3, let offset = Int64(parts[2]), offset >= 0, parts[1].utf8.count <= 100 else {
                throw Problem(FieldFault("must be the id of an event that was sent here").at("since"))
            }
            var position = Position()
            (position.offset, position.epoch) = (offset, String(parts[1]))
            places[try Room(named: String(parts[0]), for: caller)] = position
        }
        return places
    }
}

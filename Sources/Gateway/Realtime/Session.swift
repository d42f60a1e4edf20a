internal import DeskAPI
internal import Vocabulary

/// What is known of a connection that proved who it is; pure.
struct Session {
    /// A room the connection is in.
    struct Place {
        /// Up to where everything was read, as the client says.
        var read: Int64 = 0
    }

    let caller: Caller
    /// What proves it; another one of the same caller may take its place.
    var token: String
    /// When the token was looked at last: it may expire, whatever is said on the connection.
    var tokenSeen: Monotonic
    private let limits: RealtimeLimits
    private(set) var places: [Room: Place] = [:]
    /// What the client said it is doing; told again as long as the connection lives.
    var presence: SetPresence?
    private var budget: OperationBudget
    private var patience: OperationBudget
    private var pending: Set<UInt32> = []
    private var typed: [Room: Monotonic] = [:]

    /// Of typing, one in three seconds is passed on.
    static let typingTime = Duration.seconds(3)

    init(caller: Caller, token: String, limits: RealtimeLimits, at now: Monotonic) {
        self.caller = caller
        self.token = token
        tokenSeen = now
        self.limits = limits
        let rate = caller.isStaff ? limits.staffRate : limits.customerRate
        budget = OperationBudget(rate: rate, burst: 2 * rate, at: now)
        patience = OperationBudget(rate: 1, burst: 100, at: now)
    }

    /// Whether one more request is granted; gives the milliseconds to wait otherwise.
    mutating func spend(at now: Monotonic) -> Int64? { budget.take(at: now) }

    /// A request was faulty; `false` when there were too many of them.
    mutating func forgive(at now: Monotonic) -> Bool { patience.take(at: now) == nil }

    /// Takes note of a request's `id`; `false` when one with the same is still unanswered.
    mutating func begin(_ id: UInt32?) -> Bool {
        guard let id else { return true }
        return pending.insert(id).inserted
    }

    /// The request is answered.
    mutating func finish(_ id: UInt32?) {
        if let id { pending.remove(id) }
    }

    /// Whether the connection is in a room.
    func isIn(_ room: Room) -> Bool { places[room] != nil }

    /// Checks that the caller may be in a room, whatever happens there.
    ///
    /// - Throws: the problem the client is told.
    func checkJoin(_ room: Room) throws(Problem) {
        guard caller.may(room.scope), !room.isForStaff || caller.isStaff else {
            throw Problem(.forbidden, "\(caller.name) may not be in \(room.name)")
        }
        guard places[room] == nil else { throw Problem(.malformed, "this connection is in \(room.name) already") }
        guard places.count < limits.rooms else {
            throw Problem(.rateLimited, "one connection may be in at most \(limits.rooms) rooms")
        }
    }

    mutating func join(_ room: Room) {
        places[room] = Place()
    }

    /// `false` when the connection was not there.
    mutating func leave(_ room: Room) -> Bool { places.removeValue(forKey: room) != nil }

    /// Moves the mark of what was read, never back; gives where it is.
    mutating func read(_ room: Room, to offset: Int64) -> Int64? {
        guard let place = places[room] else { return nil }
        let moved = max(place.read, offset)
        places[room]?.read = moved
        return moved
    }

    /// Whether typing is passed on now.
    mutating func type(in room: Room, at now: Monotonic) -> Bool {
        if let last = typed[room], now - last < Session.typingTime { return false }
        if typed.count > 64 { typed.removeAll() }
        typed[room] = now
        return true
    }
}

internal import DeskAPI
internal import Vocabulary

/// Which conversations have their customer connected, and since when the others are gone; pure.
///
/// Who comes back within the grace of a broken connection was never gone: a page that is loaded anew is no coming and
/// going. Those who are gone are remembered for a day, the last ``goneLimit`` of them.
struct CustomerBook: Equatable, Sendable {
    private struct Visit: Equatable {
        var connections: Set<Int> = []
        /// Since when they are there; when they went, once that counts.
        var since: Timestamp
        /// When the last connection ended.
        var leftAt: Timestamp?
        var isGone = false
    }

    /// How long a departure is remembered.
    static let memory = Duration.seconds(86_400)
    /// The most departures that are remembered.
    static let goneLimit = 4096

    private var visits: [ID<Conversation>: Visit] = [:]
    /// When the first departure counts.
    private var nextExpiry: Timestamp?

    /// A connection of the customer is there; returns whether that is news.
    mutating func come(_ connection: Int, to id: ID<Conversation>, at now: Timestamp) -> Bool {
        var visit = visits[id] ?? Visit(since: now, isGone: true)
        let isNews = visit.isGone
        if isNews { visit.since = now }
        (visit.leftAt, visit.isGone) = (nil, false)
        visit.connections.insert(connection)
        visits[id] = visit
        return isNews
    }

    /// A connection of the customer ended.
    mutating func leave(_ connection: Int, from id: ID<Conversation>, at now: Timestamp) {
        guard visits[id]?.connections.remove(connection) != nil, visits[id]?.connections.isEmpty == true else { return }
        visits[id]?.leftAt = now
        let until = now + PresenceBook.grace
        nextExpiry = nextExpiry.map { min($0, until) } ?? until
    }

    /// Lets departures count whose grace is over; returns of whom that is news.
    mutating func expire(at now: Timestamp) -> Set<ID<Conversation>> {
        guard let nextExpiry, nextExpiry <= now else { return [] }
        var gone: Set<ID<Conversation>> = []
        for (id, visit) in visits {
            guard let leftAt = visit.leftAt, !visit.isGone, leftAt + PresenceBook.grace <= now else { continue }
            visits[id]?.since = leftAt
            visits[id]?.isGone = true
            gone.insert(id)
        }
        forgetOldest(at: now)
        let waiting = visits.values.filter { !$0.isGone }.compactMap(\.leftAt).min()
        self.nextExpiry = waiting.map { $0 + PresenceBook.grace }
        return gone
    }

    private mutating func forgetOldest(at now: Timestamp) {
        visits = visits.filter { !$0.value.isGone || now - $0.value.since < CustomerBook.memory }
        let gone = visits.filter(\.value.isGone)
        guard gone.count > CustomerBook.goneLimit else { return }
        let oldest = gone.sorted { ($0.value.since, $0.key.number) < ($1.value.since, $1.key.number) }
        for (id, _) in oldest.prefix(gone.count - CustomerBook.goneLimit) { visits[id] = nil }
    }

    /// The conversation was deleted.
    mutating func forget(_ id: ID<Conversation>) { visits[id] = nil }

    /// Whether the customer of a conversation is there; `nil` when that is not known.
    func presence(of id: ID<Conversation>) -> CustomerPresence? {
        visits[id].map { CustomerPresence(id, isOnline: !$0.isGone, since: $0.since) }
    }

    /// All that is known, by conversation.
    var all: [CustomerPresence] {
        visits.keys.sorted { $0.number < $1.number }.compactMap(presence)
    }
}

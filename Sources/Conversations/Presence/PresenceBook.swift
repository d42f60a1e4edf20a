internal import DeskAPI
internal import Vocabulary

/// Which devices of which colleagues are there, and what each shows; pure.
///
/// A device counts for ``lifetime`` after its last word. One that was cut off counts for ``grace``, so that a broken
/// connection that comes back at once is no coming and going.
struct PresenceBook: Equatable, Sendable {
    private struct Device: Equatable {
        var name: String
        var state: PresenceState
        var viewing: ID<Conversation>?
        var since: Timestamp
        /// Since when it shows what it shows.
        var viewingSince: Timestamp
        var until: Timestamp
    }

    private struct Person: Equatable {
        var name: String
        /// Whether they may take conversations.
        var mayAnswer = true
        var devices: [Device] = []
    }

    /// How long a device counts without another word.
    static let lifetime = Duration.seconds(60)
    /// How long a device counts whose connection broke.
    static let grace = Duration.seconds(10)
    /// The most devices of one person; beyond it the one that was silent longest goes.
    static let deviceLimit = 20

    private var people: [String: Person] = [:]
    /// When the first device stops to count.
    private(set) var nextExpiry: Timestamp?

    /// Takes note of what a device says of itself.
    ///
    /// - Returns: the conversations whose viewers are others now.
    mutating func set(
        _ request: SetPresence, of actor: String, named name: String, mayAnswer: Bool = true, at now: Timestamp
    ) -> Set<ID<Conversation>> {
        change([actor]) { book in
            var person = book.people[actor] ?? Person(name: name)
            (person.name, person.mayAnswer) = (name, mayAnswer)
            let known = person.devices.firstIndex { $0.name == request.device }
            guard request.state != .gone else {
                if let known { person.devices.remove(at: known) }
                book.people[actor] = person.devices.isEmpty ? nil : person
                return
            }
            var device = Device(
                name: request.device, state: request.state, viewing: request.viewing, since: now, viewingSince: now,
                until: now + PresenceBook.lifetime)
            if let known {
                let before = person.devices[known]
                device.since = before.since
                if before.viewing == device.viewing { device.viewingSince = before.viewingSince }
                person.devices[known] = device
            } else {
                if person.devices.count >= PresenceBook.deviceLimit,
                    let oldest = person.devices.indices.min(by: { person.devices[$0].until < person.devices[$1].until })
                {
                    person.devices.remove(at: oldest)
                }
                person.devices.append(device)
            }
            book.people[actor] = person
        }
    }

    /// The connection of a device broke: it counts a little longer.
    mutating func cutOff(_ device: String, of actor: String, at now: Timestamp) {
        guard let place = people[actor]?.devices.firstIndex(where: { $0.name == device }) else { return }
        people[actor]?.devices[place].until = now + PresenceBook.grace
        findNextExpiry()
    }

    /// Everything of a person goes, such as when their key is revoked.
    mutating func dismiss(_ actor: String) -> Set<ID<Conversation>> {
        change([actor]) { $0.people[actor] = nil }
    }

    /// Forgets the devices that fell silent.
    mutating func expire(at now: Timestamp) -> Set<ID<Conversation>> {
        guard let nextExpiry, nextExpiry <= now else { return [] }
        let silent = people.filter { $0.value.devices.contains { $0.until <= now } }.keys
        return change(Set(silent)) { book in
            for actor in silent {
                book.people[actor]?.devices.removeAll { $0.until <= now }
                if book.people[actor]?.devices.isEmpty == true { book.people[actor] = nil }
            }
        }
    }

    /// Whether anybody is there who may answer customers.
    var isAttended: Bool { people.values.contains(where: \.mayAnswer) }

    /// Everybody who is there, by name.
    var present: [Presence] {
        people.map { actor, person in
            var presence = Presence()
            (presence.user, presence.name) = (actor, person.name)
            presence.state = .liveliest(of: person.devices.map(\.state))
            presence.devices = person.devices.map { device in
                var present = PresentDevice()
                (present.device, present.state) = (device.name, device.state)
                (present.viewing, present.since) = (device.viewing, device.since)
                return present
            }
            return presence
        }.sorted { ($0.name, $0.user) < ($1.name, $1.user) }
    }

    /// Who has a conversation before their eyes, whoever came first standing first.
    func viewers(of conversation: ID<Conversation>) -> [ConversationViewer] {
        people.compactMap { actor, person in
            let devices = person.devices.filter { $0.viewing == conversation }
            guard let since = devices.map(\.viewingSince).min() else { return nil }
            var viewer = ConversationViewer()
            (viewer.user, viewer.name, viewer.since) = (actor, person.name, since)
            viewer.state = .liveliest(of: devices.map(\.state))
            return viewer
        }.sorted { ($0.since, $0.user) < ($1.since, $1.user) }
    }

    /// Changes what is known of these people, and says whose viewers are others by it.
    private mutating func change(
        _ actors: Set<String>, _ body: (inout PresenceBook) -> Void
    ) -> Set<ID<Conversation>> {
        let before = seen(by: actors)
        body(&self)
        findNextExpiry()
        let after = seen(by: actors)
        return Set(before.merging(after) { one, other in one == other ? [] : other }.filter { !$0.value.isEmpty }.keys)
    }

    /// What these people have before their eyes, and how.
    private func seen(by actors: Set<String>) -> [ID<Conversation>: [String]] {
        var seen: [ID<Conversation>: [String]] = [:]
        for actor in actors.sorted() {
            guard let person = people[actor] else { continue }
            for conversation in Set(person.devices.compactMap(\.viewing)) {
                let showing = person.devices.filter { $0.viewing == conversation }
                let state = PresenceState.liveliest(of: showing.map(\.state))
                seen[conversation, default: []].append("\(actor) \(person.name) \(state.rawValue)")
            }
        }
        return seen
    }

    private mutating func findNextExpiry() {
        nextExpiry = people.values.lazy.flatMap(\.devices).map(\.until).min()
    }
}

internal import JSON
internal import Vocabulary

/// Who is in a room: one entry for each person, however many devices.
struct Roster {
    /// One connection of somebody.
    struct Attendee: Sendable {
        let connection: Int
        let actor: String
        let name: String
        let isStaff: Bool
        let since: Timestamp
    }

    private var attendees: [Int: Attendee] = [:]
    private(set) var staff = 0

    /// People that one answer names; the rest is only counted.
    static let maximumNamed = 50

    var isEmpty: Bool { attendees.isEmpty }
    var customers: Int { attendees.count - staff }

    mutating func add(_ attendee: Attendee) {
        remove(attendee.connection)
        attendees[attendee.connection] = attendee
        if attendee.isStaff { staff += 1 }
    }

    mutating func remove(_ connection: Int) {
        guard let gone = attendees.removeValue(forKey: connection) else { return }
        if gone.isStaff { staff -= 1 }
    }

    /// Who is there: `{"count": 2, "users": [{"user": "u:3", "name": "ana", "devices": 1, "since": …}]}`.
    var encoded: [UInt8] {
        let people = Dictionary(grouping: attendees.values, by: \.actor).values.compactMap { devices in
            devices.min { $0.since < $1.since }.map { (first: $0, devices: devices.count) }
        }
        let sorted = people.sorted { ($0.first.since, $0.first.connection) < ($1.first.since, $1.first.connection) }
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("count")
            writer.integer(people.count)
            writer.name("users")
            writer.array { writer in
                for person in sorted.prefix(Roster.maximumNamed) {
                    Roster.write(person.first, devices: person.devices, to: &writer)
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ person: Attendee, devices: Int, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("user")
            writer.string(person.actor)
            writer.name("name")
            writer.string(person.name)
            writer.name("devices")
            writer.integer(devices)
            writer.name("since")
            writer.string(person.since.rfc3339)
        }
    }
}

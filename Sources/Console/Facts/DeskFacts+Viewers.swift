internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension DeskFacts {
    /// Takes who has a conversation before their eyes; the console's own person is no news.
    mutating func take(_ record: ConversationViewers) {
        let others = record.viewers.filter { $0.user != actor }.map { viewer in
            Viewer(name: SafeText(untrusted: viewer.name, limit: 80).oneLine, state: viewer.state)
        }
        viewers[record.conversation] = others.isEmpty ? nil : others
    }

    /// Takes everybody who is there, in place of what was known.
    mutating func take(present people: [Presence]) -> [FactChange] {
        viewers = [:]
        for person in people where person.user != actor {
            let name = SafeText(untrusted: person.name, limit: 80).oneLine
            let viewing = Dictionary(grouping: person.devices.filter { $0.viewing != nil }, by: \.viewing)
            for case (let conversation?, let devices) in viewing {
                let state = PresenceState.liveliest(of: devices.map(\.state))
                viewers[conversation, default: []].append(Viewer(name: name, state: state))
            }
        }
        return [.conversations]
    }
}

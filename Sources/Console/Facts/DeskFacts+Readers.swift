internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension DeskFacts {
    /// How far one of the staff has read a conversation.
    struct Reader: Equatable, Sendable {
        /// Who, such as `u:3`; ``ReadMark/everybody`` for what all had read before each had a mark.
        let user: String
        let name: SafeText
        let offset: Int64
        let at: Timestamp

        init(_ mark: ReadMark) {
            (user, offset, at) = (mark.user, mark.offset, mark.at)
            name = SafeText(untrusted: mark.name, limit: 80).oneLine
        }
    }

    /// Takes how far people have read; answers and events may overtake each other, and no mark goes back.
    mutating func take(_ marks: [ReadMark], of id: ID<Conversation>) {
        for mark in marks {
            let place = readers[id]?.firstIndex { $0.user == mark.user }
            guard let place else {
                readers[id, default: []].append(Reader(mark))
                continue
            }
            if let known = readers[id]?[place], known.offset < mark.offset { readers[id]?[place] = Reader(mark) }
        }
    }

    /// How far the console's person has read a conversation on any device, as the desk knows.
    func ownMark(in id: ID<Conversation>) -> Int64 {
        readers[id]?.lazy.filter { $0.user == actor || $0.user == ReadMark.everybody }.map(\.offset).max() ?? 0
    }

    /// Colleagues with what they have read of a conversation, whoever read last standing first.
    func colleagues(reading id: ID<Conversation>) -> [Reader] {
        (readers[id] ?? []).filter { $0.user != actor && $0.user != ReadMark.everybody }.sorted {
            ($1.at, $0.user) < ($0.at, $1.user)
        }
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Up to which entry of a transcript the others have read.
struct SeenMarks {
    /// One who has read up to somewhere.
    struct Mark {
        let name: SafeText
        let offset: Int64
        /// When; `nil` for the customer, of whom it is not known.
        let at: Timestamp?
        fileprivate let isCustomer: Bool
    }

    private let marks: [Mark]

    init(_ id: ID<Conversation>, _ facts: DeskFacts) {
        var marks = facts.colleagues(reading: id).map {
            Mark(name: $0.name, offset: $0.offset, at: $0.at, isCustomer: false)
        }
        if let row = facts.conversations[id], row.customerReadOffset > 0 {
            marks.insert(
                Mark(name: row.customerName, offset: row.customerReadOffset, at: nil, isCustomer: true), at: 0)
        }
        self.marks = marks
    }

    /// Who has read up to an entry and no further; that the writer has read their own words tells nobody anything.
    func marks(of entry: TranscriptEntry, before next: TranscriptEntry?) -> [Mark] {
        marks.filter { mark in
            mark.offset >= entry.offset && mark.offset < next?.offset ?? .max
                && !(mark.isCustomer ? entry.author == .customer : isOwn(entry, mark))
        }
    }

    private func isOwn(_ entry: TranscriptEntry, _ mark: Mark) -> Bool {
        (entry.author == .agent || entry.author == .note) && entry.authorName == mark.name
    }
}

extension TranscriptWriter {
    /// People that one line names; of the others only the number.
    private static let named = 4

    /// The line behind an entry that tells who has read up to it.
    func seen(_ marks: [SeenMarks.Mark]) -> [TranscriptLine] {
        guard !marks.isEmpty else { return [] }
        var names = marks.prefix(TranscriptWriter.named).map { mark in
            mark.at.map { "\(mark.name) \(moment($0))" as SafeText } ?? mark.name
        }
        if marks.count > names.count { names.append("\(marks.count - names.count) more") }
        return [TranscriptLine(text: StyledText("seen by \(names.joined(separator: ", "))", .muted))]
    }

    private func moment(_ moment: Timestamp) -> SafeText {
        let (local, now) = (scene.local(moment), scene.local(scene.now))
        return local.day == now.day ? local.clock : local.dateAndClock(on: now)
    }
}

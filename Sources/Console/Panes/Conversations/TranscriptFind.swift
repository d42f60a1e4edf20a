internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Looking for words in the transcript that is read: the newest that holds them comes into sight while they are typed.
struct TranscriptFind: Equatable, Sendable {
    var field = TextField(hint: "words in this transcript; ↑ older, ↓ newer", limit: 80)
    /// The entry that was found.
    private(set) var place: Int64?
    /// Where the transcript stood before.
    let before: TranscriptAnchor?
    /// Whether older pages are read because none of those that are there holds the words.
    private(set) var isReading = false

    init(from anchor: TranscriptAnchor?) {
        before = anchor
    }

    /// The entries that hold the words, oldest first.
    func matches(in transcript: Transcript) -> [Int64] {
        guard !field.isEmpty else { return [] }
        let pattern = FilterPattern(field.text.text)
        return transcript.entries.filter { $0.author != .system && pattern.accepts([$0.text.text]) }.map(\.offset)
    }

    /// The words are others: the newest that holds them counts.
    mutating func look(in transcript: Transcript) {
        place = nil
        settle(matches(in: transcript).last, in: transcript)
    }

    /// Goes to the next older or newer one.
    mutating func move(older: Bool, in transcript: Transcript) {
        let all = matches(in: transcript)
        guard let place else { return settle(all.last, in: transcript) }
        if older {
            settle(all.last { $0 < place }, in: transcript)
        } else if let next = all.first(where: { $0 > place }) {
            (self.place, isReading) = (next, false)
        }
    }

    /// Older pages came.
    mutating func goOn(in transcript: Transcript) {
        guard isReading else { return }
        let limit = place ?? .max
        settle(matches(in: transcript).last { $0 < limit }, in: transcript)
    }

    private mutating func settle(_ found: Int64?, in transcript: Transcript) {
        if let found { place = found }
        isReading = found == nil && transcript.hasOlder && !field.isEmpty
    }

    /// Draws the line over the transcript's last one.
    func draw(_ transcript: Transcript?, in rect: Rect, on frame: inout Frame) {
        let line = rect.bottom(1)
        frame.fill(line)
        frame.write("/ ", in: line.left(2), .accent, .bold)
        let all = transcript.map(matches) ?? []
        let number = place.flatMap { place in all.firstIndex(of: place) }.map { all.count - $0 }
        let words: SafeText =
            field.isEmpty
            ? "" : isReading ? "reading older …" : number.map { "\($0) of \(all.count)" } ?? "nothing found"
        field.draw(in: line.droppingLeft(2).droppingRight(words.columns + 2), isFocused: true, on: &frame)
        frame.write(words, in: line, number == nil && !isReading ? .warning : .dim, align: .right)
    }
}

extension ConversationsPane {
    /// A key while words are looked for.
    static func find(_ key: Key, _ state: inout State, _ turn: inout Turn) {
        guard let id = state.opened, let transcript = turn.facts.transcripts[id], state.find != nil else { return }
        switch key {
        case .up: state.find?.move(older: true, in: transcript)
        case .down: state.find?.move(older: false, in: transcript)
        default:
            guard state.find?.field.take(key) == .edited else { return }
            state.find?.look(in: transcript)
        }
        showFound(id, transcript, &state, &turn)
    }

    /// Entries came: the search goes on where it was.
    static func goOnFinding(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        guard state.opened == id, state.find?.isReading ?? false, let transcript = turn.facts.transcripts[id] else {
            return
        }
        state.find?.goOn(in: transcript)
        showFound(id, transcript, &state, &turn)
    }

    /// Older pages are read while it is not there.
    private static func showFound(
        _ id: ID<Conversation>, _ transcript: Transcript, _ state: inout State, _ turn: inout Turn
    ) {
        guard let find = state.find else { return }
        if find.isReading { readOlder(id, &turn) }
        guard let place = find.place else { return }
        state.anchor = transcript.anchor(around: place)
    }
}

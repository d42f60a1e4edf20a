internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The silences that hold or will, over the list of alerts.
struct SilencesSheet: Equatable, Sendable {
    private(set) var list = ListState<ID<Silence>>()
    private var silences: [ID<Silence>: Silence] = [:]
    private(set) var isRead = false
    private(set) var fault: SafeText?

    /// The silence under the cursor.
    var chosen: Silence? { list.cursor.flatMap { silences[$0] } }

    /// Takes the silences as the desk has them.
    mutating func take(_ found: [Silence]) {
        silences = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        list.take(found.sorted { ($0.endsAt, $0.id) < ($1.endsAt, $1.id) }.map(\.id))
        list.showAll()
        (isRead, fault) = (true, nil)
    }

    /// One ended.
    mutating func end(_ id: ID<Silence>) {
        silences[id] = nil
        list.take(list.rows.filter { $0 != id })
    }

    mutating func refuse(_ problem: Problem) {
        fault = SafeText(untrusted: problem.detail, limit: 200).oneLine
    }

    mutating func move(_ move: ListMove, page: Int) {
        list.move(move, page: page)
    }

    func draw(_ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let count: SafeText = isRead ? "\(list.rows.count)" : "reading …"
        let inside = Tile(
            "Silences", state: StyledText(count, .dim), footer: StyledText("S ends one · Esc back", .dim),
            isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        let table = Table(
            [
                Table.Column("#", width: 4, align: .right), Table.Column("ends in", width: 9, align: .right),
                Table.Column("by", width: 12, priority: 2), Table.Column("what", width: 24, stretch: 3),
                Table.Column("why", width: 12, stretch: 2, priority: 1),
            ], empty: empty)
        let window = list.window(rows: table.visibleRows(in: inside))
        table.draw(
            count: list.rows.count, first: window.lowerBound, selected: list.cursorIndex, in: inside, on: &frame
        ) { index in
            silences[list.rows[index]].map { cells($0, scene) } ?? []
        }
    }

    private var empty: SafeText {
        if let fault { return "The silences could not be read: \(fault)" }
        return isRead
            ? "No silences. S in the list keeps an alert, its rule or its host quiet for some time."
            : "Reading the silences …"
    }

    private func cells(_ silence: Silence, _ scene: Scene) -> [StyledText] {
        let isFuture = silence.startsAt > scene.now
        let left = isFuture ? "not yet" as SafeText : "\((silence.endsAt - scene.now).age)"
        return [
            StyledText("\(silence.id)", .dim), StyledText(left, isFuture ? .dim : .strong),
            StyledText(SafeText(untrusted: silence.author, limit: 60).oneLine),
            StyledText(SafeText(untrusted: silence.matchers.joined(separator: ", "), limit: 300).oneLine),
            StyledText(SafeText(untrusted: silence.comment, limit: 300).oneLine, .note),
        ]
    }
}

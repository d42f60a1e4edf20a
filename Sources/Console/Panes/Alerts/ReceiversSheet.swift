internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Who is told of alerts and how that goes, over the list of alerts.
struct ReceiversSheet: Equatable, Sendable {
    private(set) var list = ListState<String>()
    private var receivers: [String: NotifyReceiver] = [:]
    private(set) var isRead = false
    private(set) var fault: SafeText?
    /// What came of the newest test of each.
    private var tests: [String: StyledText] = [:]

    /// The receiver under the cursor.
    var chosen: NotifyReceiver? { list.cursor.flatMap { receivers[$0] } }

    /// Takes the receivers as the desk has them.
    mutating func take(_ found: [NotifyReceiver]) {
        receivers = Dictionary(found.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        list.take(found.map(\.name))
        list.showAll()
        (isRead, fault) = (true, nil)
    }

    mutating func refuse(_ problem: Problem) {
        fault = SafeText(untrusted: problem.detail, limit: 200).oneLine
    }

    /// A test is on its way.
    mutating func begin(_ name: String) {
        tests[name] = StyledText("sending a test …", .dim)
    }

    /// A test was taken, or was not.
    mutating func take(_ test: Result<NoticeTest, Problem>, of name: String) {
        switch test {
        case .success(let test):
            let answer = SafeText(untrusted: test.answer, limit: 200).oneLine
            tests[name] = test.isDelivered ? StyledText("✓ \(answer)", .ok) : StyledText("✕ \(answer)", .critical)
        case .failure(let problem):
            tests[name] = StyledText("✕ \(SafeText(untrusted: problem.detail, limit: 200).oneLine)", .critical)
        }
    }

    mutating func move(_ move: ListMove, page: Int) {
        list.move(move, page: page)
    }

    func draw(_ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let count: SafeText = isRead ? "\(list.rows.count)" : "reading …"
        let whole = Tile(
            "Who is told", state: StyledText(count, .dim), footer: StyledText("t sends a test · Esc back", .dim),
            isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        // What the one under the cursor said is shown whole below: it is what has to be mended.
        let words = chosen.map { word(of: $0) }
        let inside = whole.droppingBottom(words == nil || whole.rows < 8 ? 0 : 3)
        if let words { frame.write(styled: words, in: whole.bottom(whole.rows - inside.rows).droppingTop(1)) }
        let table = Table(
            [
                Table.Column("name", width: 10, stretch: 1), Table.Column("kind", width: 9, priority: 2),
                Table.Column("state", width: 7), Table.Column("waiting", width: 7, align: .right, priority: 1),
                Table.Column("given up", width: 8, align: .right, priority: 1),
                Table.Column("last sent", width: 10, align: .right),
                Table.Column("what it said", width: 20, stretch: 4),
            ], empty: empty)
        let window = list.window(rows: table.visibleRows(in: inside))
        table.draw(
            count: list.rows.count, first: window.lowerBound, selected: list.cursorIndex, in: inside, on: &frame
        ) { index in
            receivers[list.rows[index]].map { cells($0, scene) } ?? []
        }
    }

    private var empty: SafeText {
        if let fault { return "The receivers could not be read: \(fault)" }
        return isRead
            ? "Nobody is told of alerts outside of the console. notify.yaml names receivers: watchdesk notify --help."
            : "Reading the receivers …"
    }

    private func cells(_ receiver: NotifyReceiver, _ scene: Scene) -> [StyledText] {
        let state =
            switch receiver.isHealthy {
            case true?: StyledText("✓ ok", .ok)
            case false?: StyledText("✕ fails", .critical)
            case nil: StyledText("unused", .dim)
            }
        let sent = receiver.lastSentAt.map { "\((scene.now - $0).age) ago" as SafeText } ?? "never"
        return [
            StyledText(SafeText(untrusted: receiver.name, limit: 64).oneLine, .strong),
            StyledText(SafeText(untrusted: receiver.kind, limit: 64).oneLine), state,
            StyledText("\(receiver.waiting)", receiver.waiting > 0 ? .warning : .dim),
            StyledText("\(receiver.dead)", receiver.dead > 0 ? .critical : .dim), StyledText(sent, .dim),
            word(of: receiver),
        ]
    }

    /// The newest that is known: what came of the test, else why it failed last, else where it is.
    private func word(of receiver: NotifyReceiver) -> StyledText {
        if let test = tests[receiver.name] { return test }
        if let failure = receiver.lastFailure {
            return StyledText(SafeText(untrusted: failure, limit: 300).oneLine, .warning)
        }
        return StyledText(SafeText(untrusted: receiver.target, limit: 300).oneLine, .dim)
    }
}

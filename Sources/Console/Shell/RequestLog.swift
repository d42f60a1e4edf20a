internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What the console asked of the desk and what it answered: nothing happens behind the person's back.
struct RequestLog: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        let request: DeskRequest
        let at: Timestamp
        /// When it was answered; `nil` while it is under way.
        var answeredAt: Timestamp?
        /// Why it was refused; `nil` when it was done.
        var problem: SafeText?
    }

    /// How many requests are remembered.
    static let limit = 500

    /// The requests, the newest last.
    private(set) var entries: [Entry] = []

    mutating func asked(_ request: DeskRequest, at now: Timestamp) {
        guard request.wire != nil else { return }
        // That nothing has changed is told every half minute, and is no news.
        if request.isPresence, entries.last(where: \.request.isPresence)?.request == request { return }
        if entries.count >= RequestLog.limit { entries.removeFirst(RequestLog.limit / 5) }
        entries.append(Entry(request: request, at: now))
    }

    mutating func answered(_ request: DeskRequest, _ answer: Result<DeskAnswer, Problem>, at now: Timestamp) {
        guard let index = entries.lastIndex(where: { $0.answeredAt == nil && $0.request == request }) else { return }
        entries[index].answeredAt = now
        if case .failure(let problem) = answer {
            let detail = SafeText(untrusted: problem.detail, limit: 200).oneLine
            entries[index].problem = "\(problem.code.status) \(SafeText(untrusted: problem.code.rawValue)): \(detail)"
        }
    }
}

extension DeskRequest {
    /// The request as it goes to a gateway: method, address and what is sent along.
    var line: SafeText {
        guard let (route, input) = wire else { return "" }
        return SafeText(untrusted: route.line(of: input), limit: 400).oneLine
    }
}

/// The log over the pane, the newest request on top.
struct RequestLogSheet {
    let state: ConsoleState

    private var entries: [RequestLog.Entry] { state.requestLog.entries.reversed() }

    /// Where a key scrolls to; `nil` closes the log.
    func pressed(_ key: Key, scroll: Int) -> Int? {
        let last = max(0, entries.count - 1)
        let page = max(1, state.size.rows - 8)
        return switch key {
        case .escape, .enter, .character("@"), .character("q"): nil
        case .down, .character("j"): min(scroll + 1, last)
        case .up, .character("k"): max(0, scroll - 1)
        case .pageDown, .character(" "): min(scroll + page, last)
        case .pageUp: max(0, scroll - page)
        case .home, .character("g"): 0
        case .end, .character("G"): last
        default: scroll
        }
    }

    func draw(scroll: Int, in body: Rect, on frame: inout Frame) {
        let rect = body.inset(columns: body.columns > 60 ? 2 : 0, rows: body.rows > 12 ? 1 : 0)
        let inside = Tile(
            "Requests of this console", state: StyledText("\(entries.count)", .dim),
            footer: StyledText("newest first · Esc closes", .dim), isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        let table = Table(
            [
                Table.Column("time", width: 8), Table.Column("", width: 1),
                Table.Column("request", width: 24, stretch: 3),
                Table.Column("answer", width: 12, stretch: 2, priority: 1),
                Table.Column("after", width: 8, align: .right),
            ], empty: "Nothing was asked yet.")
        let first = min(scroll, max(0, entries.count - table.visibleRows(in: inside)))
        let all = entries
        table.draw(count: all.count, first: first, in: inside, on: &frame) { cells(all[$0]) }
    }

    private func cells(_ entry: RequestLog.Entry) -> [StyledText] {
        let time = StyledText(state.scene.local(entry.at).clockWithSeconds, .dim)
        guard let answeredAt = entry.answeredAt else {
            return [time, StyledText("◌", .pending), StyledText(entry.request.line), StyledText("under way", .pending)]
        }
        let took = Quantity((answeredAt - entry.at).inSeconds, .seconds).styled()
        guard let problem = entry.problem else {
            return [time, StyledText("✓", .ok), StyledText(entry.request.line), StyledText("done", .dim), took]
        }
        return [time, StyledText("▲", .warning), StyledText(entry.request.line), StyledText(problem, .warning), took]
    }
}

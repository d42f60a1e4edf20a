internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Which signal a process gets: chosen with the arrows, accepted with Enter, and sent only by a `y` after that.
///
/// It belongs to the process that was under the cursor when it was opened, whatever the list does meanwhile.
struct SignalForm: Equatable, Sendable {
    let key: ProcessKey
    let name: SafeText
    let user: SafeText
    private(set) var signal = ProcessSignal.terminate
    private var confirmingSince: Timestamp?
    private(set) var isSending = false
    private(set) var problem: SafeText?

    init(_ row: ProcessRow) {
        key = row.key
        name = row.name
        user = row.user
    }

    /// Whether the signal was accepted, and only a yes is lacking.
    var isConfirming: Bool { confirmingSince != nil }

    mutating func choose(by step: Int) {
        guard !isConfirming, !isSending else { return }
        let all = ProcessSignal.allCases
        let index = all.firstIndex(of: signal) ?? 0
        signal = all[(index + step + all.count) % all.count]
        problem = nil
    }

    mutating func accept(at now: Timestamp) {
        guard !isSending, !isConfirming else { return }
        confirmingSince = now
        problem = nil
    }

    mutating func send(_ turn: inout Turn) {
        guard let confirmingSince, !isSending,
            TypeAhead.isOver(since: confirmingSince, quiet: turn.quietSince, now: turn.now)
        else { return }
        isSending = true
        turn.ask(.signalProcess(SignalProcess(signal, pid: key.pid, started: key.started)))
    }

    /// Whether an answer is to what this form sent.
    func isFor(_ request: SignalProcess) -> Bool { request.pid == key.pid && request.started == key.started }

    /// Says why it was refused.
    mutating func refuse(_ refusal: Problem) {
        isSending = false
        confirmingSince = nil
        problem = SafeText(untrusted: refusal.detail, limit: 300).oneLine
    }

    /// The rows that the form needs.
    static let rows = 5

    func draw(in rect: Rect, on frame: inout Frame) {
        let footer = isConfirming ? "y sends · Esc" : "←→ signal · Enter next · Esc" as SafeText
        let state = isSending ? StyledText("sending …", .pending) : StyledText("nothing sent yet", .dim)
        let inside = Tile("Signal", state: state, footer: StyledText(footer, .strong), isFocused: true)
            .draw(in: rect, on: &frame).inset(columns: 1)
        let target = StyledText(name, .strong) + StyledText("  pid ", .dim) + StyledText("\(key.pid)", .strong)
        frame.write(styled: target + StyledText("  user ", .dim) + StyledText(user, .strong), in: inside.line(0))
        if isConfirming {
            let question: SafeText = "Send \(signal.rawValue) to \(name), pid \(key.pid), of user \(user)?"
            TextBlock(question, .warning).draw(in: inside.droppingTop(1), on: &frame)
        } else {
            drawChoice(in: inside.line(1), on: &frame)
            let words = problem.map { StyledText("▲ \($0)", .warning) } ?? StyledText(signal.meaning, .dim)
            frame.write(styled: words, in: inside.line(2))
        }
    }

    /// All signals with the chosen one in brackets, or that one alone where there is no room.
    private func drawChoice(in line: Rect, on frame: inout Frame) {
        let all = ProcessSignal.allCases
        var text = StyledText(spans: [])
        for one in all {
            let word: SafeText = one == signal ? "[\(one.rawValue)]" : " \(one.rawValue) "
            text += StyledText(word, one == signal ? .accent : .text, one == signal ? .bold : [])
        }
        if text.columns > line.columns {
            let place = (all.firstIndex(of: signal) ?? 0) + 1
            text = StyledText("[\(signal.rawValue)]", .accent, .bold) + StyledText(" \(place) of \(all.count)", .dim)
        }
        frame.write(styled: text, in: line)
    }
}

extension ProcessSignal {
    /// What it does, for whoever has to choose.
    var meaning: SafeText {
        switch self {
        case .terminate: "asks it to end; it may tidy up first"
        case .kill: "ends it at once; what it has not saved is lost"
        case .hangUp: "its terminal went away; many servers read their settings again"
        case .interrupt: "what Ctrl-C sends"
        case .stop: "halts it until CONT; it keeps its memory"
        case .proceed: "lets a halted process go on"
        case .user1: "means what the program makes of it; one that does not expect it ends"
        case .user2: "means what the program makes of it; one that does not expect it ends"
        }
    }
}

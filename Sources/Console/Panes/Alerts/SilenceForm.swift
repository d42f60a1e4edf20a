internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The few lines in which a person silences what is like the alert that was under the cursor: how much of it, for how
/// long and why; what would be hidden is told before it is.
struct SilenceForm: Equatable, Sendable {
    /// How much is silenced.
    enum Breadth: CaseIterable, Equatable, Sendable {
        case alert
        case rule
        case host
    }

    enum Field: CaseIterable, Equatable, Sendable {
        case breadth
        case comment
        case minutes
    }

    private let rule: String
    private let host: String
    private let metric: String
    private(set) var breadth = Breadth.alert
    private(set) var field = Field.comment
    var comment = TextField(hint: "why, for colleagues", limit: 500)
    var minutes = TextField(limit: 6)
    /// The open alerts that it would hide; `nil` while that is being read.
    private(set) var hidden: [SafeText]?
    private(set) var isSending = false
    private(set) var problem: SafeText?

    /// For how long a silence holds unless the person says otherwise.
    static let usualMinutes = 120

    init(_ row: AlertRow) {
        rule = row.rule.text
        host = row.host
        metric = row.metric
        minutes.replace(with: "\(SilenceForm.usualMinutes)")
    }

    /// What is meant, in the desk's notation.
    var matchers: [String] {
        switch breadth {
        case .alert: ["rule=\"\(rule)\"", "host=\"\(host)\"", "metric=\"\(metric)\""]
        case .rule: ["rule=\"\(rule)\""]
        case .host: ["host=\"\(host)\""]
        }
    }

    private var words: SafeText {
        let (rule, host) = (SafeText(untrusted: rule, limit: 40).oneLine, SafeText(untrusted: host, limit: 40).oneLine)
        return switch breadth {
        case .alert: "\(rule) on \(host), \(SafeText(untrusted: metric, limit: 40).oneLine)"
        case .rule: "\(rule) on every host"
        case .host: "everything on \(host)"
        }
    }

    mutating func changeField(by step: Int) {
        let all = Field.allCases
        field = all[((all.firstIndex(of: field) ?? 0) + step + all.count) % all.count]
    }

    /// Takes a key; says whether something else is meant now, so that what it hides must be read anew.
    mutating func take(_ key: Key) -> Bool {
        problem = nil
        switch field {
        case .comment: _ = comment.take(key)
        case .minutes: _ = minutes.take(key)
        case .breadth:
            guard key == .left || key == .right || key == .character(" ") else { return false }
            let all = Breadth.allCases
            let step = key == .left ? -1 : 1
            breadth = all[((all.firstIndex(of: breadth) ?? 0) + step + all.count) % all.count]
            hidden = nil
            return true
        }
        return false
    }

    mutating func send(_ turn: inout Turn) {
        guard !isSending else { return }
        guard let wanted = Int64(minutes.text.text), (1...525_600).contains(wanted) else {
            problem = "minutes must be 1 to 525600"
            field = .minutes
            return
        }
        guard !comment.text.text.allSatisfy(\.isWhitespace) else {
            problem = "say why, for colleagues"
            field = .comment
            return
        }
        isSending = true
        turn.ask(.createSilence(CreateSilence(matchers, comment: comment.text.text, minutes: wanted)))
    }

    /// Takes what would be hidden.
    mutating func take(_ alerts: [Alert], for asked: PreviewSilence) {
        guard asked.matchers == matchers else { return }
        hidden = alerts.map { SafeText(untrusted: $0.summary, limit: 120).oneLine }
    }

    mutating func refuse(_ refusal: Problem) {
        isSending = false
        problem = SafeText(untrusted: refusal.detail, limit: 200).oneLine
    }

    /// The rows that the form needs.
    static let rows = 6

    func draw(in rect: Rect, on frame: inout Frame) {
        let state = isSending ? StyledText("sending …", .pending) : ""
        let inside = Tile(
            "Silence", state: state, footer: StyledText("Enter silences · Tab other field · Esc", .dim),
            isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        draw("what", .breadth, in: inside.line(0), on: &frame) { line, frame in
            let arrows = field == .breadth ? StyledText("← ", .accent) : ""
            frame.write(
                styled: arrows + StyledText(words, .strong) + (field == .breadth ? StyledText(" →", .accent) : ""),
                in: line)
        }
        draw("why", .comment, in: inside.line(1), on: &frame) { line, frame in
            comment.draw(in: line, isFocused: field == .comment, on: &frame)
        }
        draw("minutes", .minutes, in: inside.line(2), on: &frame) { line, frame in
            minutes.draw(in: line.left(8), isFocused: field == .minutes, on: &frame)
        }
        let verdict = problem.map { StyledText("▲ \($0)", .warning) } ?? preview
        frame.write(styled: verdict, in: inside.line(3))
    }

    private func draw(
        _ label: SafeText, _ own: Field, in line: Rect, on frame: inout Frame, _ body: (Rect, inout Frame) -> Void
    ) {
        frame.write(label, in: line.left(8), field == own ? .accent : .dim)
        body(line.droppingLeft(9), &frame)
    }

    private var preview: StyledText {
        guard let hidden else { return StyledText("reading what it hides …", .dim) }
        guard let first = hidden.first else { return StyledText("hides no alert that is open now", .dim) }
        let more: SafeText = hidden.count > 1 ? " and \(hidden.count - 1) more" : ""
        return StyledText("hides ", .dim) + StyledText(first, .text) + StyledText(more, .strong)
    }
}

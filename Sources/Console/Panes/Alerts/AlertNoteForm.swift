internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The one line in which a person says why an alert is ended by hand, whom it is given to, or why an acknowledgment is
/// given up; it belongs to the alert that was under the cursor when it was opened.
struct AlertNoteForm: Equatable, Sendable {
    /// What is done with the alert.
    enum Deed: Equatable, Sendable {
        case close
        case assign
        case giveUp
    }

    let deed: Deed
    let alert: ID<Alert>
    private let summary: SafeText
    private let revision: Int64
    var line: TextField
    private(set) var isSending = false
    private(set) var problem: SafeText?

    init(_ deed: Deed, _ row: AlertRow, by name: String?) {
        self.deed = deed
        alert = row.id
        summary = row.summary
        revision = row.revision
        switch deed {
        case .close: line = TextField(hint: "what was found, for whoever reads it later", limit: 500)
        case .assign:
            line = TextField(hint: "a name; empty for nobody", limit: 100)
            if row.assignedTo == nil, let name { line.replace(with: SafeText(untrusted: name, limit: 100).oneLine) }
        case .giveUp: line = TextField(hint: "why, for colleagues; may stay empty", limit: 500)
        }
    }

    mutating func take(_ key: Key) {
        problem = nil
        _ = line.take(key)
    }

    mutating func send(_ turn: inout Turn) {
        guard !isSending else { return }
        let text = line.text.text
        switch deed {
        case .close:
            guard !text.allSatisfy(\.isWhitespace) else {
                problem = "say what was found"
                return
            }
            var request = ResolveAlert(alert, note: text)
            request.revision = revision
            turn.ask(.closeAlert(request))
        case .assign: turn.ask(.assignAlert(AssignAlert(alert, to: text)))
        case .giveUp: turn.ask(.unacknowledge(UnacknowledgeAlert(alert, reason: text)))
        }
        isSending = true
    }

    mutating func refuse(_ refusal: Problem) {
        isSending = false
        problem = SafeText(untrusted: refusal.detail, limit: 200).oneLine
    }

    /// The rows that the form needs.
    static let rows = 4

    private var title: SafeText {
        switch deed {
        case .close: "End by hand"
        case .assign: "Assign"
        case .giveUp: "Give up"
        }
    }

    private var label: SafeText {
        switch deed {
        case .close: "found "
        case .assign: "to "
        case .giveUp: "why "
        }
    }

    private var meaning: StyledText {
        switch deed {
        case .close: StyledText("it fires again only after its value was good", .dim)
        case .assign: ""
        case .giveUp: StyledText("it calls again", .warning)
        }
    }

    func draw(in rect: Rect, on frame: inout Frame) {
        let state = isSending ? StyledText("sending …", .pending) : meaning
        let inside = Tile(title, state: state, footer: StyledText("Enter sends · Esc", .dim), isFocused: true)
            .draw(in: rect, on: &frame).inset(columns: 1)
        if inside.rows > 1 {
            frame.write(
                styled: problem.map { StyledText("▲ \($0)", .warning) } ?? StyledText(summary, .strong),
                in: inside.line(0))
        }
        let place = inside.line(inside.rows > 1 ? 1 : 0)
        frame.write(label, in: place.left(label.columns), .accent)
        line.draw(in: place.droppingLeft(label.columns), isFocused: true, on: &frame)
    }
}

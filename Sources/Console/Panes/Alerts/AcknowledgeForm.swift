internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The one line in which a person takes responsibility for an alert; it belongs to the alert that was under the
/// cursor when it was opened, whatever the list does meanwhile.
struct AcknowledgeForm: Equatable, Sendable {
    let alert: ID<Alert>
    /// All alerts that are meant, when they are several.
    let several: [ID<Alert>]
    let summary: SafeText
    /// The revision that the person has seen.
    private(set) var revision: Int64
    /// Whether it is taken over from whoever has it.
    private(set) var takesOver: Bool
    /// Whose it is, when it is taken over.
    private(set) var holder: SafeText?
    var note = TextField(hint: "why, for colleagues", limit: 500)
    var minutes = TextField(limit: 5)
    var isAtMinutes = false
    private(set) var isSending = false
    private(set) var problem: SafeText?

    /// For how long an acknowledgment holds unless the person says otherwise.
    static let usualMinutes = 30

    init(_ row: AlertRow, by name: String?) {
        alert = row.id
        several = []
        summary = row.summary
        revision = row.revision
        holder = row.acknowledgedBy
        takesOver = row.acknowledgedBy != nil && row.acknowledgedBy?.text != name
        minutes.replace(with: "\(AcknowledgeForm.usualMinutes)")
    }

    /// For several alerts at once, each of which is decided by itself.
    init(_ rows: [AlertRow], first: AlertRow) {
        alert = first.id
        several = rows.map(\.id)
        summary = "\(rows.count) alerts: \(rows.map(\.summary).joined(separator: " · "))"
        revision = first.revision
        takesOver = false
        minutes.replace(with: "\(AcknowledgeForm.usualMinutes)")
    }

    mutating func changeField() {
        isAtMinutes.toggle()
    }

    mutating func take(_ key: Key) {
        if isAtMinutes { _ = minutes.take(key) } else { _ = note.take(key) }
        problem = nil
    }

    mutating func send(_ turn: inout Turn) {
        guard !isSending else { return }
        guard let wanted = Int64(minutes.text.text), (1...10_080).contains(wanted) else {
            problem = "minutes must be 1 to 10080"
            isAtMinutes = true
            return
        }
        var request = AcknowledgeAlert(alert, note: note.text.text, minutes: wanted, revision: revision)
        request.take = takesOver
        isSending = true
        guard several.isEmpty else {
            var all = AcknowledgeAlerts(several, note: note.text.text, minutes: wanted)
            all.take = takesOver
            return turn.ask(.acknowledgeAll(all))
        }
        turn.ask(.acknowledge(request))
    }

    /// Says why it was refused; what was written stays.
    ///
    /// Enter tries again with what is known now.
    mutating func refuse(_ refusal: Problem, newest: Int64?) {
        isSending = false
        let detail = SafeText(untrusted: refusal.detail, limit: 200).oneLine
        switch refusal.code {
        case .alreadyAcknowledged:
            takesOver = true
            problem = "\(detail). Enter takes it over, Esc leaves it."
        case .staleRevision:
            problem = "\(detail). Enter sends it all the same, Esc leaves it."
        default: problem = detail
        }
        if let newest { revision = max(revision, newest) }
    }

    /// Says that some were refused, and why the first was; Enter takes over what others have.
    mutating func refuse(_ refused: [AlertOutcome], of count: Int) {
        isSending = false
        takesOver = refused.contains { $0.code == Problem.Code.alreadyAcknowledged.rawValue }
        let detail = SafeText(untrusted: refused.first?.detail ?? "", limit: 160).oneLine
        let remedy: SafeText = takesOver ? " Enter takes them over, Esc leaves them." : ""
        problem = "\(refused.count) of \(count) refused: \(detail).\(remedy)"
    }

    /// The rows that the form needs.
    static let rows = 4

    func draw(in rect: Rect, on frame: inout Frame) {
        let state = isSending ? StyledText("sending …", .pending) : verb
        let inside = Tile(
            "Acknowledge", state: state, footer: StyledText("Enter sends · Tab other field · Esc", .dim),
            isFocused: true
        )
        .draw(in: rect, on: &frame).inset(columns: 1)
        let line = inside.line(problem == nil && inside.rows > 1 ? 1 : 0)
        if inside.rows > 1 {
            let words = problem.map { StyledText("▲ \($0)", .warning) } ?? StyledText(summary, .strong)
            frame.write(styled: words, in: inside.line(problem == nil ? 0 : 1))
        }
        let minutesColumns = min(15, line.columns / 2)
        let place = line.right(minutesColumns)
        frame.write("note ", in: line.left(5), isAtMinutes ? .dim : .accent)
        note.draw(in: line.droppingLeft(5).droppingRight(minutesColumns + 2), isFocused: !isAtMinutes, on: &frame)
        frame.write("minutes ", in: place.left(8), isAtMinutes ? .accent : .dim)
        minutes.draw(in: place.droppingLeft(8), isFocused: isAtMinutes, on: &frame)
    }

    private var verb: StyledText {
        guard takesOver, let holder else { return "" }
        return StyledText("takes it over from \(holder)", .warning)
    }
}

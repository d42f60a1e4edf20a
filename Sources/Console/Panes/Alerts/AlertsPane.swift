internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The alerts: what is wrong, since when, who is on it, and the course of its metric.
enum AlertsPane: Pane {
    struct State: Equatable, Sendable {
        var list = ListState<ID<Alert>>()
        var filter = ListFilter()
        var form: AcknowledgeForm?
        var silencing: SilenceForm?
        var noting: AlertNoteForm?
        /// The alerts that are acknowledged together.
        var marked: Set<ID<Alert>> = []
        /// The silences, while they are shown instead of the alerts.
        var silences: SilencesSheet?
        /// Who is told, while that is shown instead of the alerts.
        var receivers: ReceiversSheet?
        /// What happened around an alert, while it is shown instead of the alerts.
        var incident: IncidentSheet?
        /// The past of the alert under the cursor, as it was last read.
        var history: AlertHistory?
        /// When the row under the cursor last became another one without a key.
        var shiftedAt: Timestamp?
        /// The alerts whose course has been asked for.
        var charted: Set<ID<Alert>> = []
    }

    static let name = PaneName.alerts
    static let purpose: SafeText = "What is wrong, since when, and who is on it."
    static let initial = State()

    static func mode(_ state: State) -> Mode {
        state.form != nil || state.silencing != nil || state.noting != nil
            ? .form : state.filter.isOpen ? .filter : .keys
    }

    static func receive(_ change: FactChange, into state: inout State, _ turn: inout Turn) {
        switch change {
        case .alerts: relist(&state, turn.facts, at: turn.now)
        case .moment:
            relist(&state, turn.facts, at: turn.now)
            state.list.showAll()
            state.shiftedAt = nil
        case .shown: break
        case .status:
            // The course of a metric has a hole where the connection had one.
            if turn.facts.connection.isCutOff { state.charted = [] }
        default: return
        }
        if turn.scene.front == name { chartChosen(&state, &turn) }
    }

    static func arrive(at destination: Destination, in state: inout State, _ turn: inout Turn) {
        if case .filter = destination { state.filter.isOpen = mode(state) != .form }
        guard case .alert(let id) = destination else { return }
        (state.silences, state.receivers, state.incident) = (nil, nil, nil)
        if !state.list.rows.contains(id) {
            state.filter.clear()
            relist(&state, turn.facts, at: turn.now)
            state.list.showAll()
        }
        state.list.select(id)
        chartChosen(&state, &turn)
    }

    /// Brings the list up to date; a cursor that came to stand on another row without a key is remembered.
    static func relist(_ state: inout State, _ facts: DeskFacts, at now: Timestamp) {
        let before = state.list.cursor
        let pattern = state.filter.pattern
        state.list.take(facts.alerts.values.filter { pattern.accepts($0.texts) }.sorted { $0.precedes($1) }.map(\.id))
        if before != nil, state.list.cursor != before { state.shiftedAt = now }
        state.marked.formIntersection(facts.alerts.values.filter(\.isOpen).map(\.id))
    }

    /// Asks for the course of the chosen alert's metric, once.
    static func chartChosen(_ state: inout State, _ turn: inout Turn) {
        if let alert = chosen(state, turn.facts), turn.facts.connection.isLive,
            state.history?.alert.id != alert.id || (state.history?.alert.revision ?? 0) < alert.revision
        {
            turn.ask(.showAlert(AlertReference(alert.id)))
        }
        guard let id = state.list.cursor, let alert = turn.facts.alerts[id], alert.isMeasured,
            state.charted.insert(id).inserted
        else { return }
        turn.ask(.queryMetric(AlertChart.query(for: alert, at: turn.now)))
    }

    static func click(_ position: Position, _ state: inout State, _ turn: inout Turn) {
        let list = AlertsLayout(Rect(turn.scene.room), state).list
        guard list.contains(position), mode(state) != .form, state.isAtList else { return }
        let head = 2 + (state.filter.isShown ? 1 : 0)
        state.list.selectRow(position.row - list.row - head, of: list.rows - head - 1)
        chartChosen(&state, &turn)
    }

    static func copy(_ state: State, _ scene: Scene) -> SafeText? {
        guard let alert = chosen(state, scene.facts) else { return nil }
        let words = AlertWords(alert: alert, scene: scene)
        let parts: [SafeText] = [
            "\(alert.mark.symbol) \(alert.summary)",
            "rule \(alert.rule) on \(alert.hostName), metric \(alert.metricName)",
            "since \(alert.since.rfc3339)", words.response.spans.map(\.text).joined(),
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// The alert that keys act on: the one whose incident is shown, else the one under the cursor.
    static func chosen(_ state: State, _ facts: DeskFacts) -> AlertRow? {
        (state.incident?.alert ?? state.list.cursor).flatMap { facts.alerts[$0] }
    }
}

extension AlertsPane.State {
    /// Whether the alerts themselves are shown.
    var isAtList: Bool { actsOnAlert && incident == nil }

    /// Whether keys act on an alert: the one under the cursor, or the one whose incident is shown.
    var actsOnAlert: Bool { silences == nil && receivers == nil }
}

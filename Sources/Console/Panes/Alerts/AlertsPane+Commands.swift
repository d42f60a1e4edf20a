internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension AlertsPane {
    enum Action: Equatable, Sendable {
        case move(ListMove)
        case openFilter
        case keepFilter
        case clearFilter
        case acknowledge
        case send
        case nextField
        case cancel
    }

    static let commands: [Command<AlertsPane>] =
        [
            Command(
                .character("a"), title: "acknowledge",
                purpose: "Take responsibility for the alert under the cursor, for some minutes and with a note.",
                action: .acknowledge, scope: .alertsAcknowledge, rank: 1, obstacle: obstacleToAcknowledge)
        ] + ListCommands.movement { .move($0) }
        + ListCommands.filter(
            open: .openFilter, keep: .keepFilter, clear: .clearFilter, isFiltered: { $0.filter.isActive },
            move: { .move($0) })
        + [
            Command(
                .enter, title: "send", purpose: "Acknowledge with this note, for these minutes.", action: .send,
                rank: 1, mode: .form),
            Command(
                .tab, .backTab, title: "note or minutes", purpose: "Go to the other field.", action: .nextField,
                rank: 2, mode: .form),
            Command(
                .escape, title: "cancel", purpose: "Close the form and change nothing.", action: .cancel, rank: 3,
                mode: .form),
        ]

    @Sendable private static func obstacleToAcknowledge(_ state: State, _ scene: Scene) -> SafeText? {
        guard let alert = chosen(state, scene.facts) else { return "there is no alert" }
        if let shiftedAt = state.shiftedAt, scene.now - shiftedAt < .milliseconds(500) {
            return "the list moved just now; press again for \(alert.summary)"
        }
        switch alert.condition {
        case .pending: return "it is not firing yet"
        case .resolved: return "it is over"
        case .firing, .recovering: return nil
        }
    }

    static func apply(_ action: Action, to state: inout State, _ turn: inout Turn) {
        switch action {
        case .move(let move):
            state.list.move(move, page: AlertsLayout(Rect(turn.scene.room), state).listRows)
            chartChosen(&state, &turn)
        case .openFilter: state.filter.isOpen = true
        case .keepFilter: state.filter.isOpen = false
        case .clearFilter:
            state.filter.clear()
            refilter(&state, &turn)
        case .acknowledge:
            guard let alert = chosen(state, turn.facts) else { return }
            state.form = AcknowledgeForm(alert, by: turn.facts.identity?.name)
        case .send: state.form?.send(&turn)
        case .nextField: state.form?.changeField()
        case .cancel: state.form = nil
        }
    }

    static func write(_ key: Key, into state: inout State, _ turn: inout Turn) {
        if state.form != nil {
            state.form?.take(key)
        } else if state.filter.field.take(key) == .edited {
            refilter(&state, &turn)
        }
    }

    /// A filter is changed by a key, so the list may move.
    private static func refilter(_ state: inout State, _ turn: inout Turn) {
        relist(&state, turn.facts, at: turn.now)
        state.list.showAll()
        state.shiftedAt = nil
        chartChosen(&state, &turn)
    }

    static func receive(
        _ answer: Result<DeskAnswer, Problem>, to request: DeskRequest, into state: inout State, _ turn: inout Turn
    ) -> Bool {
        guard case .acknowledge(let asked) = request else { return false }
        switch answer {
        case .success:
            if state.form?.alert == asked.id { state.form = nil }
            turn.say("Acknowledged for \(asked.minutes) minutes.", .acked)
            return true
        case .failure(let problem):
            guard state.form?.alert == asked.id else { return false }
            state.form?.refuse(problem, newest: turn.facts.alerts[asked.id]?.revision)
            return true
        }
    }
}

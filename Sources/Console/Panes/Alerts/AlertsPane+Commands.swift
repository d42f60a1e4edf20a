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
        case silence
        case unacknowledge
        case send
        case nextField
        case cancel
    }

    static let commands: [Command<AlertsPane>] =
        [
            Command(
                .character("a"), title: "acknowledge",
                purpose: "Take responsibility for the alert under the cursor, for some minutes and with a note.",
                action: .acknowledge, scope: .alertsAcknowledge, rank: 1, obstacle: obstacleToAcknowledge),
            Command(
                .character("S"), title: "silence",
                purpose: "Keep the alert, its rule or its host quiet for some time; of a silenced alert, end that.",
                action: .silence, scope: .alertsSilence, rank: 2, obstacle: obstacleToSilence),
            Command(
                .character("u"), title: "give up", purpose: "Give the acknowledgment up: the alert calls again.",
                action: .unacknowledge, scope: .alertsAcknowledge,
                obstacle: { state, scene in
                    chosen(state, scene.facts)?.isAcknowledged ?? false ? nil : "nobody has acknowledged it"
                }),
        ] + ListCommands.movement { .move($0) }
        + ListCommands.filter(
            open: .openFilter, keep: .keepFilter, clear: .clearFilter, isFiltered: { $0.filter.isActive },
            move: { .move($0) })
        + [
            Command(
                .enter, title: "send", purpose: "Send what the form says.", action: .send,
                rank: 1, mode: .form),
            Command(
                .tab, .backTab, title: "other field", purpose: "Go to the other field.", action: .nextField,
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

    @Sendable private static func obstacleToSilence(_ state: State, _ scene: Scene) -> SafeText? {
        guard let alert = chosen(state, scene.facts) else { return "there is no alert" }
        if let shiftedAt = state.shiftedAt, scene.now - shiftedAt < .milliseconds(500) {
            return "the list moved just now; press again for \(alert.summary)"
        }
        return alert.isOpen ? nil : "it is over"
    }

    private static func silence(_ state: inout State, _ turn: inout Turn) {
        guard let alert = chosen(state, turn.facts) else { return }
        if let silence = alert.silence {
            let text: SafeText = "End silence \(silence)? What still fires calls again."
            return turn.confirm(Question(text: text, request: .expireSilence(SilenceReference(silence))))
        }
        let form = SilenceForm(alert)
        state.silencing = form
        turn.ask(.previewSilence(PreviewSilence(form.matchers)))
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
        case .silence: silence(&state, &turn)
        case .unacknowledge:
            guard let alert = chosen(state, turn.facts) else { return }
            turn.confirm(
                Question(
                    text: "Give up the acknowledgment of \(alert.summary)? It calls again.",
                    request: .unacknowledge(UnacknowledgeAlert(alert.id))))
        case .send:
            state.form?.send(&turn)
            state.silencing?.send(&turn)
        case .nextField:
            state.form?.changeField()
            state.silencing?.changeField(by: 1)
        case .cancel:
            state.form = nil
            state.silencing = nil
        }
    }

    static func write(_ key: Key, into state: inout State, _ turn: inout Turn) {
        if state.form != nil {
            state.form?.take(key)
        } else if var silencing = state.silencing {
            if silencing.take(key) { turn.ask(.previewSilence(PreviewSilence(silencing.matchers))) }
            state.silencing = silencing
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
        switch (request, answer) {
        case (.acknowledge(let asked), _): return receive(answer, to: asked, into: &state, &turn)
        case (.showAlert, .success(.history(let history))):
            state.history = history
            return true
        case (.previewSilence(let asked), .success(.preview(let alerts))):
            state.silencing?.take(alerts, for: asked)
            return true
        case (.createSilence(let asked), .success):
            state.silencing = nil
            turn.say("Silenced for \(asked.minutes) minutes. U takes it back.", .acked)
            return true
        case (.expireSilence, .success):
            turn.say("The silence is over.", .info)
            return true
        case (.createSilence, .failure(let problem)), (.previewSilence, .failure(let problem)):
            guard state.silencing != nil else { return false }
            state.silencing?.refuse(problem)
            return true
        default: return false
        }
    }

    private static func receive(
        _ answer: Result<DeskAnswer, Problem>, to asked: AcknowledgeAlert, into state: inout State, _ turn: inout Turn
    ) -> Bool {
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

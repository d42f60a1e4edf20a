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
        case close
        case assign
        case mark
        case markAll
        case unmark
        case showIncident
        case showSilences
        case endSilence
        case showReceivers
        case testReceiver
        case back
        case send
        case nextField
        case cancel
    }

    static let commands: [Command<AlertsPane>] = listCommands + sheetCommands + formCommands

    private static let listCommands: [Command<AlertsPane>] =
        [
            Command(
                .character("a"), title: "acknowledge",
                purpose: "Take responsibility for the alert under the cursor, or for all that are marked.",
                action: .acknowledge, scope: .alertsAcknowledge, rank: 1, applies: { $0.actsOnAlert },
                obstacle: obstacleToAcknowledge),
            Command(
                .character("S"), title: "silence",
                purpose: "Keep the alert, its rule or its host quiet for some time; of a silenced alert, end that.",
                action: .silence, scope: .alertsSilence, rank: 2, applies: { $0.actsOnAlert },
                obstacle: obstacleToSilence),
            Command(
                .character("i"), title: "incident",
                purpose: "Show what happened around the alert: what else changed, was deployed, restarted or felt.",
                action: .showIncident, rank: 3, applies: { $0.isAtList },
                obstacle: { chosen($0, $1.facts) == nil ? "there is no alert" : nil }),
            Command(
                .character("R"), title: "end by hand",
                purpose: "End the alert with a note; it fires again only after its value was good.",
                action: .close, scope: .alertsAcknowledge, applies: { $0.actsOnAlert }, obstacle: obstacleToClose),
            Command(
                .character("o"), title: "assign", purpose: "Say who is to take care of the alert.",
                action: .assign, scope: .alertsAcknowledge, applies: { $0.actsOnAlert },
                obstacle: obstacleToSilence),
            Command(
                .character("u"), title: "give up",
                purpose: "Give the acknowledgment up, with a reason: the alert calls again.",
                action: .unacknowledge, scope: .alertsAcknowledge, applies: { $0.actsOnAlert },
                obstacle: { state, scene in
                    chosen(state, scene.facts)?.isAcknowledged ?? false ? nil : "nobody has acknowledged it"
                }),
            Command(
                .character(" "), title: "mark", purpose: "Mark the alert, to acknowledge several at once.",
                action: .mark, scope: .alertsAcknowledge, applies: { $0.isAtList }, obstacle: obstacleToAcknowledge),
            Command(
                .character("*"), title: "mark all", purpose: "Mark every alert of the list that calls for somebody.",
                action: .markAll, scope: .alertsAcknowledge, applies: { $0.isAtList }),
            Command(
                .escape, title: "unmark", purpose: "Forget what is marked.", action: .unmark,
                applies: { $0.isAtList && !$0.marked.isEmpty && !$0.filter.isActive }),
            Command(
                .character("L"), title: "silences", purpose: "List the silences that hold or will.",
                action: .showSilences, applies: { $0.isAtList }),
            Command(
                .character("W"), title: "receivers", purpose: "List who is told of alerts, and send a test.",
                action: .showReceivers, applies: { $0.isAtList }),
        ] + ListCommands.movement { .move($0) }
        + ListCommands.filter(
            open: .openFilter, keep: .keepFilter, clear: .clearFilter, isFiltered: { $0.filter.isActive },
            move: { .move($0) }, applies: { $0.isAtList })

    private static let sheetCommands: [Command<AlertsPane>] = [
        Command(
            .character("S"), title: "end it",
            purpose: "End the silence under the cursor: what still fires calls again.",
            action: .endSilence, scope: .alertsSilence, rank: 1, applies: { $0.silences != nil },
            obstacle: { state, _ in state.silences?.chosen == nil ? "there is no silence" : nil }),
        Command(
            .character("t"), title: "test",
            purpose: "Send a marked test message to the receiver under the cursor.",
            action: .testReceiver, scope: .notificationsManage, rank: 1, applies: { $0.receivers != nil },
            obstacle: { state, _ in state.receivers?.chosen == nil ? "there is no receiver" : nil }),
        Command(
            .escape, title: "back", purpose: "Go back to the alerts.", action: .back, rank: 4,
            applies: { !$0.isAtList }),
    ]

    private static let formCommands: [Command<AlertsPane>] = [
        Command(.enter, title: "send", purpose: "Send what the form says.", action: .send, rank: 1, mode: .form),
        Command(
            .tab, .backTab, title: "other field", purpose: "Go to the other field.", action: .nextField,
            rank: 2, mode: .form, applies: { $0.noting == nil }),
        Command(
            .escape, title: "cancel", purpose: "Close the form and change nothing.", action: .cancel, rank: 3,
            mode: .form),
    ]

    @Sendable private static func obstacleToAcknowledge(_ state: State, _ scene: Scene) -> SafeText? {
        if state.isAtList, !state.marked.isEmpty { return nil }
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

    @Sendable private static func obstacleToClose(_ state: State, _ scene: Scene) -> SafeText? {
        guard let alert = chosen(state, scene.facts) else { return "there is no alert" }
        if let moved = obstacleToSilence(state, scene) { return moved }
        return alert.condition == .pending ? "it is not firing yet" : nil
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
        case .move(let move): self.move(move, &state, &turn)
        case .openFilter: state.filter.isOpen = true
        case .keepFilter: state.filter.isOpen = false
        case .clearFilter:
            state.filter.clear()
            refilter(&state, &turn)
        case .acknowledge: openAcknowledgment(&state, turn)
        case .silence: silence(&state, &turn)
        case .unacknowledge: note(.giveUp, &state, turn)
        case .close: note(.close, &state, turn)
        case .assign: note(.assign, &state, turn)
        case .mark: mark(&state, &turn)
        case .markAll:
            let calling = state.list.rows.compactMap { turn.facts.alerts[$0] }.filter(\.needsPerson)
            state.marked = Set(calling.map(\.id))
        case .unmark: state.marked = []
        case .showIncident:
            guard let alert = chosen(state, turn.facts) else { return }
            state.incident = IncidentSheet(alert.id)
            turn.ask(.showIncident(AlertReference(alert.id)))
        case .showSilences:
            state.silences = SilencesSheet()
            turn.ask(.listSilences(ListSilences()))
        case .endSilence:
            guard let silence = state.silences?.chosen else { return }
            let what = SafeText(untrusted: silence.matchers.joined(separator: ", "), limit: 80).oneLine
            let text: SafeText = "End silence \(silence.id), \(what)? What still fires calls again."
            turn.confirm(Question(text: text, request: .expireSilence(SilenceReference(silence.id))))
        case .showReceivers:
            state.receivers = ReceiversSheet()
            turn.ask(.listReceivers)
        case .testReceiver:
            guard let receiver = state.receivers?.chosen else { return }
            state.receivers?.begin(receiver.name)
            turn.ask(.testReceiver(ReceiverReference(receiver.name)))
        case .back: (state.silences, state.receivers, state.incident) = (nil, nil, nil)
        case .send:
            state.form?.send(&turn)
            state.silencing?.send(&turn)
            state.noting?.send(&turn)
        case .nextField:
            state.form?.changeField()
            state.silencing?.changeField(by: 1)
        case .cancel: (state.form, state.silencing, state.noting) = (nil, nil, nil)
        }
    }

    private static func move(_ move: ListMove, _ state: inout State, _ turn: inout Turn) {
        let layout = AlertsLayout(Rect(turn.scene.room), state)
        if state.incident != nil {
            state.incident?.move(move, page: max(1, layout.rest.rows - 10))
        } else if state.receivers != nil {
            state.receivers?.move(move, page: max(1, layout.rest.rows - 3))
        } else if state.silences != nil {
            state.silences?.move(move, page: max(1, layout.rest.rows - 3))
        } else {
            state.list.move(move, page: layout.listRows)
            chartChosen(&state, &turn)
        }
    }

    private static func openAcknowledgment(_ state: inout State, _ turn: Turn) {
        let marked =
            state.isAtList ? state.list.rows.filter(state.marked.contains).compactMap { turn.facts.alerts[$0] } : []
        if marked.count > 1, let first = marked.first {
            state.form = AcknowledgeForm(marked, first: first)
        } else if let alert = marked.first ?? chosen(state, turn.facts) {
            state.form = AcknowledgeForm(alert, by: turn.facts.identity?.name)
        }
    }

    private static func note(_ deed: AlertNoteForm.Deed, _ state: inout State, _ turn: Turn) {
        guard let alert = chosen(state, turn.facts) else { return }
        state.noting = AlertNoteForm(deed, alert, by: turn.facts.identity?.name)
    }

    /// Marks the alert under the cursor, or takes its mark away, and goes to the next.
    private static func mark(_ state: inout State, _ turn: inout Turn) {
        guard let alert = chosen(state, turn.facts) else { return }
        if state.marked.remove(alert.id) == nil {
            guard alert.condition == .firing || alert.condition == .recovering else { return }
            state.marked.insert(alert.id)
        }
        move(.down, &state, &turn)
    }

    static func write(_ key: Key, into state: inout State, _ turn: inout Turn) {
        if state.form != nil {
            state.form?.take(key)
        } else if state.noting != nil {
            state.noting?.take(key)
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
}

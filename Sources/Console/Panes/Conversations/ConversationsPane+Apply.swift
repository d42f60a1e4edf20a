internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ConversationsPane {
    static func apply(_ action: Action, to state: inout State, _ turn: inout Turn) {
        switch action {
        case .move(let move): self.move(move, &state, &turn)
        case .open: if let id = state.list.cursor { open(id, &state, &turn) }
        case .openNext(let step): openNext(step, &state, &turn)
        case .backToList: leaveTranscript(&state)
        case .changeSide: if state.isReading { leaveTranscript(&state) } else { state.isReading = true }
        case .openFilter: state.filter.isOpen = true
        case .keepFilter: state.filter.isOpen = false
        case .clearFilter:
            state.filter.clear()
            refilter(&state, turn.facts)
            peek(&state, &turn)
        case .takeOver, .handBack, .giveToQueue, .resolve: act(action, &state, &turn)
        case .triage, .mark, .markAll, .unmark, .changeView, .openSearch, .openFind, .openMacros, .openCustomer,
            .readOfCustomer,
            .writeOfCustomer, .availability, .goToFound,
            .changeWords,
            .sendForm,
            .cancelForm:
            file(action, &state, &turn)
        case .compose, .sendAgain, .takeBack, .send, .sendAndResolve, .newLine, .suggest, .leaveComposer, .edit:
            write(action, &state, &turn)
        }
    }

    /// The cursor of the list goes to the conversation that was read.
    private static func leaveTranscript(_ state: inout State) {
        state.isReading = false
        guard let opened = state.opened else { return }
        if opened == state.doneWith { state.list.move(.top, page: 1) } else { state.list.select(opened) }
    }

    /// What changes whose a conversation is; the screen changes when the desk says so.
    private static func act(_ action: Action, _ state: inout State, _ turn: inout Turn) {
        guard let row = target(state, turn.facts) else { return }
        switch action {
        case .takeOver: claim(row, &turn)
        case .handBack: turn.ask(.release(ReleaseConversation(row.id, to: .assistant)))
        case .giveToQueue: turn.ask(.release(ReleaseConversation(row.id, to: .queue)))
        case .resolve(let goesOn):
            state.goesOnAfter = goesOn ? row.id : nil
            for row in targets(state, turn.facts) { turn.ask(.resolve(ConversationReference(row.id))) }
        default: break
        }
    }

    /// A colleague's conversation is taken only after a yes.
    private static func claim(_ row: ConversationRow, _ turn: inout Turn) {
        let request = DeskRequest.claim(ClaimConversation(row.id, ifOwner: row.ownerForClaim))
        guard case .colleague(let name) = row.holder(for: turn.facts.actor) else { return turn.ask(request) }
        turn.confirm(
            Question(text: "\(name) is answering \(row.customerName). Take the conversation over?", request: request))
    }

    private static func move(_ move: ListMove, _ state: inout State, _ turn: inout Turn) {
        let layout = ConversationsLayout(Rect(turn.scene.room), state, turn.scene.screen)
        switch state.cover {
        case .customer?:
            state.customer?.move(move, page: max(1, turn.scene.room.rows - 8))
            return
        case .search?:
            state.search?.move(move, page: max(1, turn.scene.room.rows - 5))
            return
        case .triage?, .macro?, .find?, nil: break
        }
        guard state.isReading else {
            state.list.move(move, page: layout.listRows)
            return peek(&state, &turn)
        }
        scroll(move, layout, &state, &turn)
    }

    private static func scroll(
        _ move: ListMove, _ layout: ConversationsLayout, _ state: inout State, _ turn: inout Turn
    ) {
        guard let id = state.opened else { return }
        let sheet = TranscriptSheet(id, state, turn.scene, columns: layout.transcript.columns)
        let page = max(1, layout.transcript.rows - 2)
        switch move {
        case .up: state.anchor = sheet.moved(state.anchor, by: -1, rows: layout.transcript.rows)
        case .down: state.anchor = sheet.moved(state.anchor, by: 1, rows: layout.transcript.rows)
        case .pageUp: state.anchor = sheet.moved(state.anchor, by: -page, rows: layout.transcript.rows)
        case .pageDown: state.anchor = sheet.moved(state.anchor, by: page, rows: layout.transcript.rows)
        case .top: state.anchor = sheet.moved(state.anchor, by: -1_000_000, rows: layout.transcript.rows)
        case .bottom: state.anchor = nil
        case .next, .previous: break
        }
        if state.anchor == nil { markRead(id, &state, &turn) }
        if sheet.isNearTop(state.anchor, rows: layout.transcript.rows) { readOlder(id, &turn) }
    }

    static func open(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        if state.opened != id {
            (state.anchor, state.find) = (nil, nil)
            state.seeking = nil
            state.composing = nil
        }
        state.opened = id
        state.isReading = true
        readTranscript(id, &state, &turn)
        markRead(id, &state, &turn)
    }

    private static func openNext(_ step: Int, _ state: inout State, _ turn: inout Turn) {
        if let opened = state.opened { state.list.select(opened) }
        state.list.move(by: step)
        if let id = state.list.cursor { open(id, &state, &turn) }
    }

    /// A filter is changed by a key, so the list may move.
    static func refilter(_ state: inout State, _ facts: DeskFacts) {
        relist(&state, facts)
        state.list.showAll()
        state.shiftedAt = nil
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ConversationsPane {
    /// What has to do with writing a reply or a note.
    static func write(_ action: Action, _ state: inout State, _ turn: inout Turn) {
        guard let id = state.opened else { return }
        switch action {
        case .compose(let kind):
            state.composing = kind
            if state.drafts[DraftPlace(conversation: id, kind: kind)] == nil {
                state.drafts[DraftPlace(conversation: id, kind: kind)] = emptyDraft(kind, to: id, turn.facts)
            }
        case .send: send(id, &state, &turn)
        case .newLine: write(.control("j"), into: &state, &turn)
        case .leaveComposer: state.composing = nil
        case .sendAgain: for post in state.outbox.sendAgain(in: id) { turn.ask(.post(post)) }
        case .takeBack: takeBack(id, &state, &turn)
        default: break
        }
    }

    private static func emptyDraft(_ kind: DraftKind, to id: ID<Conversation>, _ facts: DeskFacts) -> TextField {
        let name = facts.conversations[id]?.customerName ?? "the customer"
        let hint: SafeText = kind == .note ? "a note that \(name) never sees" : "to \(name)"
        return TextField(hint: hint, hasLines: true, limit: Message.maximumLength / 4)
    }

    static func write(_ key: Key, into state: inout State, _ turn: inout Turn) {
        if let kind = state.composing, let id = state.opened {
            let place = DraftPlace(conversation: id, kind: kind)
            guard state.drafts[place]?.take(key) == .edited, kind == .reply else { return }
            tellTyping(in: id, &state, &turn)
        } else if state.filter.isOpen, state.filter.field.take(key) == .edited {
            refilter(&state, turn.facts)
        }
    }

    /// The others learn that somebody types, at most every three seconds.
    private static func tellTyping(in id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        if let typedAt = state.typedAt, turn.now - typedAt < .seconds(3) { return }
        state.typedAt = turn.now
        turn.ask(.type(ConversationReference(id)))
    }

    /// What was written is under way: it shows as pending until the desk has committed it.
    private static func send(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        guard let kind = state.composing else { return }
        let place = DraftPlace(conversation: id, kind: kind)
        guard kind == .note || isMine(id, turn.facts) else {
            return turn.say("You no longer have this conversation; the draft stays. Esc, then t takes it.", .warning)
        }
        guard case .submitted(let text)? = state.drafts[place]?.take(.enter) else { return }
        let cid = turn.makeKey()
        state.outbox.add(Outbox.Letter(cid: cid, text: text, isNote: kind == .note, at: turn.now), to: id)
        state.anchor = nil
        state.typedAt = nil
        turn.ask(.post(PostMessage(to: id, cid: cid, text: text.text, note: kind == .note)))
    }

    private static func isMine(_ id: ID<Conversation>, _ facts: DeskFacts) -> Bool {
        facts.conversations[id]?.holder(for: facts.actor) == .me
    }

    /// What did not arrive goes back into the reply, in front of what is there.
    private static func takeBack(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        guard let text = state.outbox.takeBack(from: id) else { return }
        let place = DraftPlace(conversation: id, kind: .reply)
        var draft = state.drafts[place] ?? emptyDraft(.reply, to: id, turn.facts)
        draft.replace(with: draft.isEmpty ? text : text + "\n" + draft.text)
        state.drafts[place] = draft
        state.composing = .reply
    }
}

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
            state.replyChoice = 0
            state.question = nil
            if kind == .reply { state.begin(id, turn.facts) }
            if kind == .reply, state.replies == nil { turn.ask(.listReplies) }
            // Who is there changes: asked for each note, while the names of before are offered.
            if kind == .note { turn.ask(.listColleagues) }
            if state.drafts[DraftPlace(conversation: id, kind: kind)]?.isEmpty ?? true,
                !(turn.facts.conversations[id]?.drafts.isEmpty ?? true)
            {
                turn.ask(.showDraft(ConversationReference(id)))
            }
            if state.drafts[DraftPlace(conversation: id, kind: kind)] == nil {
                state.drafts[DraftPlace(conversation: id, kind: kind)] = emptyDraft(kind, to: id, turn.facts)
            }
        case .send: if !takeReply(id, &state, turn) { _ = send(id, &state, &turn) }
        case .sendAndResolve:
            guard state.composing == .reply, !takeReply(id, &state, turn), let cid = send(id, &state, &turn) else {
                return
            }
            state.resolvesAfter = cid
            state.composing = nil
        case .newLine: write(.control("j"), into: &state, &turn)
        case .suggest:
            state.suggestion = SuggestionTile(conversation: id)
            turn.ask(.suggestReply(ConversationReference(id)))
        case .edit:
            guard let kind = state.composing else { return }
            // What the desk keeps survives even the editor's crash.
            keep(&state, &turn)
            turn.ask(.edit(state.drafts[DraftPlace(conversation: id, kind: kind)]?.text ?? ""))
        case .leaveComposer where state.openQuestion != nil: state.question = nil
        case .leaveComposer where state.suggestion != nil: state.suggestion = nil
        case .leaveComposer:
            keep(&state, &turn)
            state.composing = nil
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
            if let menu = menu(id, state, turn) {
                switch key {
                case .tab:
                    _ = takeReply(id, &state, turn)
                    return
                case .up, .down:
                    state.replyChoice = min(max(0, menu.choice + (key == .up ? -1 : 1)), max(0, menu.entries.count - 1))
                    return
                default: state.replyChoice = 0
                }
            }
            if kind == .reply, key == .tab, state.suggestion?.conversation == id, let text = state.suggestion?.text {
                state.drafts[place]?.replace(with: text)
                state.suggestion = nil
                return keep(&state, &turn)
            }
            let isNew = state.drafts[place]?.isEmpty ?? true
            guard state.drafts[place]?.take(key) == .edited else { return }
            state.question = nil
            if isNew, kind == .reply { state.begin(id, turn.facts) }
            if state.keptAt.map({ turn.now - $0 >= .seconds(5) }) ?? true { keep(&state, &turn) }
            if kind == .reply { look(id, &state, &turn) }
            if kind == .reply { tellTyping(in: id, &state, &turn) }
        } else if let cover = state.cover, cover.isForm {
            write(key, into: cover, &state, &turn)
        } else if state.filter.isOpen, state.filter.field.take(key) == .edited {
            refilter(&state, turn.facts)
        }
    }

    /// A letter goes into what is filled in.
    private static func write(_ key: Key, into cover: Cover, _ state: inout State, _ turn: inout Turn) {
        switch cover {
        case .find: find(key, &state, &turn)
        case .triage: state.triage?.take(key)
        case .macro: state.macro?.take(key)
        case .customer: _ = state.customer?.field.take(key)
        case .search: _ = state.search?.field.take(key)
        }
    }

    /// Looks into the knowledge base while the reply begins with a `?`.
    private static func look(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        let written = state.drafts[DraftPlace(conversation: id, kind: .reply)]?.text.text ?? ""
        guard let request = PassageSearch.request(for: written) else { return state.passages = nil }
        guard state.passages?.request != request else { return }
        // What was found for fewer letters stays until the new comes: the menu does not flicker.
        state.passages = PassageSearch(request: request, found: state.passages?.found)
        turn.ask(.searchKnowledge(request))
    }

    /// What the composer offers, while the reply is the beginning of a name or a question to the knowledge base.
    static func menu(_ id: ID<Conversation>, _ state: State, _ turn: Turn) -> ComposerMenu? {
        guard let row = turn.facts.conversations[id] else { return nil }
        let name = turn.facts.identity.map { SafeText(untrusted: $0.name, limit: 100).oneLine }
        return state.menu(for: row, by: name)
    }

    /// Puts the text that is chosen in the menu into the reply, to be changed and sent by the person; `false` without a
    /// menu.
    private static func takeReply(_ id: ID<Conversation>, _ state: inout State, _ turn: Turn) -> Bool {
        guard let kind = state.composing, let menu = menu(id, state, turn) else { return false }
        // A question to the knowledge base is never sent to the customer by mistake.
        guard let text = menu.text else { return true }
        state.drafts[DraftPlace(conversation: id, kind: kind)]?.replace(with: text)
        state.replyChoice = 0
        state.passages = nil
        return true
    }

    /// The person's editor gave a text back: it is a draft like any other.
    static func edited(_ text: String, _ state: inout State, _ turn: inout Turn) {
        guard let kind = state.composing, let id = state.opened else { return }
        let place = DraftPlace(conversation: id, kind: kind)
        state.drafts[place]?.replace(with: SafeText(untrusted: text, limit: Message.maximumLength))
        keep(&state, &turn)
        let most = Message.maximumLength / 4
        guard text.count > most else { return }
        turn.say("Only the first \(most) characters fit into a message.", .warning)
    }

    /// Lets the desk keep what is written, so that it survives this console.
    static func keep(_ state: inout State, _ turn: inout Turn) {
        guard let kind = state.composing, let id = state.opened, turn.facts.connection.isLive else { return }
        let place = DraftPlace(conversation: id, kind: kind)
        guard let text = state.drafts[place]?.text.text, state.kept[place] ?? "" != text else { return }
        state.keptAt = turn.now
        turn.ask(.keepDraft(Draft(id, text: text, note: kind == .note)))
    }

    /// The others learn that somebody types, at most every three seconds.
    private static func tellTyping(in id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        if let typedAt = state.typedAt, turn.now - typedAt < .seconds(3) { return }
        state.typedAt = turn.now
        turn.ask(.type(ConversationReference(id)))
    }

    /// What was written is under way: it shows as pending until the desk has committed it.
    ///
    /// - Returns: the key of the message; `nil` when nothing was sent.
    private static func send(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) -> ULID? {
        guard let kind = state.composing else { return nil }
        let place = DraftPlace(conversation: id, kind: kind)
        guard kind == .note || isMine(id, turn.facts) else {
            turn.say("You no longer have this conversation; the draft stays. Esc, then t takes it.", .warning)
            return nil
        }
        if kind == .reply, state.holds(id, turn.facts, at: turn.now) { return nil }
        guard case .submitted(let text)? = state.drafts[place]?.take(.enter) else { return nil }
        // The desk forgets the draft with what is sent.
        state.kept[place] = nil
        let cid = turn.makeKey()
        state.suggestion = nil
        // A colleague's reply that comes before this one arrives stops it at the desk.
        let after = kind == .reply ? turn.facts.transcripts[id]?.last : nil
        state.outbox.add(
            Outbox.Letter(cid: cid, text: text, isNote: kind == .note, after: after, at: turn.now), to: id)
        state.anchor = nil
        state.typedAt = nil
        state.began[id] = nil
        turn.ask(.post(PostMessage(to: id, cid: cid, text: text.text, note: kind == .note, after: after)))
        return cid
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
        state.begin(id, turn.facts)
    }
}

extension ConversationsPane.State {
    /// What the composer offers for what is written to somebody.
    func menu(for row: ConversationRow, by name: SafeText?) -> ComposerMenu? {
        guard let composing else { return nil }
        let written = drafts[DraftPlace(conversation: row.id, kind: composing)]?.text.text ?? ""
        if composing == .note {
            return ComposerMenu(colleagues: colleagues ?? [], written: written, choice: replyChoice)
        }
        return ComposerMenu(replies: replies ?? [], written: written, choice: replyChoice, for: row, by: name)
            ?? ComposerMenu(passages: passages, written: written, choice: replyChoice)
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ConversationsPane {
    static func receive(_ change: FactChange, into state: inout State, _ turn: inout Turn) {
        let facts = turn.facts
        switch change {
        case .conversations:
            // They may be others after a break.
            if !turn.scene.isPast { turn.ask(.listViews) }
            state.marks.start(facts.conversations.values, for: facts.actor)
            relist(&state, facts, at: turn.now)
            if let id = state.opened { readTranscript(id, &state, &turn) }
            peek(&state, &turn)
        case .conversation, .identity:
            relist(&state, facts, at: turn.now)
            peek(&state, &turn)
        case .messages(let id, let cid):
            if let cid { state.outbox.arrived(cid, in: id) }
            guard state.opened == id else { return }
            state.faults[id] = nil
            if cid == nil { readTranscript(id, &state, &turn) }
            seek(id, &state, &turn)
            goOnFinding(id, &state, &turn)
            markReadIfSeen(id, &state, &turn)
        case .gap(let id):
            guard let last = facts.transcripts[id]?.last else { return }
            turn.ask(.listMessages(ListMessages(of: id, after: last, limit: pageSize)))
        case .shown:
            peek(&state, &turn)
            if let id = state.opened { markReadIfSeen(id, &state, &turn) }
        case .moment:
            relist(&state, facts, at: turn.now)
            state.list.showAll()
            state.shiftedAt = nil
            if let id = state.opened { readTranscript(id, &state, &turn) }
        case .status: renewAvailability(&state, &turn)
        case .notifications, .attended: if let id = state.opened { markReadIfSeen(id, &state, &turn) }
        case .activity, .alerts, .models, .sample, .series, .timeline: break
        }
    }

    static func arrive(at destination: Destination, in state: inout State, _ turn: inout Turn) {
        if case .filter = destination, state.composing == nil {
            state.isReading = false
            state.filter.isOpen = true
        }
        guard case .conversation(let id) = destination else { return }
        if !state.list.rows.contains(id) {
            state.filter.clear()
            refilter(&state, turn.facts)
        }
        state.list.select(id)
        open(id, &state, &turn)
    }

    static func receive(
        _ answer: Result<DeskAnswer, Problem>, to request: DeskRequest, into state: inout State, _ turn: inout Turn
    ) -> Bool {
        if let done = filed(request, answer, &state, &turn) { return done }
        switch (request, answer) {
        case (.post(let post), _): return posted(post, answer, &state, &turn)
        case (.claim(let claim), .success):
            claimed(claim.id, &state, &turn)
            return true
        case (.release(let release), .success):
            let words: SafeText = release.to == .queue ? "Given to the queue." : "The assistant answers again."
            turn.say(words, .ok)
            return true
        case (.resolve(let resolved), .success):
            self.resolved(resolved.id, &state, &turn)
            return true
        case (.listMessages(let asked), .failure(let problem)):
            state.faults[asked.id] = SafeText(untrusted: problem.detail, limit: 300).oneLine
            return true
        default: return false
        }
    }

    private static func posted(
        _ post: PostMessage, _ answer: Result<DeskAnswer, Problem>, _ state: inout State, _ turn: inout Turn
    ) -> Bool {
        guard let cid = post.cid else { return false }
        switch answer {
        case .success:
            state.outbox.arrived(cid, in: post.id)
            guard state.resolvesAfter == cid else { break }
            (state.resolvesAfter, state.goesOnAfter) = (nil, post.id)
            turn.ask(.resolve(ConversationReference(post.id)))
        case .failure(let problem):
            let why = SafeText(untrusted: problem.detail, limit: 200).oneLine
            state.outbox.failed(cid, in: post.id, why: why, isOvertaken: problem.code == .staleRevision)
            // What did not arrive is no end of anything.
            if state.resolvesAfter == cid { state.resolvesAfter = nil }
            let isSeen = turn.scene.front == name && state.opened == post.id && state.isReading
            if !isSeen {
                let who = turn.facts.conversations[post.id]?.customerName ?? "#\(post.id)"
                turn.say("Not sent to \(who): \(why)", .critical)
            }
        }
        return true
    }

    private static func claimed(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        let name = turn.facts.conversations[id]?.customerName ?? "#\(id)"
        turn.say("\(name) is yours. i writes, b hands back.", .ok)
        guard turn.scene.front == self.name, state.composing == nil else { return }
        state.list.select(id)
        open(id, &state, &turn)
    }

    private static func resolved(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        let name = turn.facts.conversations[id]?.customerName ?? "#\(id)"
        state.marked.remove(id)
        turn.say("\(name) is resolved.", .ok)
        goOn(after: id, &state, &turn)
    }

    /// The person is done with a conversation: the next one is opened if they asked for that, and else the list does
    /// not follow it to its end.
    static func goOn(after id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        state.doneWith = id
        // What the desk wrote about it is no news to who did it.
        if let row = turn.facts.conversations[id] { state.marks.saw(id, upTo: row.lastOffset) }
        guard state.goesOnAfter == id else { return }
        state.goesOnAfter = nil
        guard state.opened == id || !state.isReading else { return }
        if let next = turn.facts.queue.first(where: { $0.id != id }) {
            state.list.select(next.id)
            open(next.id, &state, &turn)
        } else {
            state.isReading = false
        }
    }
}

// MARK: Lists and transcripts
extension ConversationsPane {
    /// Brings the list up to date; a cursor that came to stand on another row without a key is remembered.
    static func relist(_ state: inout State, _ facts: DeskFacts, at now: Timestamp? = nil) {
        let before = state.list.cursor
        let pattern = state.filter.pattern
        let view = state.view
        let moment = now ?? facts.connection.heardAt ?? Timestamp(milliseconds: 0)
        let isFiltered = state.filter.isActive
        let belongs = view.test(for: facts.actor, at: moment)
        let rows = facts.inbox { row in
            belongs(row) && (!isFiltered || pattern.accepts(row.texts))
        }
        if !state.marked.isEmpty {
            state.marked.formIntersection(facts.conversations.values.filter { !$0.isResolved }.map(\.id))
        }
        state.list.take(rows)
        if let now, before != nil, state.list.cursor != before { state.shiftedAt = now }
    }

    /// The entries that are read at once.
    static let pageSize: Int64 = 200

    /// Beside the list stands the transcript of the row under the cursor, so that keys act on what is seen.
    static func peek(_ state: inout State, _ turn: inout Turn) {
        guard turn.scene.front == name, !state.isReading,
            ConversationsLayout.hasBothSides(turn.scene.room, turn.scene.screen),
            let id = state.list.cursor, state.opened != id
        else { return }
        state.opened = id
        state.anchor = nil
        readTranscript(id, &state, &turn)
    }

    /// Asks for what is missing at the end of a transcript; at first for its last page.
    static func readTranscript(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        let newest = turn.facts.conversations[id]?.lastOffset ?? 0
        if let transcript = turn.facts.transcripts[id] {
            guard transcript.last < newest else { return }
            turn.ask(.listMessages(ListMessages(of: id, after: transcript.last, limit: pageSize)))
        } else {
            turn.ask(.listMessages(ListMessages(of: id, after: max(0, newest - pageSize), limit: pageSize)))
        }
    }

    /// Asks for the page before what was read.
    static func readOlder(_ id: ID<Conversation>, _ turn: inout Turn) {
        guard let transcript = turn.facts.transcripts[id], transcript.hasOlder, let first = transcript.first else {
            return
        }
        let after = max(0, first - 1 - pageSize)
        turn.ask(.listMessages(ListMessages(of: id, after: after, limit: first - 1 - after)))
    }

    /// What was seen counts as read, on the person's other devices and after the next start too; colleagues learn it.
    static func markRead(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        if turn.facts.notifications.values.contains(where: { $0.conversation == id }), !turn.scene.isPast,
            turn.facts.connection.isLive
        {
            turn.ask(.acknowledgeNotifications(AcknowledgeNotifications(about: id)))
        }
        let row = turn.facts.conversations[id]
        let last = max(row?.lastOffset ?? 0, turn.facts.transcripts[id]?.last ?? 0)
        state.marks.saw(id, upTo: last)
        guard !turn.scene.isPast, turn.facts.connection.isLive, let row, !row.isResolved,
            turn.facts.ownMark(in: id) < row.lastOffset, state.marks.tell(id, row.lastOffset)
        else { return }
        turn.ask(.markRead(ReadConversation(id, offset: row.lastOffset, device: turn.scene.device)))
    }

    /// Only what stands on the screen counts as read.
    static func markReadIfSeen(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        guard turn.scene.front == name, turn.scene.isAttended, state.anchor == nil, state.isReading else { return }
        markRead(id, &state, &turn)
    }
}

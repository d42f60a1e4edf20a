internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ConversationsPane {
    /// What has to do with filing, putting aside, giving on and finding.
    static func file(_ action: Action, _ state: inout State, _ turn: inout Turn) {
        switch action {
        case .triage(let deed):
            let rows = targets(state, turn.facts)
            guard let row = rows.first else { return }
            if deed == .snooze, rows.allSatisfy({ $0.status == .snoozed }) {
                for row in rows { turn.ask(.wake(ConversationReference(row.id))) }
                return
            }
            state.triage = TriageForm(deed, row, and: rows.dropFirst().map(\.id))
        case .mark:
            guard let id = state.list.cursor else { return }
            if state.marked.remove(id) == nil { state.marked.insert(id) }
            state.list.move(by: 1)
            peek(&state, &turn)
        case .markAll:
            state.marked = Set(state.list.rows.filter { turn.facts.conversations[$0].map { !$0.isResolved } ?? false })
        case .unmark: state.marked = []
        case .changeView(let step):
            state.view = state.view.after(step, among: state.views ?? [])
            relist(&state, turn.facts, at: turn.now)
            state.list.showAll()
            state.shiftedAt = nil
            peek(&state, &turn)
        case .openSearch: state.search = SearchSheet(in: state.isReading ? state.opened : nil)
        case .openFind: state.find = TranscriptFind(from: state.anchor)
        case .openMacros:
            let rows = targets(state, turn.facts)
            guard let row = rows.first else { return }
            state.macro = MacroPicker(row, and: rows.dropFirst().map(\.id), macros: state.macros)
            turn.ask(.listMacros)
        case .openCustomer:
            guard let row = target(state, turn.facts) else { return }
            state.customer = CustomerSheet(row.customer)
            turn.ask(.showCustomer(CustomerReference(row.customer)))
        case .readOfCustomer:
            guard let id = state.customer?.chosen else { return }
            state.customer = nil
            turn.go(to: .conversation(id))
        case .writeOfCustomer(let what): state.customer?.write(what)
        case .goToFound:
            guard let found = state.search?.chosen else { return }
            state.search = nil
            show(found.conversation, around: found.offset, &state, &turn)
        case .changeWords: state.search?.isTyping = true
        case .availability: state.triage = TriageForm(availability: state.availability)
        case .sendForm:
            sendForm(&state, &turn)
        case .cancelForm:
            switch state.cover {
            case .find(let find)?: (state.cover, state.anchor) = (nil, find.before)
            case .customer?: if state.customer?.stepBack() == false { state.cover = nil }
            case .triage?, .macro?, .search?, nil: state.cover = nil
            }
        default: break
        }
    }

    /// What was filled in is meant.
    private static func sendForm(_ state: inout State, _ turn: inout Turn) {
        switch state.cover {
        case .triage?: state.triage?.send(&turn)
        case .macro?:
            state.macro?.run(&turn)
            // A macro that ends the work on what is read leads on to who waits longest.
            if let macro = state.macro, macro.isRunning, state.isReading { state.goesOnAfter = state.opened }
        case .customer?: state.customer?.send(&turn)
        case .search?: state.search?.look(&turn)
        // The place that was found stays in sight.
        case .find?: state.cover = nil
        case nil: break
        }
    }

    /// Reads a conversation with a message in sight; older pages are read until it is there.
    private static func show(
        _ id: ID<Conversation>, around offset: Int64, _ state: inout State, _ turn: inout Turn
    ) {
        open(id, &state, &turn)
        state.seeking = offset
        seek(id, &state, &turn)
    }

    /// Goes on towards the message that is looked for.
    static func seek(_ id: ID<Conversation>, _ state: inout State, _ turn: inout Turn) {
        guard let offset = state.seeking, state.opened == id, let transcript = turn.facts.transcripts[id] else {
            return
        }
        if transcript.hasOlder, (transcript.first ?? 0) > offset { return readOlder(id, &turn) }
        state.seeking = nil
        state.anchor = transcript.anchor(around: offset)
    }

    /// What the desk says of a customer, while the sheet of that customer is open.
    private static func answered(
        _ answer: Result<DeskAnswer, Problem>, to request: DeskRequest, _ state: inout State, _ turn: inout Turn
    ) -> Bool {
        let asked: ID<Customer>? =
            switch request {
            case .showCustomer(let asked): asked.customer
            case .updateCustomer(let asked): asked.customer
            case .mergeCustomers(let asked): asked.customer
            default: nil
            }
        guard let sheet = state.customer, sheet.customer == asked else { return false }
        switch answer {
        case .success(.customer(let profile)):
            state.customer?.take(.success(profile))
            if case .mergeCustomers(let merge) = request { turn.say("Customer \(merge.from) went into this one.", .ok) }
        case .failure(let problem): state.customer?.take(.failure(problem))
        case .success: break
        }
        return true
    }

    /// What became of it; `nil` when the answer is about something else.
    static func filed(
        _ request: DeskRequest, _ answer: Result<DeskAnswer, Problem>, _ state: inout State, _ turn: inout Turn
    ) -> Bool? {
        switch (request, answer) {
        case (.search(let asked), .success(.found(let found))):
            state.search?.take(.success(found), to: asked)
            return true
        case (.search(let asked), .failure(let problem)):
            state.search?.take(.failure(problem), to: asked)
            return state.search != nil
        case (.listReplies, .success(.replies(let replies))):
            state.replies = replies
            return true
        case (.showCustomer, _), (.updateCustomer, _), (.mergeCustomers, _):
            return answered(answer, to: request, &state, &turn)
        case (.listViews, _):
            if case .success(.views(let views)) = answer { state.views = views }
            return true
        case (.listMacros, _):
            if case .success(.macros(let macros)) = answer { state.macros = macros }
            state.macro?.take(answer.map { if case .macros(let macros) = $0 { macros } else { [] } })
            return true
        case (.runMacro(let asked), .success(.conversation(let found))):
            if state.macro?.settle(found.id) ?? false { state.macro = nil }
            state.marked.remove(found.id)
            turn.say("\(SafeText(untrusted: asked.name)) is done for #\(found.id).", .ok)
            let isMine = found.status == .open && found.owner == turn.facts.actor
            if !isMine { goOn(after: found.id, &state, &turn) }
            return true
        case (.runMacro(let asked), .failure(let problem)):
            state.macro?.refuse(problem, of: asked.id)
            return state.macro != nil
        case (.listColleagues, .success(.colleagues(let colleagues))):
            state.colleagues = colleagues.filter { $0.user != turn.facts.actor }
            return true
        case (.setAvailability, _): return tookNote(of: answer, &state, &turn)
        case (.searchKnowledge(let asked), _):
            guard state.passages?.request == asked else { return true }
            switch answer {
            case .success(.passages(let found)): state.passages?.found = found
            case .failure(let problem):
                state.passages?.problem = SafeText(untrusted: problem.detail, limit: 200).oneLine
            case .success: break
            }
            return true
        case (.suggestReply(let asked), _):
            guard state.suggestion?.conversation == asked.id else { return true }
            switch answer {
            case .success(.suggestion(let suggestion)): state.suggestion?.content = .written(suggestion)
            case .failure(let problem):
                state.suggestion?.content = .failed(SafeText(untrusted: problem.detail, limit: 300).oneLine)
            case .success: break
            }
            return true
        case (.showDraft(let asked), .success(.draft(let draft))):
            let place = DraftPlace(conversation: asked.id, kind: draft.note ? .note : .reply)
            guard !draft.text.isEmpty, state.opened == asked.id, state.drafts[place]?.isEmpty ?? false else {
                return true
            }
            state.drafts[place]?.replace(with: SafeText(untrusted: draft.text, limit: Message.maximumLength))
            state.kept[place] = draft.text
            return true
        case (.keepDraft(let asked), .success):
            state.kept[DraftPlace(conversation: asked.id, kind: asked.note ? .note : .reply)] = asked.text
            return true
        case (.markRead(let asked), _):
            if case .success = answer {
                state.marks.settle(asked.id, isKnown: true)
                // What came while this was on its way is told now.
                if state.opened == asked.id { markReadIfSeen(asked.id, &state, &turn) }
            } else {
                state.marks.settle(asked.id, isKnown: false)
            }
            return true
        case (.keepDraft, _), (.listReplies, _), (.showDraft, _), (.listColleagues, _),
            (.acknowledgeNotifications, .success):
            return true
        case (.updateConversation(let asked), .success(.conversation(let found))):
            done(asked.id, &state)
            turn.say(words(of: found), .ok)
            return true
        case (.snooze(let asked), .success(.conversation(let found))):
            done(asked.id, &state)
            let until = found.snoozedUntil.map {
                "until \(turn.scene.local($0).date) \(turn.scene.local($0).clock)" as SafeText
            }
            turn.say("Put aside \(until ?? "until the customer writes"). s takes it up again.", .ok)
            return true
        case (.wake, .success):
            turn.say("Taken up again.", .ok)
            return true
        case (.transfer(let asked), .success(.conversation(let found))):
            done(asked.id, &state)
            turn.say("Given to \(SafeText(untrusted: found.ownerName ?? "", limit: 60).oneLine).", .ok)
            return true
        case (.updateConversation(let update), .failure(let problem)): return refused(update.id, problem, &state)
        case (.snooze(let snooze), .failure(let problem)): return refused(snooze.id, problem, &state)
        case (.transfer(let transfer), .failure(let problem)): return refused(transfer.id, problem, &state)
        default: return nil
        }
    }

    private static func done(_ id: ID<Conversation>, _ state: inout State) {
        state.marked.remove(id)
        if state.triage?.settle(id) ?? false { state.triage = nil }
    }

    private static func refused(_ id: ID<Conversation>, _ problem: Problem, _ state: inout State) -> Bool {
        guard state.triage?.conversations.contains(id) ?? false else { return false }
        state.triage?.refuse(problem, of: id)
        return true
    }

    private static func words(of record: Conversation) -> SafeText {
        let row = ConversationRow(record)
        let tags: SafeText = row.tags.isEmpty ? "no tags" : row.tags.map { "#\($0)" as SafeText }.joined(separator: " ")
        return "\(row.customerName): priority \(row.priority.rawValue), \(tags)."
    }
}

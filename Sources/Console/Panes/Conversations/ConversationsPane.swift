internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The inbox and the transcript: what customers ask, what was answered, and the place to answer.
enum ConversationsPane: Pane {
    struct State: Equatable, Sendable {
        var list = ListState<ID<Conversation>>()
        var filter = ListFilter()
        /// Which conversations the list shows.
        var view = InboxView.all
        /// The views of the desk's own; `nil` before they were asked for.
        var views: [SavedView]?
        /// Those that are filed, put aside, given on or resolved together.
        var marked: Set<ID<Conversation>> = []
        /// What takes the keys besides list, transcript and composer.
        var cover: Cover?
        /// What the desk does by a name; `nil` before it was read.
        var macros: [Macro]?
        /// The place of the message that a search found, until it is in sight.
        var seeking: Int64?
        /// The texts that are kept ready; `nil` before they were read.
        var replies: [CannedReply]?
        /// Who can be named in notes; `nil` before they were read.
        var colleagues: [Colleague]?
        /// Whether conversations come by themselves, and when that was last said.
        var availability: Availability?
        var availableAt: Timestamp?
        /// The place in the menu of those texts.
        var replyChoice = 0
        /// What the knowledge base says about what stands behind a `?`.
        var passages: PassageSearch?
        /// What the assistant suggests to say, while it is shown.
        var suggestion: SuggestionTile?
        /// What the desk keeps of what is written, and when it was last told.
        var kept: [DraftPlace: String] = [:]
        var keptAt: Timestamp?
        /// The conversation whose transcript is shown.
        var opened: ID<Conversation>?
        /// Whether keys go to the transcript rather than to the list.
        var isReading = false
        /// Where the transcript is scrolled to; `nil` follows the newest entry.
        var anchor: TranscriptAnchor?
        /// What is being written, if anything.
        var composing: DraftKind?
        var drafts: [DraftPlace: TextField] = [:]
        var outbox = Outbox()
        /// The newest message that was before the person's eyes when they began their reply.
        var began: [ID<Conversation>: Int64] = [:]
        /// Whether a reply is to be sent although somebody else answers.
        var question: SendQuestion?
        var marks = ReadMarks()
        /// Why a transcript could not be read.
        var faults: [ID<Conversation>: SafeText] = [:]
        /// When the row under the cursor last became another one without a key.
        var shiftedAt: Timestamp?
        /// When the others were last told that this person types.
        var typedAt: Timestamp?
        /// The conversation after whose resolution the next one is opened.
        var goesOnAfter: ID<Conversation>?
        /// The message after which its conversation is to be resolved, once the desk has it.
        var resolvesAfter: ULID?
        /// The conversation that the person resolved or gave on last: the cursor does not follow it.
        var doneWith: ID<Conversation>?
    }

    static let name = PaneName.conversations
    static let purpose: SafeText = "What customers ask, who answers, and the place to answer."
    static let initial = State()

    static func mode(_ state: State) -> Mode {
        if state.composing != nil { return .compose }
        if state.cover?.isForm ?? false { return .form }
        return state.filter.isOpen ? .filter : .keys
    }

    /// The conversation that keys act on: the one that is read, else the one under the cursor.
    static func target(_ state: State, _ facts: DeskFacts) -> ConversationRow? {
        let id = state.isReading ? state.opened : state.list.cursor
        return id.flatMap { facts.conversations[$0] }
    }

    /// The conversations that filing acts on: those that are marked, else the one that keys act on.
    static func targets(_ state: State, _ facts: DeskFacts) -> [ConversationRow] {
        guard state.isAtList, !state.marked.isEmpty else { return target(state, facts).map { [$0] } ?? [] }
        return state.list.rows.filter(state.marked.contains).compactMap { facts.conversations[$0] }
    }

    /// A click in the list reads a conversation; one in the transcript gives it the keys.
    static func click(_ position: Position, _ state: inout State, _ turn: inout Turn) {
        let layout = ConversationsLayout(Rect(turn.scene.room), state, turn.scene.screen)
        guard state.composing == nil, state.triage == nil, state.macro == nil, !state.isCovered else { return }
        if layout.list.contains(position) {
            let filter = state.filter.isShown ? 1 : 0
            let head = 1 + filter + (layout.hasTallRows ? 0 : 1)
            let room = layout.list.rows - head - 1
            let row = position.row - layout.list.row - head
            let height = layout.hasTallRows ? 2 : 1
            guard row >= 0, state.list.selectRow(row / height, of: room / height), let id = state.list.cursor else {
                return
            }
            open(id, &state, &turn)
        } else if layout.transcript.contains(position), state.opened != nil {
            state.isReading = true
        }
    }

    /// The transcript that is read, or the line of the list.
    static func copy(_ state: State, _ scene: Scene) -> SafeText? {
        guard let row = target(state, scene.facts) else { return nil }
        let head: SafeText = "#\(row.id) \(row.customerName)"
        guard state.isReading, let transcript = scene.facts.transcripts[row.id] else {
            return row.preview.isEmpty ? head : "\(head): \(row.preview)"
        }
        let lines = transcript.entries.map { entry in
            "\(scene.local(entry.at).clock) \(entry.authorName): \(entry.text)" as SafeText
        }
        return ([head] + lines).joined(separator: "\n")
    }

    static func unfinished(_ state: State, _ facts: DeskFacts) -> SafeText? {
        // What the desk keeps is there again after the next start.
        let written = state.drafts.first { !$0.value.isEmpty && state.kept[$0.key] != $0.value.text.text }?.key
        if let written {
            let name = facts.conversations[written.conversation]?.customerName ?? "#\(written.conversation)"
            let kind: SafeText = written.kind == .note ? "A note about" : "A reply to"
            return "\(kind) \(name) is written but not sent. It would be lost."
        }
        guard let unsent = state.outbox.unsent else { return nil }
        let name = facts.conversations[unsent]?.customerName ?? "#\(unsent)"
        return "A message to \(name) has not reached the desk. It would be lost."
    }
}

/// What a person writes.
enum DraftKind: Hashable, Sendable {
    /// For the customer.
    case reply
    /// For colleagues only.
    case note
}

/// Where a draft belongs: each conversation keeps its own.
struct DraftPlace: Hashable, Sendable {
    let conversation: ID<Conversation>
    let kind: DraftKind
}

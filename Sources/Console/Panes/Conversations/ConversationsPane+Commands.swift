internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ConversationsPane {
    enum Action: Equatable, Sendable {
        case move(ListMove)
        case open
        case openNext(Int)
        case backToList
        case changeSide
        case openFilter
        case keepFilter
        case clearFilter
        case takeOver
        case handBack
        case giveToQueue
        case resolve(goesOn: Bool)
        case compose(DraftKind)
        case sendAgain
        case takeBack
        case send
        case sendAndResolve
        case newLine
        case leaveComposer
        case edit
        case suggest
        case triage(TriageForm.Deed)
        case mark
        case markAll
        case unmark
        case changeView(Int)
        case openSearch
        case openFind
        case openMacros
        case openCustomer
        case readOfCustomer
        case writeOfCustomer(CustomerSheet.Writing)
        case availability
        case goToFound
        case changeWords
        case sendForm
        case cancelForm
    }

    static let commands: [Command<ConversationsPane>] =
        onList + onTranscript + onBoth + filing + forOneself + whileSearching + atCustomer
        + ListCommands.movement { .move($0) }
        + ListCommands.filter(
            open: .openFilter, keep: .keepFilter, clear: .clearFilter, isFiltered: { $0.filter.isActive },
            move: { .move($0) },
            applies: { $0.isAtList })
        + whileComposing + whileFilling

    private static let onList: [Command<ConversationsPane>] = [
        Command(
            .enter, .right, title: "open", purpose: "Read the conversation under the cursor.", action: .open, rank: 1,
            applies: { $0.isAtList }, obstacle: { chosen($0, $1) == nil ? "there is no conversation" : nil })
    ]

    private static let onTranscript: [Command<ConversationsPane>] = [
        Command(
            .character("i"), .enter, title: "reply", purpose: "Write to the customer.", action: .compose(.reply),
            scope: .conversationsWrite, rank: 1, applies: { $0.isAtTranscript }, obstacle: obstacleToReply),
        Command(
            .character("n"), title: "note", purpose: "Write a note that only colleagues see.",
            action: .compose(.note), scope: .conversationsWrite, rank: 5, applies: { $0.isAtTranscript },
            obstacle: { isResolved($0, $1) ? "it is resolved" : nil }),
        Command(
            .character("r"), title: "send again", purpose: "Send once more what did not arrive.", action: .sendAgain,
            scope: .conversationsWrite, rank: 2,
            applies: { $0.isAtTranscript && $0.outbox.hasFailure(in: $0.opened) }),
        Command(
            .character("x"), title: "take back", purpose: "Put what did not arrive back into the reply, to change it.",
            action: .takeBack, applies: { $0.isAtTranscript && $0.outbox.hasFailure(in: $0.opened) }),
        Command(
            .escape, .left, title: "list", purpose: "Go back to the list; drafts stay.", action: .backToList, rank: 8,
            applies: { $0.isAtTranscript }),
        Command(
            .character("/"), title: "find", purpose: "Find words in this transcript; ↑ goes to older, ↓ to newer ones.",
            action: .openFind, rank: 7, applies: { $0.isAtTranscript }),
        Command(
            .character("J"), title: "next", purpose: "Read the next conversation of the list.", action: .openNext(1),
            applies: { $0.isAtTranscript }),
        Command(
            .character("K"), title: "previous", purpose: "Read the conversation before in the list.",
            action: .openNext(-1), applies: { $0.isAtTranscript }),
    ]

    private static let onBoth: [Command<ConversationsPane>] = [
        Command(
            .character("t"), title: "take over",
            purpose: "Answer yourself; the assistant stops. Of several people exactly one gets it.", action: .takeOver,
            scope: .conversationsClaim, rank: 2, applies: { !$0.isCovered }, obstacle: obstacleToClaim),
        Command(
            .character("b"), title: "hand back", purpose: "Let the assistant answer again.", action: .handBack,
            scope: .conversationsClaim, rank: 3, applies: { !$0.isCovered }, obstacle: obstacleToRelease),
        Command(
            .character("u"), title: "to the queue", purpose: "Leave it to another person.", action: .giveToQueue,
            scope: .conversationsClaim, applies: { !$0.isCovered }, obstacle: obstacleToRelease),
        Command(
            .character("e"), title: "resolve", purpose: "Mark the conversation as done.",
            action: .resolve(goesOn: false), scope: .conversationsClaim, rank: 4, applies: { !$0.isCovered },
            obstacle: obstacleToResolve),
        Command(
            .character("E"), title: "resolve, next", purpose: "Mark it as done and read who waits longest.",
            action: .resolve(goesOn: true), scope: .conversationsClaim, applies: { !$0.isCovered },
            obstacle: obstacleToResolve),
        Command(
            .tab, .backTab, title: "other side", purpose: "Go from the list to the transcript and back.",
            action: .changeSide, applies: { !$0.isCovered },
            obstacle: { state, _ in state.opened == nil ? "open a conversation first" : nil }),
    ]

    private static let filing: [Command<ConversationsPane>] = [
        Command(
            .character("p"), title: "priority", purpose: "Say how urgent the conversation is.",
            action: .triage(.priority), scope: .conversationsClaim, applies: { !$0.isCovered }, obstacle: obstacle),
        Command(
            .character("#"), title: "tags", purpose: "Say what the conversation is filed under.",
            action: .triage(.tags), scope: .conversationsClaim, applies: { !$0.isCovered }, obstacle: obstacle),
        Command(
            .character("s"), title: "put aside",
            purpose: "Put the conversation aside, for some time or until the customer writes; again: take it up.",
            action: .triage(.snooze), scope: .conversationsClaim, applies: { !$0.isCovered },
            obstacle: obstacleToResolve),
        Command(
            .character("o"), title: "give to", purpose: "Give the conversation to a colleague, with a note.",
            action: .triage(.transfer), scope: .conversationsClaim, applies: { !$0.isCovered },
            obstacle: obstacleToResolve),
        Command(
            .character("c"), title: "customer",
            purpose: "Show who asks: what is known of them and what they asked before.",
            action: .openCustomer, scope: .conversationsClaim, applies: { !$0.isCovered }, obstacle: obstacle),
        Command(
            .character("m"), title: "macro",
            purpose: "Do several things at once by one name, such as reply, tag, resolve.",
            action: .openMacros, scope: .conversationsClaim, applies: { !$0.isCovered },
            obstacle: obstacleToResolve),
        Command(
            .character(" "), title: "mark",
            purpose: "Mark the conversation, to file, put aside, give on or resolve several at once.", action: .mark,
            scope: .conversationsClaim, applies: { $0.isAtList }, obstacle: obstacleToResolve),
        Command(
            .character("*"), title: "mark all", purpose: "Mark every conversation of the view that is not resolved.",
            action: .markAll, scope: .conversationsClaim, applies: { $0.isAtList }),
        Command(
            .escape, title: "unmark", purpose: "Forget what is marked.", action: .unmark,
            applies: { $0.isAtList && !$0.marked.isEmpty && !$0.filter.isActive }),
        Command(
            .character("v"), title: "next view",
            purpose: "Show the queue, yours, the late, what is put aside, the resolved.",
            action: .changeView(1), applies: { $0.isAtList }),
        Command(
            .character("V"), title: "view before", purpose: "Show the view before.", action: .changeView(-1),
            applies: { $0.isAtList }),
        Command(
            .character("f"), title: "search", purpose: "Search all messages of all conversations.",
            action: .openSearch, scope: .conversationsClaim, applies: { !$0.isCovered }),
    ]

    private static let forOneself: [Command<ConversationsPane>] = [
        Command(
            .character("A"), title: "available",
            purpose: "Say how many conversations you take at a time as they come; none: they wait in the queue.",
            action: .availability, scope: .conversationsClaim, applies: { $0.isAtList },
            obstacle: { _, scene in scene.facts.connection.isLive ? nil : "there is no connection" })
    ]

    private static let whileSearching: [Command<ConversationsPane>] = [
        Command(
            .enter, .right, title: "read", purpose: "Read the conversation around the message that was found.",
            action: .goToFound, rank: 1, applies: { $0.search != nil },
            obstacle: { state, _ in state.search?.chosen == nil ? "nothing was found" : nil }),
        Command(
            .character("/"), title: "words", purpose: "Change what is looked for.", action: .changeWords, rank: 2,
            applies: { $0.search != nil }),
        Command(
            .escape, title: "back", purpose: "Close the search.", action: .cancelForm, rank: 3,
            applies: { $0.search != nil }),
    ]

    private static let atCustomer: [Command<ConversationsPane>] = [
        Command(
            .enter, .right, title: "read", purpose: "Read the customer's conversation under the cursor.",
            action: .readOfCustomer, rank: 1, applies: { $0.customer != nil },
            obstacle: { state, _ in state.customer?.chosen == nil ? "there is no conversation" : nil }),
        Command(
            .character("a"), title: "attribute", purpose: "Note something of the customer, such as their plan.",
            action: .writeOfCustomer(.attribute), scope: .conversationsClaim, rank: 2,
            applies: { $0.customer != nil }),
        Command(
            .character("m"), title: "merge", purpose: "Let another customer, who is the same person, go into this one.",
            action: .writeOfCustomer(.merge), scope: .conversationsClaim, rank: 3, applies: { $0.customer != nil }),
        Command(
            .escape, title: "back", purpose: "Close what is known of the customer.", action: .cancelForm, rank: 4,
            applies: { $0.customer != nil }),
    ]

    private static let whileFilling: [Command<ConversationsPane>] = [
        Command(.enter, title: "do it", purpose: "Do what the line says.", action: .sendForm, rank: 1, mode: .form),
        Command(
            .escape, title: "cancel", purpose: "Close the line and change nothing.", action: .cancelForm, rank: 2,
            mode: .form),
    ]

    private static let whileComposing: [Command<ConversationsPane>] = [
        Command(.enter, title: "send", purpose: "Send what is written.", action: .send, rank: 1, mode: .compose),
        Command(
            .control("x"), title: "send, resolve, next",
            purpose: "Send the reply, mark the conversation as done once the desk has it, and read who waits longest.",
            action: .sendAndResolve, scope: .conversationsClaim, rank: 5, mode: .compose,
            applies: { $0.composing == .reply },
            obstacle: { _, scene in scene.facts.connection.isLive ? nil : "there is no connection" }),
        Command(
            .control("j"), .alt("\n"), title: "new line", purpose: "Begin a new line.", action: .newLine, rank: 2,
            mode: .compose),
        Command(
            .control("r"), title: "suggest",
            purpose: "Have the assistant suggest a reply; Tab takes it into yours, nothing is sent by itself.",
            action: .suggest, scope: .conversationsClaim, rank: 4, mode: .compose,
            applies: { $0.composing == .reply },
            obstacle: { _, scene in scene.facts.connection.isLive ? nil : "there is no connection" }),
        Command(
            .control("g"), title: "editor", purpose: "Write in your own editor ($VISUAL or $EDITOR); nothing is sent.",
            action: .edit, mode: .compose),
        Command(
            .escape, title: "keep draft", purpose: "Stop writing; the draft stays with the conversation.",
            action: .leaveComposer, rank: 3, mode: .compose),
        Command(
            .pageUp, title: "scroll up", purpose: "Read further up while writing.", action: .move(.pageUp),
            mode: .compose),
        Command(
            .pageDown, title: "scroll down", purpose: "Read further down while writing.", action: .move(.pageDown),
            mode: .compose),
    ]
}

// MARK: Why something cannot be done
extension ConversationsPane {
    /// The row that keys act on, or why none is: a list that has just moved under the hand is not acted on.
    private static func chosen(_ state: State, _ scene: Scene) -> ConversationRow? { target(state, scene.facts) }

    private static func isResolved(_ state: State, _ scene: Scene) -> Bool {
        chosen(state, scene)?.isResolved ?? true
    }

    @Sendable private static func obstacle(_ state: State, _ scene: Scene) -> SafeText? {
        guard let row = chosen(state, scene) else { return "there is no conversation" }
        if !state.isReading, let shiftedAt = state.shiftedAt, scene.now - shiftedAt < .milliseconds(500) {
            return "the list moved just now; press again for \(row.customerName)"
        }
        return nil
    }

    @Sendable private static func obstacleToClaim(_ state: State, _ scene: Scene) -> SafeText? {
        if let obstacle = obstacle(state, scene) { return obstacle }
        guard let row = chosen(state, scene) else { return nil }
        if row.isResolved { return "it is resolved" }
        return row.holder(for: scene.facts.actor) == .me ? "you have it already" : nil
    }

    @Sendable private static func obstacleToRelease(_ state: State, _ scene: Scene) -> SafeText? {
        if let obstacle = obstacle(state, scene) { return obstacle }
        guard let row = chosen(state, scene) else { return nil }
        if row.isResolved { return "it is resolved" }
        switch row.holder(for: scene.facts.actor) {
        case .me: return nil
        case .assistant: return "the assistant has it"
        case .queue: return "nobody has it yet"
        case .colleague(let name): return "\(name) has it"
        }
    }

    @Sendable private static func obstacleToResolve(_ state: State, _ scene: Scene) -> SafeText? {
        if state.isAtList, !state.marked.isEmpty { return nil }
        return obstacle(state, scene) ?? (isResolved(state, scene) ? "it is resolved already" : nil)
    }

    @Sendable private static func obstacleToReply(_ state: State, _ scene: Scene) -> SafeText? {
        guard let row = chosen(state, scene) else { return "there is no conversation" }
        if row.isResolved { return "it is resolved" }
        switch row.holder(for: scene.facts.actor) {
        case .me: return nil
        case .assistant: return "the assistant answers; t takes it over"
        case .queue: return "nobody has it yet; t takes it"
        case .colleague(let name): return "\(name) has it; t takes it over, n writes a note"
        }
    }
}

extension ConversationsPane.State {
    /// Whether keys go to the list.
    var isAtList: Bool { !isReading && !isCovered }
    /// Whether keys go to the transcript.
    var isAtTranscript: Bool { isReading && !isCovered }
    /// Whether something stands in place of list and transcript.
    var isCovered: Bool { cover?.isWhole ?? false }
}

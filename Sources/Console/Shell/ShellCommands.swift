internal import Terminal
internal import Vocabulary

/// What can be done in every pane.
enum ShellCommands {
    /// Those that have a place on the key line, in its order.
    static let ranked = all.ranked(by: \.rank)

    /// The commands in the order of the help.
    static let all: [AnyCommand] =
        PaneName.allCases.map(pane) + [
            command(
                .character("?"), title: "help", purpose: "Show the keys of the pane in front.", rank: 8,
                perform: { state, _ in state.overlay = .help(scroll: 0) }),
            command(
                .character(":"), title: "command", purpose: "Find any command of any pane by a few letters.", rank: 7,
                perform: { state, _ in state.overlay = .palette(Palette()) }),
            quit,
        ] + PastCommands.all + [
            command(
                .character("!"), title: "for you",
                purpose: "Show what calls you: colleagues who named you, conversations given to you, what is late.",
                perform: { state, _ in state.overlay = .notifications(cursor: 0) }),
            command(
                .character("@"), title: "request log",
                purpose: "Show what this console asked of the desk, and what it answered.",
                perform: { state, _ in state.overlay = .requestLog(scroll: 0) }),
            command(
                .character("y"), title: "copy", purpose: "Send what is under the cursor to the terminal's clipboard.",
                obstacle: obstacleToCopy,
                perform: { state, turn in if let text = state.textToCopy { turn.ask(.copy(text)) } }),
            command(
                .character("Y"), title: "copy to a file",
                purpose: "Write what is under the cursor to a file, for terminals without a clipboard.",
                obstacle: obstacleToCopy,
                perform: { state, turn in if let text = state.textToCopy { turn.ask(.save(text)) } }),
            command(
                .character("U"), title: "undo", purpose: "Take the last action back, where the desk allows it.",
                obstacle: { state in
                    if state.rewind != nil { return "the console shows the past; End returns to now" }
                    return state.undoable == nil ? "there is nothing that can be taken back" : nil
                },
                perform: { state, turn in
                    guard let step = state.undoable else { return }
                    turn.confirm(Question(text: "Take back: you \(step.deed)?", request: step.request))
                }),
            command(
                .character("+"), title: "more room",
                purpose: "Give the side in focus more room: half of the screen, then all of it.",
                obstacle: { $0.screen == .full ? "it has the whole screen; _ gives it less" : nil },
                perform: { state, _ in state.screen = state.screen.larger }),
            command(
                .character("_"), title: "less room", purpose: "Give the side in focus less room again.",
                obstacle: { $0.screen == .normal ? "the screen is shared as usual; + gives more" : nil },
                perform: { state, _ in state.screen = state.screen.smaller }),
            command(
                .character("M"), title: "mouse",
                purpose: "Give the mouse to the console, or back to the terminal for selecting text.",
                perform: { _, turn in turn.ask(.toggleMouse) }),
            command(
                .control("t"), title: "theme", purpose: "Choose other colours, and see each while choosing.",
                perform: { _, turn in turn.ask(.readThemes) }),
            command(
                .control("l"), title: "redraw", purpose: "Write the whole screen anew.",
                perform: { _, turn in turn.ask(.redraw) }),
            command(
                .control("z"), title: "suspend", purpose: "Go back to the shell; fg returns.",
                perform: { _, turn in turn.ask(.suspend) }),
        ]

    /// What works while a text is written or something lies over the pane, too.
    static func always(_ key: Key) -> AnyCommand? {
        switch key {
        case .control("l"), .control("z"), .control("c"): all.first { $0.keys.contains(key) && $0.mode == .keys }
        default: nil
        }
    }

    private static let quit = command(
        .character("q"), .control("c"), title: "quit",
        purpose: "Leave the console; the desk goes on. Asks first when a draft would be lost.", rank: 9,
        perform: { state, turn in
            let losses = Panes.all.compactMap { $0.unfinished(state) }
            guard let loss = losses.first else { return turn.ask(.quit) }
            state.overlay = .quitting(loss: loss)
            state.questionShownAt = state.now
        })

    @Sendable private static func obstacleToCopy(_ state: ConsoleState) -> SafeText? {
        state.textToCopy == nil ? "there is nothing under a cursor here" : nil
    }

    private static func pane(_ name: PaneName) -> AnyCommand {
        command(
            .character(name.digit), title: name.title, purpose: Panes.pane(name).purpose,
            perform: { _, turn in turn.go(to: .pane(name)) })
    }

    static func command(
        _ keys: Key..., title: SafeText, purpose: SafeText, rank: Int = 0,
        applies: @escaping @Sendable (ConsoleState) -> Bool = { _ in true },
        obstacle: @escaping @Sendable (ConsoleState) -> SafeText? = { _ in nil },
        perform: @escaping @Sendable (inout ConsoleState, inout Turn) -> Void
    ) -> AnyCommand {
        AnyCommand(
            pane: nil, keys: keys, title: title, purpose: purpose, scope: nil, rank: rank, mode: .keys,
            applies: applies, obstacle: obstacle, perform: perform)
    }
}

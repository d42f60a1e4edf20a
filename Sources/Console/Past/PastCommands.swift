internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The keys of time: they move the whole console back and forth, in every pane.
enum PastCommands {
    static let all: [AnyCommand] = [
        ShellCommands.command(
            .character("["), title: "back", purpose: "Look ten seconds further back, in every pane.",
            perform: { state, turn in turn.pass(on: state.look(at: state.wantedMoment - Rewind.step)) }),
        ShellCommands.command(
            .character("]"), title: "forward", purpose: "Look ten seconds later.", obstacle: obstacleToForward,
            perform: { state, turn in turn.pass(on: state.look(at: state.wantedMoment + Rewind.step)) }),
        ShellCommands.command(
            .character("("), title: "far back", purpose: "Look five minutes further back.",
            perform: { state, turn in turn.pass(on: state.look(at: state.wantedMoment - Rewind.stride)) }),
        ShellCommands.command(
            .character(")"), title: "far forward", purpose: "Look five minutes later.", obstacle: obstacleToForward,
            perform: { state, turn in turn.pass(on: state.look(at: state.wantedMoment + Rewind.stride)) }),
        ShellCommands.command(
            .character("{"), title: "event before",
            purpose: "Look at the moment of the event before: an alert, a deployment, a restart.",
            perform: { state, turn in state.lookAtOccurrence(before: true, &turn) }),
        ShellCommands.command(
            .character("}"), title: "event after", purpose: "Look at the moment of the next event.",
            obstacle: obstacleToForward, perform: { state, turn in state.lookAtOccurrence(before: false, &turn) }),
        ShellCommands.command(
            .character("T"), title: "go to time", purpose: "Look at a moment that you type, such as 14:05 or 3m ago.",
            perform: { state, _ in state.overlay = .moment(MomentPrompt()) }),
        ShellCommands.command(
            .character("o"), title: "open event", purpose: "Open what the event is about.",
            applies: { $0.rewind != nil },
            obstacle: { state in
                state.rewind?.occurrence?.destination == nil ? "no event with a place is chosen; { finds one" : nil
            },
            perform: { state, turn in
                if let place = state.rewind?.occurrence?.destination { turn.go(to: place) }
            }),
        ShellCommands.command(
            .end, title: "now", purpose: "Return from the past to now.", applies: { $0.rewind != nil },
            perform: { state, turn in turn.pass(on: state.returnToNow()) }),
    ]

    @Sendable private static func obstacleToForward(_ state: ConsoleState) -> SafeText? {
        state.rewind == nil ? "the console shows now; [ looks back" : nil
    }
}

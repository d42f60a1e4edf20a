internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// A pane together with the place of its state in the console's.
struct AnyPane: Sendable {
    let name: PaneName
    let purpose: SafeText
    let commands: [AnyCommand]
    /// The commands that have a place on the key line while keys mean this, in its order.
    let keyLine: @Sendable (ConsoleState, Mode) -> [KeyHint]
    let mode: @Sendable (ConsoleState) -> Mode
    let write: @Sendable (Key, inout ConsoleState, inout Turn) -> Void
    let receive: @Sendable (FactChange, inout ConsoleState, inout Turn) -> Void
    let receiveAnswer: @Sendable (Result<DeskAnswer, Problem>, DeskRequest, inout ConsoleState, inout Turn) -> Bool
    let arrive: @Sendable (Destination, inout ConsoleState, inout Turn) -> Void
    let unfinished: @Sendable (ConsoleState) -> SafeText?
    let copy: @Sendable (ConsoleState) -> SafeText?
    let click: @Sendable (Position, inout ConsoleState, inout Turn) -> Void
    let draw: @Sendable (ConsoleState, Scene, Rect, inout Frame) -> Void

    init<Owner: Pane>(_ pane: Owner.Type, at place: any WritableKeyPath<ConsoleState, Owner.State> & Sendable) {
        name = pane.name
        purpose = pane.purpose
        commands = pane.commands.map { AnyCommand($0, at: place) }
        let ranked = pane.commands.ranked(by: \.rank)
        let hints = ranked.map { AnyCommand($0, at: place) }
        keyLine = { state, mode in
            // Taken out once: it is asked for with every frame.
            let (own, scene) = (state[keyPath: place], state.scene)
            return ranked.indices.compactMap { index in
                let command = ranked[index]
                guard command.mode == mode, command.applies(own) else { return nil }
                let refusal = state.refusal(of: command.scope) ?? command.obstacle(own, scene)
                return KeyHint(command: hints[index], canAct: refusal == nil)
            }
        }
        mode = { pane.mode($0[keyPath: place]) }
        write = { pane.write($0, into: &$1[keyPath: place], &$2) }
        receive = { pane.receive($0, into: &$1[keyPath: place], &$2) }
        receiveAnswer = { pane.receive($0, to: $1, into: &$2[keyPath: place], &$3) }
        arrive = { pane.arrive(at: $0, in: &$1[keyPath: place], &$2) }
        unfinished = { pane.unfinished($0[keyPath: place], $0.facts) }
        click = { pane.click($0, &$1[keyPath: place], &$2) }
        copy = { pane.copy($0[keyPath: place], $0.scene) }
        draw = { pane.draw($0[keyPath: place], $1, in: $2, on: &$3) }
    }
}

/// A command on the key line.
struct KeyHint: Sendable {
    let command: AnyCommand
    let canAct: Bool
}

extension Array {
    /// Those that have a place on the key line, in its order.
    func ranked(by rank: (Element) -> Int) -> [Element] {
        filter { rank($0) > 0 }.sorted { rank($0) < rank($1) }
    }
}

extension AnyCommand {
    fileprivate init<Owner: Pane>(
        _ command: Command<Owner>, at place: any WritableKeyPath<ConsoleState, Owner.State> & Sendable
    ) {
        self.init(
            pane: Owner.name, keys: command.keys, title: command.title, purpose: command.purpose,
            scope: command.scope, rank: command.rank, mode: command.mode,
            applies: { command.applies($0[keyPath: place]) },
            obstacle: { command.obstacle($0[keyPath: place], $0.scene) },
            perform: { Owner.apply(command.action, to: &$0[keyPath: place], &$1) })
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What keys mean while a person works in a pane.
enum Mode: String, CaseIterable, Equatable, Sendable {
    /// Keys are commands.
    case keys
    /// Keys go to the filter of a list.
    case filter
    /// Keys go to a reply or a note.
    case compose
    /// Keys go to a form.
    case form
}

/// Something a person can do in a pane, as data: key line, help, palette and the key reference are printed from it.
struct Command<Owner: Pane>: Sendable {
    /// The keys that do it; the first is shown.
    let keys: [Key]
    /// A word or two for the key line, such as `take over`.
    let title: SafeText
    /// A sentence for help and reference.
    let purpose: SafeText
    /// What is done.
    let action: Owner.Action
    /// What the person's role must allow.
    let scope: Scope?
    /// Its place on the key line, 1 first; 0 is in help and palette only.
    let rank: Int
    /// While keys mean what.
    let mode: Mode
    /// Whether the command exists in this state at all; several may share a key when at most one does.
    let applies: @Sendable (Owner.State) -> Bool
    /// Why it cannot be done now; `nil` when it can.
    let obstacle: @Sendable (Owner.State, Scene) -> SafeText?

    init(
        _ keys: Key..., title: SafeText, purpose: SafeText, action: Owner.Action, scope: Scope? = nil, rank: Int = 0,
        mode: Mode = .keys, applies: @escaping @Sendable (Owner.State) -> Bool = { _ in true },
        obstacle: @escaping @Sendable (Owner.State, Scene) -> SafeText? = { _, _ in nil }
    ) {
        self.keys = keys
        self.title = title
        self.purpose = purpose
        self.action = action
        self.scope = scope
        self.rank = rank
        self.mode = mode
        self.applies = applies
        self.obstacle = obstacle
    }
}

/// A command of any pane or of the shell, with the console's whole state to work on.
struct AnyCommand: Sendable {
    /// The pane it belongs to; `nil` for the shell.
    let pane: PaneName?
    let keys: [Key]
    let title: SafeText
    let purpose: SafeText
    let scope: Scope?
    let rank: Int
    let mode: Mode
    let applies: @Sendable (ConsoleState) -> Bool
    let obstacle: @Sendable (ConsoleState) -> SafeText?
    let perform: @Sendable (inout ConsoleState, inout Turn) -> Void

    /// Why the command cannot be done now: the role first, then the state.
    func refusal(in state: ConsoleState) -> SafeText? { state.refusal(of: scope) ?? obstacle(state) }
}

extension ConsoleState {
    /// Why nothing that needs this scope can be done now, whatever the pane says.
    func refusal(of scope: Scope?) -> SafeText? {
        if let refusal = facts.refusal(scope) { return refusal }
        guard let scope, !scope.isForReading, rewind != nil else { return nil }
        return "the console shows the past; End returns to now"
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The panes by their names, in the order of their number keys.
enum PaneName: String, CaseIterable, Equatable, Sendable {
    case overview
    case system
    case alerts
    case conversations
    case models
    case metrics

    /// The number key that opens it.
    var digit: Character { Character(String((PaneName.allCases.firstIndex(of: self) ?? 0) + 1)) }

    /// The name as tabs show it.
    var title: SafeText { "\(rawValue)" }
}

/// A part of the console: its state, what can be done in it, and how it looks.
///
/// A pane never changes what the desk has told: it changes its own state and asks for the rest through the turn.
protocol Pane: Sendable {
    associatedtype State: Equatable & Sendable
    associatedtype Action: Equatable & Sendable

    static var name: PaneName { get }
    /// A sentence for help and reference.
    static var purpose: SafeText { get }
    static var initial: State { get }
    static var commands: [Command<Self>] { get }

    /// What keys mean now.
    static func mode(_ state: State) -> Mode
    /// Takes a key that is no command while a text is written, or pasted text.
    static func write(_ key: Key, into state: inout State, _ turn: inout Turn)
    /// Does what a command says.
    static func apply(_ action: Action, to state: inout State, _ turn: inout Turn)
    /// Takes what changed in the facts.
    static func receive(_ change: FactChange, into state: inout State, _ turn: inout Turn)
    /// Takes the outcome of a request; says whether the pane has told the person about a failure.
    static func receive(
        _ answer: Result<DeskAnswer, Problem>, to request: DeskRequest, into state: inout State, _ turn: inout Turn
    ) -> Bool
    /// Comes to the front at a place.
    static func arrive(at destination: Destination, in state: inout State, _ turn: inout Turn)
    /// What would be lost if the console ended now; `nil` for nothing.
    static func unfinished(_ state: State, _ facts: DeskFacts) -> SafeText?
    /// Takes a click at a cell of the pane, counted from its top left.
    static func click(_ position: Position, _ state: inout State, _ turn: inout Turn)
    /// What is under the cursor, as a text to be copied; `nil` when there is nothing.
    static func copy(_ state: State, _ scene: Scene) -> SafeText?
    /// Draws the pane.
    static func draw(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame)
}

extension Pane {
    static func mode(_ state: State) -> Mode { .keys }
    static func write(_ key: Key, into state: inout State, _ turn: inout Turn) {}
    static func receive(
        _ answer: Result<DeskAnswer, Problem>, to request: DeskRequest, into state: inout State, _ turn: inout Turn
    ) -> Bool { false }
    static func arrive(at destination: Destination, in state: inout State, _ turn: inout Turn) {}
    static func unfinished(_ state: State, _ facts: DeskFacts) -> SafeText? { nil }
    static func copy(_ state: State, _ scene: Scene) -> SafeText? { nil }
    static func click(_ position: Position, _ state: inout State, _ turn: inout Turn) {}
}

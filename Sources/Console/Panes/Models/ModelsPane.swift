internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The versions that answer customers: how often, how fast, at what cost, and what went wrong last.
enum ModelsPane: Pane {
    struct State: Equatable, Sendable {
        var list = ListState<ID<ModelVersion>>()
        var filter = ListFilter()
    }

    enum Action: Equatable, Sendable {
        case move(ListMove)
        case openFilter
        case keepFilter
        case clearFilter
    }

    static let name = PaneName.models
    static let purpose: SafeText = "What answers the customers: how often, how fast, at what cost."
    static let initial = State()

    static let commands: [Command<ModelsPane>] =
        ListCommands.movement { .move($0) }
        + ListCommands.filter(
            open: .openFilter, keep: .keepFilter, clear: .clearFilter, isFiltered: { $0.filter.isActive },
            move: { .move($0) })

    static func mode(_ state: State) -> Mode { state.filter.isOpen ? .filter : .keys }

    static func apply(_ action: Action, to state: inout State, _ turn: inout Turn) {
        switch action {
        case .move(let move): state.list.move(move, page: max(1, turn.scene.room.rows / 2))
        case .openFilter: state.filter.isOpen = true
        case .keepFilter: state.filter.isOpen = false
        case .clearFilter:
            state.filter.clear()
            refilter(&state, turn.facts)
        }
    }

    static func write(_ key: Key, into state: inout State, _ turn: inout Turn) {
        if state.filter.field.take(key) == .edited { refilter(&state, turn.facts) }
    }

    static func receive(_ change: FactChange, into state: inout State, _ turn: inout Turn) {
        switch change {
        case .models: relist(&state, turn.facts)
        case .moment: refilter(&state, turn.facts)
        default: break
        }
    }

    static func arrive(at destination: Destination, in state: inout State, _ turn: inout Turn) {
        if case .filter = destination { state.filter.isOpen = true }
        guard case .model(let id) = destination else { return }
        if !state.list.rows.contains(id) {
            state.filter.clear()
            refilter(&state, turn.facts)
        }
        state.list.select(id)
    }

    static func click(_ position: Position, _ state: inout State, _ turn: inout Turn) {
        let room = turn.scene.room
        let rows = room.rows - (room.rows >= 16 ? 10 : 0)
        let head = 2 + (state.filter.isShown ? 1 : 0)
        state.list.selectRow(position.row - head, of: rows - head - 1)
    }

    static func copy(_ state: State, _ scene: Scene) -> SafeText? {
        state.list.cursor.flatMap { scene.facts.models[$0] }?.name
    }

    private static func relist(_ state: inout State, _ facts: DeskFacts) {
        let pattern = state.filter.pattern
        state.list.take(facts.models.values.filter { pattern.accepts($0.texts) }.sorted { $0.precedes($1) }.map(\.id))
    }

    private static func refilter(_ state: inout State, _ facts: DeskFacts) {
        relist(&state, facts)
        state.list.showAll()
    }
}

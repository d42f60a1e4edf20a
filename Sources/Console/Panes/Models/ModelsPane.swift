internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The versions that answer customers and read what they write: how they do, where traffic goes, what is learned.
enum ModelsPane: Pane {
    struct State: Equatable, Sendable {
        var list = ListState<ID<ModelVersion>>()
        var filter = ListFilter()
        var form: ModelForm?
        /// A comparison or an evaluation, while it is shown instead of the versions.
        var sheet: LinesSheet?
        /// What a classifier takes for what, while it is shown instead of the versions.
        var map: ConfusionMap?
    }

    static let name = PaneName.models
    static let purpose: SafeText = "What answers the customers: how well, at what cost, and where traffic goes."
    static let initial = State()

    static func mode(_ state: State) -> Mode {
        state.form != nil ? .form : state.filter.isOpen ? .filter : .keys
    }

    static func write(_ key: Key, into state: inout State, _ turn: inout Turn) {
        if state.form != nil {
            state.form?.take(key)
        } else if state.filter.field.take(key) == .edited {
            refilter(&state, turn.facts)
        }
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
        (state.sheet, state.map) = (nil, nil)
        if !state.list.rows.contains(id) {
            state.filter.clear()
            refilter(&state, turn.facts)
        }
        state.list.select(id)
    }

    static func click(_ position: Position, _ state: inout State, _ turn: inout Turn) {
        guard state.sheet == nil, state.map == nil, state.form == nil else { return }
        let list = ModelsLayout(Rect(turn.scene.room), state, turn.facts).list
        guard list.contains(position) else { return }
        let head = 2 + (state.filter.isShown ? 1 : 0)
        state.list.selectRow(position.row - list.row - head, of: list.rows - head - 1)
    }

    static func copy(_ state: State, _ scene: Scene) -> SafeText? {
        state.list.cursor.flatMap { scene.facts.models[$0] }?.name
    }

    private static func relist(_ state: inout State, _ facts: DeskFacts) {
        let pattern = state.filter.pattern
        state.list.take(facts.models.values.filter { pattern.accepts($0.texts) }.sorted { $0.precedes($1) }.map(\.id))
    }

    static func refilter(_ state: inout State, _ facts: DeskFacts) {
        relist(&state, facts)
        state.list.showAll()
    }
}

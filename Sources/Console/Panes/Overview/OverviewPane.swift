internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The desk and its host at a glance.
enum OverviewPane: Pane {
    struct State: Equatable, Sendable {
        var focus = OverviewTile.alerts
        var isZoomed = false
        /// The tiles that are shown, in their order.
        var tiles = OverviewTile.allCases
        var alerts = ListState<ID<Alert>>()
        var conversations = ListState<ID<Conversation>>()
        var models = ListState<ID<ModelVersion>>()
        var disk = ChannelPair.disk.scale
        var network = ChannelPair.network.scale
        /// Whether the charts of rates spread them by their ratio.
        var isLogarithmic = false
        /// The host whose history the charts have asked for since the connection was made.
        var historyOf: String?
    }

    static let name = PaneName.overview
    static let purpose: SafeText = "The desk and its host at a glance."
    static let initial = State()

    static func receive(_ change: FactChange, into state: inout State, _ turn: inout Turn) {
        let facts = turn.facts
        switch change {
        case .conversation where turn.scene.front != name: break
        case .conversations, .conversation, .identity: state.conversations.take(facts.inbox())
        case .alerts:
            state.alerts.take(facts.alerts.values.filter(\.isOpen).sorted { $0.precedes($1) }.map(\.id))
        case .models:
            state.models.take(facts.models.values.sorted { $0.precedes($1) }.map(\.id))
        case .moment:
            for change in [FactChange.conversations, .alerts, .models] { receive(change, into: &state, &turn) }
            state.conversations.showAll()
            state.alerts.showAll()
            state.models.showAll()
            rescale(&state, turn.scene)
        case .sample:
            askForHistory(&state, &turn)
            guard !turn.scene.isPast, let newest = facts.host?.newest else { return }
            state.disk.take(newest)
            state.network.take(newest)
        case .series: rescale(&state, turn.scene)
        case .status: if !facts.connection.isLive { state.historyOf = nil }
        case .shown: if turn.scene.front == name { state.conversations.take(facts.inbox()) }
        case .messages, .gap, .activity, .timeline, .notifications, .attended: break
        }
    }

    /// A click gives a tile the focus, goes to the row under it, or looks at the moment of a chart's column.
    static func click(_ position: Position, _ state: inout State, _ turn: inout Turn) {
        let layout = state.layout(Rect(turn.scene.room), turn.scene.screen)
        guard let (tile, place) = layout.places.first(where: { $0.rect.contains(position) }) else { return }
        state.focus = tile
        let inside = place.inset(columns: 1, rows: 1)
        guard let chart = chart(of: tile, state, HostCharts(turn.scene), in: place),
            let age = chart.age(at: position, in: inside)
        else {
            if tile == .conversations { state.conversations.selectRow(position.row - inside.row, of: inside.rows) }
            return
        }
        turn.go(to: .moment(HostCharts(turn.scene).moment(age)))
    }

    /// The chart of a tile as it is drawn; `nil` for tiles without one.
    private static func chart(of tile: OverviewTile, _ state: State, _ charts: HostCharts, in place: Rect) -> Chart? {
        switch tile {
        case .processors: charts.processors(in: place.inset(columns: 1, rows: 1))
        case .memory: charts.memory
        case .disk:
            charts.channels(.disk, RateLook(top: state.disk.top, isLogarithmic: state.isLogarithmic), in: place)
        case .network:
            charts.channels(.network, RateLook(top: state.network.top, isLogarithmic: state.isLogarithmic), in: place)
        case .alerts, .conversations, .models: nil
        }
    }

    /// Fits the scales at once to a history that was read, which shows other values.
    private static func rescale(_ state: inout State, _ scene: Scene) {
        let charts = HostCharts(scene)
        state.disk.fit(charts)
        state.network.fit(charts)
    }

    /// What the desk remembers of the charts' metrics, so that they are full from the first second.
    private static func askForHistory(_ state: inout State, _ turn: inout Turn) {
        guard let host = turn.facts.mainHost, state.historyOf != host, turn.facts.host?.newest != nil else { return }
        state.historyOf = host
        for metric in HostCharts.metrics {
            var query = QueryMetric()
            query.host = host
            query.name = metric
            query.step = 1
            query.from = turn.now - .seconds(HostCharts.span)
            turn.ask(.queryMetric(query))
        }
    }
}

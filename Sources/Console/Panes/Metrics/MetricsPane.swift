internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Any metric over any time, on one host or on several at once.
enum MetricsPane: Pane {
    /// What keys go to.
    enum Side: Equatable, Sendable {
        case hosts
        case metrics
    }

    struct State: Equatable, Sendable {
        var side = Side.metrics
        var hosts = ListState<String>()
        var metrics = ListState<String>()
        var filter = ListFilter()
        /// The hosts that were put on the chart beside each other; none shows the host under the cursor.
        var marked: [String] = []
        var view = ChartView()
        var isLogarithmic = false
        var book = CourseBook()
        /// A metric to be shown as soon as it is in the list.
        var wanted: String?
    }

    enum Action: Equatable, Sendable {
        case move(ListMove)
        case otherSide
        case mark
        case onlyThis
        case zoom(closer: Bool)
        case pan(Int64)
        case reset
        case read(Int)
        case leaveCursor
        case goThere
        case switchScale
        case openFilter
        case keepFilter
        case clearFilter
    }

    static let name = PaneName.metrics
    static let purpose: SafeText = "Any metric over any time, on one host or on several."
    static let initial = State()

    /// The most courses that one chart can tell apart.
    static let mostHosts = 6

    static func mode(_ state: State) -> Mode { state.filter.isOpen ? .filter : .keys }

    static func apply(_ action: Action, to state: inout State, _ turn: inout Turn) {
        let now = turn.now
        switch action {
        case .move(let move): self.move(move, &state, turn.scene)
        case .otherSide: state.side = state.side == .hosts ? .metrics : .hosts
        case .mark: mark(&state, &turn)
        case .onlyThis: state.marked = []
        case .zoom(let closer): state.view.zoom(in: closer, now: now)
        case .pan(let halves): state.view.pan(halves: halves, now: now)
        case .reset: state.view.reset()
        case .read(let columns):
            state.view.moveCursor(by: columns, of: MetricsChart(state, turn.scene).columns, now: now)
        case .leaveCursor: state.view.leaveCursor()
        case .goThere: if let moment = state.view.cursor { turn.go(to: .moment(moment)) }
        case .switchScale: state.isLogarithmic.toggle()
        case .openFilter:
            state.side = .metrics
            state.filter.isOpen = true
        case .keepFilter: state.filter.isOpen = false
        case .clearFilter:
            state.filter.clear()
            relist(&state, turn.scene)
        }
        ask(&state, &turn)
    }

    private static func move(_ move: ListMove, _ state: inout State, _ scene: Scene) {
        let layout = MetricsLayout(Rect(scene.room), state, scene)
        switch state.side {
        case .hosts: state.hosts.move(move, page: max(1, layout.hostRows))
        case .metrics: state.metrics.move(move, page: max(1, layout.metricRows))
        }
    }

    private static func mark(_ state: inout State, _ turn: inout Turn) {
        guard let host = state.hosts.cursor else { return }
        if let place = state.marked.firstIndex(of: host) {
            state.marked.remove(at: place)
        } else if state.marked.count < mostHosts {
            state.marked.append(host)
        } else {
            turn.say("A chart tells \(mostHosts) hosts apart. Take one off with Space first.", .info)
        }
        state.hosts.move(by: 1)
    }

    static func write(_ key: Key, into state: inout State, _ turn: inout Turn) {
        guard state.filter.field.take(key) == .edited else { return }
        // A list at its top takes its rows as they come, without looking for the row under the cursor.
        state.metrics.moveToTop()
        relist(&state, turn.scene)
        ask(&state, &turn)
    }

    static func receive(_ change: FactChange, into state: inout State, _ turn: inout Turn) {
        switch change {
        case .sample, .moment, .timeline:
            relist(&state, turn.scene)
            if turn.scene.front == name { ask(&state, &turn) }
        case .status:
            if !turn.facts.connection.isLive { state.book.disconnect() }
        default: break
        }
    }

    static func receive(
        _ answer: Result<DeskAnswer, Problem>, to request: DeskRequest, into state: inout State, _ turn: inout Turn
    ) -> Bool {
        guard state.book.take(answer, to: request) else { return false }
        if turn.scene.front == name { ask(&state, &turn) }
        return true
    }

    static func arrive(at destination: Destination, in state: inout State, _ turn: inout Turn) {
        switch destination {
        case .filter:
            state.side = .metrics
            state.filter.isOpen = true
        case .metric(let metric, let host):
            state.filter.clear()
            state.wanted = metric
            if let host {
                state.marked = []
                state.hosts.select(host)
            }
        default: break
        }
        relist(&state, turn.scene)
        ask(&state, &turn)
    }

    /// A click chooses a row, or reads the moment of a column of the chart.
    static func click(_ position: Position, _ state: inout State, _ turn: inout Turn) {
        let layout = MetricsLayout(Rect(turn.scene.room), state, turn.scene)
        if layout.hosts.contains(position) {
            state.side = .hosts
            state.hosts.selectRow(position.row - layout.hosts.row - 2, of: layout.hostRows)
        } else if layout.metrics.contains(position) {
            state.side = .metrics
            let head = state.filter.isShown ? 2 : 1
            state.metrics.selectRow(position.row - layout.metrics.row - head, of: layout.metricRows)
        } else if let moment = MetricsChart(state, turn.scene).moment(at: position) {
            state.view.read(moment)
        }
        ask(&state, &turn)
    }

    /// The values under the reading cursor, or the newest, a line a host.
    static func copy(_ state: State, _ scene: Scene) -> SafeText? {
        guard let metric = state.metrics.cursor else { return nil }
        let chart = MetricsChart(state, scene)
        let at = state.view.cursorAge(scene.now).map { state.view.edge(scene.now) - $0 } ?? state.view.edge(scene.now)
        let name = SafeText(untrusted: metric, limit: 200).oneLine
        let head: SafeText = "\(name) at \(scene.local(at).date) \(scene.local(at).clockWithSeconds)"
        return ([head] + chart.values.map { "\($0.host): \($0.value.text)" as SafeText }).joined(separator: "\n")
    }

    /// Asks for what the chart lacks, and for what happened meanwhile.
    private static func ask(_ state: inout State, _ turn: inout Turn) {
        guard let metric = state.metrics.cursor, turn.facts.connection.isLive else { return }
        let end = state.view.end ?? (turn.scene.isPast ? turn.now : nil)
        let requests = state.book.requests(
            for: metric, on: state.shownHosts(turn.facts), state.view, until: end, at: turn.now)
        for request in requests { turn.ask(request) }
        let timeline = turn.facts.timeline
        guard let since = timeline.since, state.view.start(turn.now) < since, state.view.span <= longestWithEvents
        else {
            return
        }
        turn.ask(.listOccurrences(timeline.request(before: since)))
    }

    /// Events are read day by day, and a year of them would hide the course.
    private static let longestWithEvents: Int64 = 30 * 86_400

    /// Takes the hosts and the metrics of the first host that is shown; of the past only one host's values are known.
    private static func relist(_ state: inout State, _ scene: Scene) {
        let facts = scene.facts
        let names = facts.hosts.keys.filter { facts.hosts[$0]?.newest != nil }.sorted()
        let main = facts.mainHost.map { names.contains($0) ? [$0] : [] } ?? []
        let hosts = main + names.filter { $0 != facts.mainHost }
        if state.hosts.rows != hosts, !scene.isPast || state.hosts.rows.isEmpty { state.hosts.take(hosts) }
        guard let host = state.shownHosts(facts).first, let layout = facts.hosts[host]?.newest?.layout else { return }
        let pattern = state.filter.pattern
        let metrics = state.filter.isActive ? layout.names.filter { pattern.accepts($0) } : layout.names
        if state.metrics.rows != metrics {
            state.metrics.take(metrics)
            state.metrics.showAll()
        }
        guard let wanted = state.wanted, metrics.contains(wanted) else { return }
        state.metrics.select(wanted)
        state.wanted = nil
    }
}

extension MetricsPane.State {
    /// The hosts whose courses are drawn, at least one as soon as any is known.
    func shownHosts(_ facts: DeskFacts) -> [String] {
        let known = marked.filter(hosts.rows.contains)
        if !known.isEmpty { return known }
        return (hosts.cursor ?? facts.mainHost).map { [$0] } ?? []
    }
}

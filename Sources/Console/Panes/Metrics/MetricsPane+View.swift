internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Where hosts, metrics and the chart stand: lists beside the chart on a wide screen, below it on a narrow one.
struct MetricsLayout {
    private(set) var hosts: Rect
    private(set) var metrics: Rect
    private(set) var chart: Rect

    init(_ rect: Rect, _ state: MetricsPane.State, _ scene: Scene) {
        let count = max(1, state.hosts.rows.count)
        if scene.screen == .full {
            (hosts, metrics, chart) = (rect.left(0), rect.left(0), rect)
        } else if rect.columns >= 110, rect.rows >= 14 {
            let side = rect.left(scene.screen == .half ? rect.columns / 2 : min(56, rect.columns * 2 / 5))
            hosts = side.top(min(count + 3, max(5, rect.rows / 3)))
            metrics = side.droppingTop(hosts.rows)
            chart = rect.droppingLeft(side.columns + 1)
        } else {
            let lists = rect.bottom(scene.screen == .half || rect.rows < 16 ? rect.rows / 2 : max(7, rect.rows / 3))
            chart = rect.droppingBottom(lists.rows)
            let places = lists.columns(weights: [1, 1])
            let hasBoth = rect.columns >= 76
            hosts = hasBoth ? places[0] : state.side == .hosts ? lists : lists.left(0)
            metrics = hasBoth ? places[1] : state.side == .metrics ? lists : lists.left(0)
        }
        metricRows = max(0, metrics.rows - (state.filter.isShown ? 3 : 2))
    }

    /// The rows of the list of hosts, below its heading.
    var hostRows: Int { max(0, hosts.rows - 3) }
    /// The rows of the list of metrics.
    private(set) var metricRows: Int
}

extension MetricsPane {
    static func draw(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let layout = MetricsLayout(rect, state, scene)
        drawHosts(state, scene, in: layout.hosts, on: &frame)
        drawMetrics(state, scene, in: layout.metrics, on: &frame)
        MetricsChart(state, scene, in: rect).draw(on: &frame)
    }

    private static func drawHosts(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        guard !rect.isEmpty else { return }
        let count = state.hosts.rows.count
        let footer = state.side == .hosts ? StyledText("Space puts a host on the chart", .dim) : ""
        let inside = Tile(
            "Hosts", state: StyledText("\(count)", .dim), footer: footer, isFocused: state.side == .hosts
        ).draw(in: rect, on: &frame).inset(columns: 1)
        let table = Table(
            [
                Table.Column("", width: 1), Table.Column("host", width: 8, stretch: 1),
                Table.Column("", width: trendColumns(inside), priority: 1),
                Table.Column("cpu", width: 7, align: .right), Table.Column("memory", width: 7, align: .right),
            ], empty: "No host has been sampled yet.")
        let window = state.hosts.window(rows: table.visibleRows(in: inside))
        table.draw(
            count: count, first: window.lowerBound, selected: state.hosts.cursorIndex, isFocused: state.side == .hosts,
            in: inside, on: &frame
        ) { hostCells(state.hosts.rows[$0], state, scene, trend: trendColumns(inside)) }
    }

    private static func trendColumns(_ rect: Rect) -> Int { rect.columns >= 46 ? 14 : rect.columns >= 36 ? 8 : 1 }

    private static func hostCells(_ host: String, _ state: State, _ scene: Scene, trend columns: Int) -> [StyledText] {
        let charts = HostCharts(of: scene.facts.hosts[host], now: scene.now)
        let shown = state.shownHosts(scene.facts).firstIndex(of: host)
        let mark = shown.map { StyledText("●", roles[$0 % roles.count]) } ?? StyledText("○", .dim)
        let name = StyledText(SafeText(untrusted: host, limit: 60).oneLine)
        if scene.isPast, charts.host == nil {
            return [mark, name, "", StyledText("n/a", .dim), StyledText("n/a", .dim)]
        }
        guard let newest = charts.host?.newest, charts.edge - HostHistory.second(newest.at) < 5 else {
            let age = charts.host?.newest.map { scene.age($0.at) } ?? "never"
            return [mark, name, "", StyledText("silent", .warning), StyledText(age, .warning)]
        }
        let samples = charts.host?.samples(of: "cpu.busy", last: columns, until: charts.edge) ?? []
        let trend = Sparkline(samples, scale: 0...100).text
        return [
            mark, name, StyledText(trend, .series1), percent("cpu.busy", charts),
            percent("memory.used_percent", charts),
        ]
    }

    private static var roles: [Terminal.Role] { MetricsChart.roles }

    private static func percent(_ metric: String, _ charts: HostCharts) -> StyledText {
        let role = LoadSign.role(charts.newest(metric))
        return Quantity(charts.newest(metric), .percent).styled(role == .series1 ? .text : role)
    }

    private static func drawMetrics(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        guard !rect.isEmpty else { return }
        let host = state.shownHosts(scene.facts).first
        let count = StyledText("\(state.metrics.rows.count)", .dim)
        var inside = Tile("Metrics", state: count, isFocused: state.side == .metrics).draw(in: rect, on: &frame)
            .inset(columns: 1)
        if state.filter.isShown {
            state.filter.draw(in: inside.line(0), matches: state.metrics.rows.count, on: &frame)
            inside = inside.droppingTop(1)
        }
        let charts = HostCharts(of: host.flatMap { scene.facts.hosts[$0] }, now: scene.now)
        let columns = trendColumns(inside)
        let table = Table(
            [
                Table.Column("", width: 14, stretch: 1), Table.Column("", width: columns, priority: 1),
                Table.Column("", width: 10, align: .right),
            ], empty: state.filter.isActive ? "No metric is called so. Esc shows all." : "No metric is known yet.",
            hasHeader: false)
        let window = state.metrics.window(rows: inside.rows)
        table.draw(
            count: state.metrics.rows.count, first: window.lowerBound, selected: state.metrics.cursorIndex,
            isFocused: state.side == .metrics, in: inside, on: &frame
        ) { metricCells(state.metrics.rows[$0], charts, trend: columns) }
    }

    private static func metricCells(_ metric: String, _ charts: HostCharts, trend columns: Int) -> [StyledText] {
        let unit = charts.host?.newest?.layout.unit(of: metric) ?? .count
        let samples = charts.host?.samples(of: metric, last: columns, until: charts.edge) ?? []
        let trend = Sparkline(samples, scale: unit == .percent ? 0...100 : trendScale(samples)).text
        return [
            StyledText(SafeText(untrusted: metric, limit: 120).oneLine), StyledText(trend, .series1),
            Quantity(charts.newest(metric), of: unit).styled(),
        ]
    }

    /// A trend shows how a value changes: what stays the same is a line in the middle.
    private static func trendScale(_ samples: [Double?]) -> ClosedRange<Double> {
        let values = samples.compactMap { $0 }
        guard let lowest = values.min(), let highest = values.max() else { return 0...1 }
        let change = max(highest - lowest, max(abs(highest), abs(lowest)) / 10, .leastNormalMagnitude)
        let middle = lowest + (highest - lowest) / 2
        return middle - change / 2...middle + change / 2
    }
}

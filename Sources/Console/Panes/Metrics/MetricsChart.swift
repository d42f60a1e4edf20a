internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The chart of the metric under the cursor, with a line for each host that is shown.
struct MetricsChart {
    private let state: MetricsPane.State
    private let scene: Scene
    private let metric: String
    private let hosts: [String]
    /// Where the chart stands, with its frame.
    private let place: Rect

    /// The chart of a pane that stands in this rectangle; without one, at the origin, as clicks are counted.
    init(_ state: MetricsPane.State, _ scene: Scene, in rect: Rect? = nil) {
        self.state = state
        self.scene = scene
        metric = state.metrics.cursor ?? ""
        hosts = state.shownHosts(scene.facts)
        place = MetricsLayout(rect ?? Rect(scene.room), state, scene).chart
    }

    /// The colours of the lines, in the order of the hosts.
    static let roles: [Terminal.Role] = [.series1, .series2, .series3, .series4, .series5, .series6]

    private var inside: Rect { place.inset(columns: 1, rows: 1) }

    /// The columns of the plot.
    var columns: Int {
        let chart = chart
        guard let first = chart.column(of: chart.span, in: inside), let last = chart.column(of: .zero, in: inside)
        else {
            return max(1, inside.columns)
        }
        return last - first + 1
    }

    /// The moment that a cell shows; `nil` outside of the plot.
    func moment(at position: Position) -> Timestamp? {
        chart.age(at: position, in: inside).map { state.view.edge(scene.now) - $0 }
    }

    /// The value of each host under the reading cursor, or the newest.
    var values: [(host: SafeText, value: Quantity)] {
        let age = state.view.cursorAge(scene.now) ?? .zero
        return hosts.map { host in
            let samples = samples(of: host, .mean)
            let index = samples.count - 1 - Int((age.inSeconds / Double(step)).rounded())
            let value =
                age == .zero
                ? samples.suffix(4).compactMap { $0 }.last
                : samples.indices.contains(index) ? samples[index] : nil
            return (SafeText(untrusted: host, limit: 40).oneLine, Quantity(value, shownUnit(of: samples)))
        }
    }

    private var courses: [MetricWindow] { hosts.compactMap { state.book.course(of: metric, on: $0) } }

    private var unit: MetricUnit {
        courses.first?.unit
            ?? hosts.lazy.compactMap { scene.facts.hosts[$0]?.newest?.layout.unit(of: metric) }.first ?? .count
    }

    /// Averages of counts, such as a load, have a part behind the point.
    private func shownUnit(of samples: [Double?]) -> Quantity.Unit {
        let hasParts = unit == .count && samples.contains { $0.map { $0 < 1000 && $0 != $0.rounded() } ?? false }
        return hasParts ? .plain : Quantity.Unit(unit)
    }

    /// The coarsest step of the courses: of the last hour seconds are kept, of a year hours.
    private var step: Int64 { max(state.view.step, courses.map(\.step).max() ?? 1) }

    private func samples(of host: String, _ choice: MetricWindow.Choice) -> [Double?] {
        let window = state.book.course(of: metric, on: host) ?? MetricWindow(host: host, metric: metric, unit: unit)
        let edge = HostHistory.second(state.view.edge(scene.now))
        let live = state.view.end == nil && !scene.isPast ? scene.facts.hosts[host] : nil
        let count = Int(clamping: max(2, state.view.span / step))
        let samples = window.samples(last: count, until: edge, step: step, choice, then: live)
        return unit == .milliseconds ? samples.map { $0.map { $0 / 1000 } } : samples
    }

    private var series: [Chart.Series] {
        if hosts.count == 1 {
            let mean = Chart.Series(samples(of: hosts[0], .mean), name: step > 1 ? "mean" : "", role: .series1)
            guard step > 1 else { return [mean] }
            let highest = Chart.Series(samples(of: hosts[0], .highest), name: "highest", kind: .line, role: .series2)
            return [mean, highest]
        }
        return zip(hosts, MetricsChart.roles).map { host, role in
            let name = SafeText(untrusted: host, limit: 24).oneLine
            return Chart.Series(samples(of: host, .mean), name: name, kind: .line, role: role)
        }
    }

    private var chart: Chart {
        let series = series
        let edge = state.view.edge(scene.now)
        let step = step
        var chart = Chart(
            series, scale: scale(series), unit: shownUnit(of: series.flatMap(\.samples)),
            span: .seconds(state.view.span),
            step: .seconds(step), newest: Int(clamping: HostHistory.second(edge) / step))
        if state.isLogarithmic, chart.scale.upperBound > 0 {
            chart.scaling = .logarithmic
            chart.scale = foot(series, chart.scale.upperBound)...chart.scale.upperBound
        }
        chart.cursor = state.view.cursorAge(scene.now)
        if let cursor = chart.cursor { chart.cursorLabel = label(edge - cursor, isExact: true) }
        chart.startLabel = state.view.end == nil && !scene.isPast ? nil : label(edge - .seconds(state.view.span))
        chart.endLabel = state.view.end == nil && !scene.isPast ? "now" : label(edge)
        chart.markers = markers(until: edge)
        return chart
    }

    /// Shares are shown whole, everything else up to a round number over the highest value.
    private func scale(_ series: [Chart.Series]) -> ClosedRange<Double> {
        let values = series.flatMap { $0.samples.compactMap { $0 } }
        let highest = values.max() ?? 0
        guard unit != .percent || highest > 100 else { return 0...100 }
        let isBinary = unit == .bytes || unit == .bytesPerSecond
        var scale = AutoScale(isBinary ? .binary : .decimal, floor: .leastNormalMagnitude)
        scale.fit(max(highest, 1e-9))
        return min(0, values.min() ?? 0)...scale.top
    }

    /// The foot of a logarithmic scale: the smallest value, at most a millionth of the top.
    private func foot(_ series: [Chart.Series], _ top: Double) -> Double {
        let smallest = series.flatMap { $0.samples.compactMap { $0 } }.filter { $0 > 0 }.min() ?? top / 1000
        return min(max(smallest, top / 1_000_000), top / 2)
    }

    private func markers(until edge: Timestamp) -> [Chart.Marker] {
        let start = edge - .seconds(state.view.span)
        return scene.facts.timeline.occurrences(from: start, to: edge).map {
            Chart.Marker(
                age: edge - $0.at, label: $0.kind.word, kind: $0.kind.marker, isSelected: $0 == scene.occurrence)
        }
    }

    /// A moment as precisely as the length of the time wants it.
    private func label(_ moment: Timestamp, isExact: Bool = false) -> SafeText {
        let local = scene.local(moment)
        let clock = step < 60 && (isExact || state.view.span <= 900) ? local.clockWithSeconds : local.clock
        guard state.view.span >= 43_200 || local.day != scene.local(scene.now).day else { return clock }
        return state.view.span > 10_000_000 && !isExact ? local.date : local.date + " " + clock
    }

    func draw(on frame: inout Frame) {
        let title = metric.isEmpty ? "Metric" as SafeText : SafeText(untrusted: metric, limit: 80).oneLine
        let inside = Tile(title, state: heading, footer: StyledText(footer, .dim)).draw(in: place, on: &frame)
        guard !metric.isEmpty, !hosts.isEmpty else {
            let text: SafeText = "No host has been sampled yet. This host's own samples come once a second."
            TextBlock(text, .dim).draw(in: inside.inset(columns: 1), on: &frame)
            return
        }
        chart.draw(in: inside, on: &frame)
        guard let fault = hosts.lazy.compactMap({ state.book.faults[$0] }).first else { return }
        TextBlock("The course could not be read: \(fault)", .warning).draw(in: inside.inset(columns: 1), on: &frame)
    }

    private var heading: StyledText {
        guard let first = values.first, hosts.count == 1 else { return StyledText("\(hosts.count) hosts", .dim) }
        return StyledText(first.host + " ", .dim) + first.value.styled(.strong)
    }

    private var footer: SafeText {
        var text: SafeText = "\(Duration.seconds(state.view.span).shortAge)"
        if step > 1 { text = text + " · \(Duration.seconds(step).shortAge) a point" }
        if state.isLogarithmic { text = text + " · log scale" }
        if state.view.end != nil { text = text + " · 0 shows now" }
        return state.book.isReading && courses.isEmpty ? text + " · reading …" : text
    }
}

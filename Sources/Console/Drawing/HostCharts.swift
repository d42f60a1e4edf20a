internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The charts of a host's last five minutes.
struct HostCharts {
    let host: HostHistory?
    /// The second at the right edge of every chart.
    let edge: Int64
    /// What stands below the right edge.
    private(set) var endLabel: SafeText = "now"
    /// What happened while the charts' time passed.
    private(set) var markers: [Chart.Marker] = []

    /// The time that a chart shows, in seconds.
    static let span = 300

    /// What the charts show, so that it can be read of the time before.
    static let metrics = [
        "cpu.busy", "cpu.user", "cpu.system", "cpu.iowait", "cpu.steal", "memory.used", "disk.read", "disk.write",
        "net.received", "net.sent",
    ]

    /// The charts of the main host.
    init(_ scene: Scene) { self.init(scene, of: scene.facts.host) }

    /// The charts of a host, with what happened at the desk meanwhile.
    init(_ scene: Scene, of host: HostHistory?) {
        self.init(of: host, now: scene.now)
        let end = Timestamp(milliseconds: edge * 1000)
        if scene.isPast { endLabel = scene.local(end).clockWithSeconds }
        let start = end - .seconds(HostCharts.span)
        markers = scene.facts.timeline.occurrences(from: start, to: end).map { occurrence in
            Chart.Marker(
                age: end - occurrence.at, label: occurrence.kind.word, kind: occurrence.kind.marker,
                isSelected: occurrence == scene.occurrence)
        }
    }

    /// The charts of a host.
    init(of host: HostHistory?, now: Timestamp) {
        self.host = host
        edge = HostCharts.edge(of: host, now: now)
    }

    /// The newest sample is the right edge; when samples stay away, time goes on without them after three seconds.
    static func edge(of host: HostHistory?, now: Timestamp) -> Int64 {
        let second = HostHistory.second(now)
        guard let newest = host?.newest else { return second }
        return max(HostHistory.second(newest.at), second - 3)
    }

    /// The newest value of a metric, as long as it is not older than a few seconds.
    func newest(_ metric: String) -> Double? {
        guard let newest = host?.newest, edge - HostHistory.second(newest.at) < 5 else { return nil }
        return newest[metric]
    }

    func samples(_ metric: String) -> [Double?] {
        host?.samples(of: metric, last: HostCharts.span, until: edge) ?? []
    }

    func chart(_ series: [Chart.Series], top: Double, unit: Quantity.Unit) -> Chart {
        var chart = Chart(
            series, scale: 0...max(top, .leastNormalMagnitude), unit: unit, span: .seconds(HostCharts.span),
            step: .seconds(1), newest: Int(clamping: edge))
        chart.endLabel = endLabel
        chart.markers = markers
        return chart
    }

    /// The moment that a column of a chart shows.
    func moment(_ age: Duration) -> Timestamp { Timestamp(milliseconds: edge * 1000) - age }
}

extension HostCharts {
    /// Processor time in percent of all cores.
    func drawProcessors(in tile: Rect, isFocused: Bool, on frame: inout Frame) {
        var state = Quantity(newest("cpu.busy"), .percent).styled(.strong)
        if let cores = newest("cpu.cores") {
            state += StyledText(" of \(Int(clamping: Int64(cores))) \(cores == 1 ? "core" : "cores")", .dim)
        }
        let inside = Tile("CPU", state: state, footer: load, isFocused: isFocused).draw(in: tile, on: &frame)
        draw(processors(in: inside), in: inside, on: &frame)
    }

    /// Layers want room for their names.
    func processors(in inside: Rect) -> Chart {
        let layers = inside.rows >= 7 && inside.columns >= 40 ? ProcessorLayers(charts: self).series : []
        return chart(layers.isEmpty ? [Chart.Series(samples("cpu.busy"))] : layers, top: 100, unit: .percent)
    }

    private var load: StyledText {
        guard let one = newest("load.1") else { return "" }
        return StyledText("load ", .dim) + Quantity(one, .plain).styled(.dim)
    }

    /// Memory that is used: total less available.
    func drawMemory(in tile: Rect, isFocused: Bool, on frame: inout Frame) {
        let used = newest("memory.used")
        let total = totalMemory
        var state = Quantity(used, .bytes).styled(.strong)
        if let total { state += StyledText(" of ", .dim) + Quantity(total, .bytes).styled(.dim) }
        let inside = Tile("Memory", state: state, footer: swap, isFocused: isFocused).draw(in: tile, on: &frame)
        draw(memory, in: inside, on: &frame)
    }

    private var totalMemory: Double? { newest("memory.total") ?? host?.newest?["memory.total"] }

    var memory: Chart { chart([Chart.Series(samples("memory.used"))], top: totalMemory ?? 1, unit: .bytes) }

    private var swap: StyledText {
        guard let used = newest("swap.used"), let total = newest("swap.total"), total > 0 else { return "" }
        return StyledText("swap ", .dim) + Quantity(used, .bytes).styled(.dim)
    }

    /// Two channels of one thing: up and down from a middle line, or where there is little room an area and a line.
    func drawChannels(_ pair: ChannelPair, _ look: RateLook, in tile: Rect, isFocused: Bool, on frame: inout Frame) {
        let isNarrow = tile.columns < 54
        let isMirrored = tile.rows >= 9
        let state =
            state(of: pair.first, "⣿", .series1, isNarrow) + (isNarrow ? " " : "  ")
            + state(of: pair.second, isMirrored ? "⣿" : "⠒", .series2, isNarrow)
        let footer = look.isLogarithmic ? StyledText("log scale", .dim) : ""
        let inside = Tile(pair.title, state: state, footer: footer, isFocused: isFocused).draw(in: tile, on: &frame)
        draw(channels(pair, look, in: tile), in: inside, on: &frame)
    }

    func channels(_ pair: ChannelPair, _ look: RateLook, in tile: Rect) -> Chart {
        let isMirrored = tile.rows >= 9
        let series = [
            Chart.Series(samples(pair.first.metric), kind: .area, role: .series1),
            Chart.Series(
                samples(pair.second.metric), kind: isMirrored ? .area : .line, role: .series2,
                side: isMirrored ? .below : .above),
        ]
        var chart = chart(series, top: look.top, unit: .bytesPerSecond)
        if look.isLogarithmic {
            chart.scaling = .logarithmic
            chart.scale = RateLook.logarithmicFoot...look.top
        }
        return chart
    }

    /// Without any sample an empty scale would say nothing.
    private func draw(_ chart: Chart, in rect: Rect, on frame: inout Frame) {
        guard host != nil else {
            TextBlock("Waiting for the first sample of a host …", .dim).draw(in: rect.inset(columns: 1), on: &frame)
            return
        }
        chart.draw(in: rect, on: &frame)
    }

    private func state(
        of channel: ChannelPair.Channel, _ sample: SafeText, _ role: Terminal.Role, _ isNarrow: Bool
    ) -> StyledText {
        let head =
            isNarrow ? StyledText(channel.short, role) : StyledText(sample, role) + StyledText(" \(channel.word)", .dim)
        return head + " " + Quantity(newest(channel.metric), .bytesPerSecond).styled(.strong)
    }

    /// Processors, memory, disk and network beside each other.
    func drawRow(in rect: Rect, on frame: inout Frame) {
        let places = rect.columns(weights: [1, 1, 1, 1], gap: 1)
        drawProcessors(in: places[0], isFocused: false, on: &frame)
        drawMemory(in: places[1], isFocused: false, on: &frame)
        for (pair, place) in zip([ChannelPair.disk, .network], places[2...]) {
            drawChannels(pair, RateLook(top: pair.top(in: self)), in: place, isFocused: false, on: &frame)
        }
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The charts of a host's last five minutes.
struct HostCharts {
    let host: HostHistory?
    /// The second at the right edge of every chart.
    let edge: Int64

    /// The time that a chart shows, in seconds.
    static let span = 300

    /// What the charts show, so that it can be read of the time before.
    static let metrics = ["cpu.busy", "memory.used", "disk.read", "disk.write", "net.received", "net.sent"]

    /// The charts of the main host.
    init(_ scene: Scene) {
        self.init(of: scene.facts.host, now: scene.now)
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

    /// The highest value of several metrics in the time that is shown.
    func highest(_ metrics: [String]) -> Double? {
        metrics.flatMap { samples($0) }.compactMap { $0 }.max()
    }

    func chart(_ series: [Chart.Series], top: Double, unit: Quantity.Unit) -> Chart {
        Chart(
            series, scale: 0...max(top, .leastNormalMagnitude), unit: unit, span: .seconds(HostCharts.span),
            step: .seconds(1), newest: Int(clamping: edge))
    }
}

extension HostCharts {
    /// Processor time in percent of all cores.
    func drawProcessors(in tile: Rect, isFocused: Bool, on frame: inout Frame) {
        var state = Quantity(newest("cpu.busy"), .percent).styled(.strong)
        if let cores = newest("cpu.cores") {
            state += StyledText(" of \(Int(clamping: Int64(cores))) \(cores == 1 ? "core" : "cores")", .dim)
        }
        let inside = Tile("CPU", state: state, footer: load, isFocused: isFocused).draw(in: tile, on: &frame)
        draw(chart([Chart.Series(samples("cpu.busy"))], top: 100, unit: .percent), in: inside, on: &frame)
    }

    private var load: StyledText {
        guard let one = newest("load.1") else { return "" }
        return StyledText("load ", .dim) + Quantity(one, .plain).styled(.dim)
    }

    /// Memory that is used: total less available.
    func drawMemory(in tile: Rect, isFocused: Bool, on frame: inout Frame) {
        let used = newest("memory.used")
        let total = newest("memory.total") ?? host?.newest?["memory.total"]
        var state = Quantity(used, .bytes).styled(.strong)
        if let total { state += StyledText(" of ", .dim) + Quantity(total, .bytes).styled(.dim) }
        let inside = Tile("Memory", state: state, footer: swap, isFocused: isFocused).draw(in: tile, on: &frame)
        draw(chart([Chart.Series(samples("memory.used"))], top: total ?? 1, unit: .bytes), in: inside, on: &frame)
    }

    private var swap: StyledText {
        guard let used = newest("swap.used"), let total = newest("swap.total"), total > 0 else { return "" }
        return StyledText("swap ", .dim) + Quantity(used, .bytes).styled(.dim)
    }

    /// Two channels of one thing: the first as an area, the second as a line.
    func drawChannels(
        _ title: SafeText, _ first: Channel, _ second: Channel, scale: AutoScale, in tile: Rect, isFocused: Bool,
        on frame: inout Frame
    ) {
        let isNarrow = tile.columns < 54
        let state =
            state(of: first, "⣿", .series1, isNarrow) + (isNarrow ? " " : "  ")
            + state(of: second, "⠒", .series2, isNarrow)
        let inside = Tile(title, state: state, isFocused: isFocused).draw(in: tile, on: &frame)
        let series = [
            Chart.Series(samples(first.metric), kind: .area, role: .series1),
            Chart.Series(samples(second.metric), kind: .line, role: .series2),
        ]
        draw(chart(series, top: scale.top, unit: .bytesPerSecond), in: inside, on: &frame)
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
        of channel: Channel, _ sample: SafeText, _ role: Terminal.Role, _ isNarrow: Bool
    ) -> StyledText {
        let head =
            isNarrow ? StyledText(channel.short, role) : StyledText(sample, role) + StyledText(" \(channel.word)", .dim)
        return head + " " + Quantity(newest(channel.metric), .bytesPerSecond).styled(.strong)
    }

    /// One of two channels.
    struct Channel {
        let metric: String
        let word: SafeText
        let short: SafeText
    }

    /// A scale for what is shown now.
    func scale(for metrics: [String]) -> AutoScale {
        var scale = AutoScale(.binary, floor: 65_536)
        scale.take(highest(metrics))
        return scale
    }

    /// Processors, memory, disk and network beside each other.
    func drawRow(in rect: Rect, on frame: inout Frame) {
        let places = rect.columns(weights: [1, 1, 1, 1], gap: 1)
        drawProcessors(in: places[0], isFocused: false, on: &frame)
        drawMemory(in: places[1], isFocused: false, on: &frame)
        let (read, write) = HostCharts.diskChannels
        let (received, sent) = HostCharts.networkChannels
        drawChannels(
            "Disk", read, write, scale: scale(for: [read.metric, write.metric]), in: places[2], isFocused: false,
            on: &frame)
        drawChannels(
            "Network", received, sent, scale: scale(for: [received.metric, sent.metric]), in: places[3],
            isFocused: false, on: &frame)
    }

    static let diskChannels = (
        Channel(metric: "disk.read", word: "read", short: "r"), Channel(metric: "disk.write", word: "write", short: "w")
    )
    static let networkChannels = (
        Channel(metric: "net.received", word: "in", short: "↓"), Channel(metric: "net.sent", word: "out", short: "↑")
    )
}

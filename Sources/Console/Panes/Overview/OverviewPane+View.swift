internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension OverviewPane.State {
    /// Where the tiles stand; a tile that is zoomed has the whole room.
    func layout(_ rect: Rect, _ screen: ScreenMode) -> OverviewLayout {
        OverviewLayout(rect, tiles: tiles, focus: focus, screen: isZoomed ? .full : screen)
    }
}

extension OverviewPane {
    static func draw(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let layout = state.layout(rect, scene.screen)
        guard !layout.isTooSmall else { return OverviewLines(scene: scene).draw(in: rect, on: &frame) }
        let charts = HostCharts(scene)
        for (tile, place) in layout.places {
            draw(tile, state, scene, charts, isFocused: tile == state.focus, in: place, on: &frame)
        }
    }

    private static func draw(
        _ tile: OverviewTile, _ state: State, _ scene: Scene, _ charts: HostCharts, isFocused: Bool, in rect: Rect,
        on frame: inout Frame
    ) {
        switch tile {
        case .processors: charts.drawProcessors(in: rect, isFocused: isFocused, on: &frame)
        case .memory: charts.drawMemory(in: rect, isFocused: isFocused, on: &frame)
        case .disk:
            let look = RateLook(top: state.disk.top, isLogarithmic: state.isLogarithmic)
            charts.drawChannels(.disk, look, in: rect, isFocused: isFocused, on: &frame)
        case .network:
            let look = RateLook(top: state.network.top, isLogarithmic: state.isLogarithmic)
            charts.drawChannels(.network, look, in: rect, isFocused: isFocused, on: &frame)
        case .alerts: AlertsTile(list: state.alerts, scene: scene, isFocused: isFocused).draw(in: rect, on: &frame)
        case .conversations:
            ConversationsTile(list: state.conversations, scene: scene, isFocused: isFocused).draw(in: rect, on: &frame)
        case .models: ModelsTile(list: state.models, scene: scene, isFocused: isFocused).draw(in: rect, on: &frame)
        }
    }
}

/// The overview on a screen without room for tiles: the same facts, a line each, what needs a person first.
struct OverviewLines {
    let scene: Scene

    func draw(in rect: Rect, on frame: inout Frame) {
        for (row, line) in lines.prefix(rect.rows).enumerated() {
            frame.write(styled: line, in: rect.line(row))
        }
    }

    private var lines: [StyledText] {
        let charts = HostCharts(scene)
        let facts = scene.facts
        var lines = facts.alerts.values.filter(\.needsPerson).sorted { $0.precedes($1) }.prefix(2).map {
            StyledText("\($0.mark.symbol) \($0.summary)", $0.mark.role)
        }
        if let waiting = facts.queue.first {
            let since = waiting.waitingSince ?? waiting.updatedAt
            lines.append(
                StyledText("▲ \(waiting.customerName) waits ", .warning) + StyledText(scene.age(since), .strong))
        }
        lines.append(label("cpu") + Quantity(charts.newest("cpu.busy"), .percent).styled())
        lines.append(label("memory") + Quantity(charts.newest("memory.used"), .bytes).styled())
        lines.append(label("disk") + rates(charts, ChannelPair.disk))
        lines.append(label("network") + rates(charts, ChannelPair.network))
        return lines
    }

    private func label(_ word: SafeText) -> StyledText {
        (0..<max(1, 9 - word.columns)).reduce(StyledText(word, .dim)) { line, _ in line + " " }
    }

    private func rates(_ charts: HostCharts, _ pair: ChannelPair) -> StyledText {
        func rate(_ channel: ChannelPair.Channel) -> StyledText {
            StyledText("\(channel.short) ", .dim) + Quantity(charts.newest(channel.metric), .bytesPerSecond).styled()
        }
        return rate(pair.first) + "  " + rate(pair.second)
    }
}

internal import Terminal
internal import Vocabulary

/// The cores of a host over the last minutes, and how busy it was how often.
struct HostMaps {
    let charts: HostCharts
    /// The numbers of the cores.
    let cores: [Int]

    /// The rows that a map of so many cores wants: a line for each up to sixteen, the shades, and the frame.
    static func rows(cores: Int) -> Int { max(9, min(cores, 16) + 3) }

    /// Draws both beside each other.
    func draw(in rect: Rect, on frame: inout Frame) {
        let places = rect.columns(weights: [1, 1], gap: 1)
        drawCores(in: places[0], on: &frame)
        drawBusy(in: places[1], on: &frame)
    }

    private func drawCores(in tile: Rect, on frame: inout Frame) {
        let state = StyledText("busy, each of \(cores.count)", .dim)
        let inside = Tile("Cores", state: state).draw(in: tile, on: &frame).inset(columns: 1)
        guard !cores.isEmpty else { return frame.write("n/a", in: inside, .dim) }
        let rows = cores.map { HeatMap.Row("\($0)", charts.samples("cpu.core.\($0)")) }
        var map = HeatMap(
            rows, scale: 0...100, unit: .percent, count: HostCharts.span, newest: Int(clamping: charts.edge))
        map.startLabel = "-5m"
        map.endLabel = charts.endLabel
        map.draw(in: inside, on: &frame)
    }

    private func drawBusy(in tile: Rect, on frame: inout Frame) {
        let state = StyledText("of these 5 minutes", .dim)
        let inside = Tile("CPU, how busy how often", state: state).draw(in: tile, on: &frame).inset(columns: 1)
        var distribution = Distribution(charts.samples("cpu.busy"), unit: .percent)
        distribution.scale = 0...100
        distribution.draw(in: inside, on: &frame)
    }
}

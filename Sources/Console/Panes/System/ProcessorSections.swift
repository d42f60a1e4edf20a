internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What is said about the processors: the whole, and each core.
struct ProcessorSections {
    let reading: SystemReading
    let columns: Int

    var total: SystemSection {
        SystemSection(title: "CPU", state: host, rows: 5) { rect, frame in
            drawTotal(in: rect.line(0), on: &frame)
            drawTrend(in: rect.line(1), on: &frame)
            shares.draw(in: rect.line(2), on: &frame)
            load.draw(in: rect.line(3), on: &frame)
            Fields().adding(
                "waited for a core, 10 s mean (PSI some)", LoadSign.pressure(reading["pressure.cpu.some_avg10"])
            )
            .draw(in: rect.line(4), on: &frame)
        }
    }

    private var host: StyledText {
        let name = SafeText(untrusted: reading.sample.host, limit: 60).oneLine
        let up = reading["uptime"].map { "up \(Duration.seconds(Int64($0)).age)" as SafeText } ?? "uptime n/a"
        let age = reading.scene.age(reading.sample.at)
        return StyledText(name, .strong) + StyledText(" · \(up) · sampled \(age) ago", .dim)
    }

    private func drawTotal(in line: Rect, on frame: inout Frame) {
        let parts: [(String, Terminal.Role)] = [
            ("cpu.user", .series1), ("cpu.nice", .series3), ("cpu.system", .series2), ("cpu.iowait", .warning),
        ]
        let isKnown = reading["cpu.busy"] != nil
        let gauge = Gauge(parts: parts.map { Gauge.Part((reading[$0.0] ?? 0) / 100, $0.1) })
        ShareLine(
            label: "busy", share: reading["cpu.busy"], gauge: isKnown ? gauge : Gauge(nil),
            whole: whole, wholeColumns: whole.columns
        ).draw(in: line, on: &frame)
    }

    /// How many cores there are, and how fast they run where that is known.
    private var whole: StyledText {
        let cores =
            reading["cpu.cores"].map { "of \(Int($0)) \($0 == 1 ? "core" : "cores")" as SafeText } ?? "cores n/a"
        guard reading["cpu.frequency"] != nil else { return StyledText(cores, .dim) }
        return StyledText(cores + " at ", .dim) + reading.quantity("cpu.frequency", .hertz).styled()
    }

    /// The last minutes, a second a cell.
    private func drawTrend(in line: Rect, on frame: inout Frame) {
        let place = line.droppingLeft(15)
        let history = reading.scene.facts.hosts[reading.sample.host]
        let edge = HostCharts.edge(of: history, now: reading.scene.now)
        let samples = history?.samples(of: "cpu.busy", last: place.columns, until: edge) ?? []
        frame.write("last \(place.columns)s", in: line.left(14), .dim)
        Sparkline(samples, scale: 0...100).draw(in: place, on: &frame)
    }

    private var shares: Fields {
        Fields()
            .adding("user", reading.quantity("cpu.user", .percent).styled(), role: .series1)
            .adding("system", reading.quantity("cpu.system", .percent).styled(), role: .series2)
            .adding("waiting for disks", reading.quantity("cpu.iowait", .percent).styled(), role: .warning)
            .adding("nice", reading.quantity("cpu.nice", .percent).styled(), role: .series3)
            .adding("stolen", reading.quantity("cpu.steal", .percent).styled())
    }

    private var load: Fields {
        Fields()
            .adding("load 1 min", reading.quantity("load.1", .plain).styled())
            .adding("5 min", reading.quantity("load.5", .plain).styled())
            .adding("15 min", reading.quantity("load.15", .plain).styled())
            .adding("running", reading.quantity("tasks.running", .count).styled())
            .adding("of tasks", reading.quantity("tasks.total", .count).styled())
    }

    /// A gauge for each core, in as many columns as fit.
    var cores: SystemSection {
        let numbers = reading.cores
        guard !numbers.isEmpty else {
            return SystemSection(title: "Cores", rows: 1) { $1.write("n/a", in: $0, .dim) }
        }
        let across = max(1, min(columns / 26, 4, numbers.count))
        let rows = (numbers.count + across - 1) / across
        return SystemSection(title: "Cores", rows: rows) { rect, frame in
            for (side, place) in rect.columns(weights: Array(repeating: 1, count: across), gap: 3).enumerated() {
                for row in 0..<rows where side * rows + row < numbers.count {
                    drawCore(numbers[side * rows + row], in: place.line(row), on: &frame)
                }
            }
        }
    }

    private func drawCore(_ number: Int, in line: Rect, on frame: inout Frame) {
        let busy = reading["cpu.core.\(number)"]
        frame.write("\(number)", in: line.left(3), .dim, align: .right)
        Gauge(busy.map { $0 / 100 }, (busy ?? 0) >= 95 ? .warning : .series1).draw(
            in: line.droppingLeft(4).droppingRight(8), on: &frame)
        frame.write(styled: Quantity(busy, .percent).styled(), in: line.right(7), align: .right)
    }
}

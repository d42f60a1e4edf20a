internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What is said about the processors: the whole, and each core.
struct ProcessorSections {
    let reading: SystemReading
    let columns: Int

    var total: SystemSection {
        let cores = reading["cpu.cores"].map { "of \(Int($0)) cores" as SafeText } ?? "n/a"
        let up = reading["uptime"].map { "up \(Duration.seconds(Int64($0)).age)" as SafeText } ?? "uptime n/a"
        let host = SafeText(untrusted: reading.sample.host, limit: 60).oneLine
        let age = reading.scene.age(reading.sample.at)
        return SystemSection(
            title: "CPU", state: StyledText(host, .strong) + StyledText(" · \(up) · sampled \(age) ago", .dim), rows: 4
        ) { rect, frame in
            drawTotal(cores, in: rect.line(0), on: &frame)
            frame.write(styled: shares, in: rect.line(1))
            frame.write(styled: load, in: rect.line(2))
            frame.write(styled: pressure, in: rect.line(3))
        }
    }

    private func drawTotal(_ cores: SafeText, in line: Rect, on frame: inout Frame) {
        frame.write(styled: reading.quantity("cpu.busy", .percent).styled(.strong), in: line.left(8), align: .right)
        frame.write(cores, in: line.right(cores.columns), .dim)
        let parts = [
            ("cpu.user", Terminal.Role.series1), ("cpu.nice", .series3), ("cpu.system", .series2),
            ("cpu.iowait", .warning),
        ]
        let gauge = Gauge(parts: parts.map { Gauge.Part((reading[$0.0] ?? 0) / 100, $0.1) })
        gauge.draw(in: line.droppingLeft(10).droppingRight(cores.columns + 2), on: &frame)
    }

    private var shares: StyledText {
        let parts: [(SafeText, String, Terminal.Role)] = [
            ("user", "cpu.user", .series1), ("system", "cpu.system", .series2),
            ("waiting for disks", "cpu.iowait", .warning),
            ("stolen", "cpu.steal", .dim),
        ]
        return Fields.line(
            parts.map { (StyledText($0.0, $0.2 == .dim ? .dim : $0.2), reading.quantity($0.1, .percent).styled()) })
    }

    private var load: StyledText {
        Fields.line([
            (StyledText("load 1 min", .dim), reading.quantity("load.1", .plain).styled()),
            (StyledText("5 min", .dim), reading.quantity("load.5", .plain).styled()),
            (StyledText("15 min", .dim), reading.quantity("load.15", .plain).styled()),
            (StyledText("running", .dim), reading.quantity("tasks.running", .count).styled()),
            (StyledText("of tasks", .dim), reading.quantity("tasks.total", .count).styled()),
        ])
    }

    private var pressure: StyledText {
        Fields.line([
            (
                StyledText("waited for a core, 10 s mean (PSI some)", .dim),
                Fields.pressure(reading["pressure.cpu.some_avg10"])
            )
        ])
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
            for (side, place) in rect.columns(weights: Array(repeating: 1, count: across), gap: 2).enumerated() {
                for row in 0..<rows where side * rows + row < numbers.count {
                    drawCore(numbers[side * rows + row], in: place.line(row), on: &frame)
                }
            }
        }
    }

    private func drawCore(_ number: Int, in line: Rect, on frame: inout Frame) {
        let busy = reading["cpu.core.\(number)"]
        frame.write("\(number)", in: line.left(3), .dim, align: .right)
        Gauge(busy.map { $0 / 100 }, Fields.loadRole(busy)).draw(in: line.droppingLeft(4).droppingRight(8), on: &frame)
        frame.write(styled: Quantity(busy, .percent).styled(), in: line.right(7), align: .right)
    }
}

/// Labels and values on a line, and what a share means.
enum Fields {
    /// Pairs of label and value with air between the pairs.
    static func line(_ pairs: [(label: StyledText, value: StyledText)]) -> StyledText {
        var line = StyledText(spans: [])
        for pair in pairs {
            if !line.spans.isEmpty { line += "   " }
            line += pair.label + " " + pair.value
        }
        return line
    }

    /// A share of time in which something was waited for.
    static func pressure(_ share: Double?) -> StyledText {
        Quantity(share, .percent).styled((share ?? 0) >= 20 ? .warning : .text)
    }

    /// What a load of this many percent means.
    static func loadRole(_ share: Double?) -> Terminal.Role {
        switch share ?? 0 {
        case 95...: .critical
        case 80..<95: .warning
        default: .series1
        }
    }
}

import GoldenFrames
import Terminal
import Testing
import Vocabulary

@Suite struct ChartFrameTests {
    @Test func `the overview's CPU tile reads as drawn in the design`() {
        var frame = Frame(Size(columns: 52, rows: 10))
        let inner = Tile("CPU", state: Quantity(Percent(23.4)).styled() + StyledText(" of 2", .dim), key: "c")
            .draw(in: frame.bounds, on: &frame)
        var chart = Chart(
            [Chart.Series(Samples.load(300))], scale: 0...100, unit: .percent, span: .seconds(300), step: .seconds(1),
            newest: 5000)
        chart.markers = [Chart.Marker(age: .seconds(150), label: "deploy v12")]
        chart.draw(in: inner, on: &frame)
        expectGolden(frame, "chart-cpu")
    }

    @Test func `two series differ in dash, legend and colour`() {
        var frame = Frame(Size(columns: 64, rows: 12))
        let chart = Chart(
            [
                Chart.Series(Samples.load(120).map { $0.map { $0 * 20_000 } }, name: "rx", kind: .line),
                Chart.Series(Samples.wave(120).map { $0.map { $0 * 15_000 } }, name: "tx", kind: .line),
            ], scale: 0...2_097_152, unit: .bytesPerSecond, span: .seconds(120), step: .seconds(1))
        chart.draw(in: frame.bounds, on: &frame)
        expectGolden(frame, "chart-network")
    }

    @Test func `a threshold is dotted, with its value at the scale and its meaning where nothing is in the way`() {
        var frame = Frame(Size(columns: 70, rows: 10))
        var chart = Chart(
            [Chart.Series((0..<240).map { 0.2 + max(0, Double($0) - 170) * 0.03 }, kind: .line, role: .critical)],
            scale: 0...2.5, unit: .seconds, span: .seconds(300), step: .seconds(1))
        chart.thresholds = [Chart.Threshold(1, label: "fires above 1.0 s")]
        chart.markers = [Chart.Marker(age: .seconds(75), label: "13:57 deploy v12")]
        chart.startLabel = "13:40"
        chart.endLabel = "14:03"
        chart.draw(in: frame.bounds, on: &frame)
        expectGolden(frame, "chart-threshold")
    }

    @Test func `a line in front of an area and a threshold through it are seen without colour`() {
        var frame = Frame(Size(columns: 50, rows: 10))
        var chart = Chart(
            [
                Chart.Series(Samples.wave(100), name: "in", kind: .line),
                Chart.Series(Samples.load(100).map { $0.map { $0 + 30 } }, name: "out"),
            ], scale: 0...120, unit: .plain, span: .seconds(100), step: .seconds(1))
        chart.thresholds = [Chart.Threshold(60)]
        chart.cursor = .seconds(40)
        chart.draw(in: frame.bounds, on: &frame)
        expectGolden(frame, "chart-layers")
    }

    @Test func `a gap is drawn as a gap and a measured zero is not`() {
        var frame = Frame(Size(columns: 40, rows: 6))
        var samples: [Double?] = Array(repeating: 0, count: 60)
        for index in 20..<30 { samples[index] = nil }
        for index in 40..<60 { samples[index] = Double(index) }
        Chart([Chart.Series(samples)], scale: 0...100, unit: .percent, span: .seconds(60), step: .seconds(1))
            .draw(in: frame.bounds, on: &frame)
        expectGolden(frame, "chart-gap")
    }
}

/// Courses of values that look like measured ones, the same on every run.
enum Samples {
    static func load(_ count: Int) -> [Double?] {
        var state: UInt64 = 42
        var level = 20.0
        return (0..<count).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let noise = Double(state >> 40) / Double(1 << 24)
            level += (noise - 0.5) * 14 + (index % 90 > 60 ? 1.6 : -0.9)
            level = min(max(level, 2), 97)
            return level
        }
    }

    static func wave(_ count: Int) -> [Double?] {
        (0..<count).map { index in
            let phase = Double(index % 40) / 40
            return 30 + 60 * (phase < 0.5 ? phase * 2 : 2 - phase * 2)
        }
    }
}

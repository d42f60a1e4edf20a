import GoldenFrames
import Terminal
import Testing
import Vocabulary

/// Layers that add up, halves around a middle line, ratios, cuts, readouts and markers.
@Suite struct ChartFormTests {
    private func chart(_ series: [Chart.Series], _ scale: ClosedRange<Double>, _ unit: Quantity.Unit) -> Chart {
        Chart(series, scale: scale, unit: unit, span: .seconds(120), step: .seconds(1), newest: 4000)
    }

    private func layers() -> [Chart.Series] {
        let load = Samples.load(120)
        return [("user", 0.5), ("system", 0.25), ("other", 0.1), ("disk wait", 0.15)].map { name, share in
            Chart.Series(load.map { $0.map { $0 * share } }, name: SafeText(untrusted: name), kind: .layer)
        }
    }

    private func channels() -> [Chart.Series] {
        [
            Chart.Series(Samples.load(120).map { $0.map { $0 * 20_000 } }, name: "read", role: .series1),
            Chart.Series(
                Samples.wave(120).map { $0.map { $0 * 9_000 } }, name: "write", role: .series2, side: .below),
        ]
    }

    private func golden(_ chart: Chart, _ name: String, columns: Int = 70, rows: Int = 14, file: String = #filePath) {
        var frame = Frame(Size(columns: columns, rows: rows))
        chart.draw(in: frame.bounds, on: &frame)
        expectGolden(frame, name, file: file)
    }

    @Test func `layers add up, and differ in texture besides their colour`() {
        var series = layers()
        for index in 60..<64 { series[1].samples[index] = nil }
        golden(chart(series, 0...100, .percent), "chart-layers-of-a-stack")
    }

    @Test func `two channels hang on a middle line with one scale`() {
        golden(chart(channels(), 0...2_097_152, .bytesPerSecond), "chart-mirrored")
        golden(chart(channels(), 0...2_097_152, .bytesPerSecond), "chart-mirrored-odd", rows: 13)
    }

    @Test func `ratios have a line for each power, and zero lies on the foot`() {
        let values: [Double?] = (0..<120).map { index in
            let doublings = max(0, index - 20) / 6
            return index < 20 ? 0 : Double(1024 << doublings)
        }
        var chart = chart([Chart.Series(values)], 1_024...134_217_728, .bytesPerSecond)
        chart.scaling = .logarithmic
        golden(chart, "chart-logarithmic")
    }

    @Test func `what is higher than the scale is seen to be cut off`() {
        let values: [Double?] = (0..<120).map { $0 == 50 ? 900 : 30 }
        golden(chart([Chart.Series(values)], 0...100, .plain), "chart-cut", rows: 8)
    }

    @Test func `what is usual is dotted behind the line`() {
        var chart = chart([Chart.Series(Samples.load(120), kind: .line)], 0...100, .percent)
        chart.band = (0..<120).map { $0 < 20 ? nil : $0 < 80 ? 30...45 : 95...130 }
        chart.bandLabel = "usual at this hour"
        golden(chart, "chart-band")
    }

    @Test func `the cursor tells every series and the time, beside the data`() {
        var stacked = chart(layers(), 0...100, .percent)
        stacked.cursor = .seconds(40)
        stacked.cursorLabel = "14:02:42"
        golden(stacked, "chart-cursor")
        var single = chart([Chart.Series(Samples.load(120))], 0...100, .percent)
        single.cursor = .seconds(110)
        single.cursorLabel = "14:01:32"
        golden(single, "chart-cursor-single", columns: 50, rows: 9)
    }

    @Test func `markers have signs of their own, several in a column are counted, the chosen one is set off`() {
        var chart = chart([Chart.Series(Samples.load(120))], 0...100, .percent)
        chart.markers = [
            Chart.Marker(age: .seconds(108), label: "v12"),
            Chart.Marker(age: .seconds(90), label: "limit", kind: .configuration),
            Chart.Marker(age: .seconds(70), label: "fired", kind: .alert, isSelected: true),
            Chart.Marker(age: .seconds(60), label: "ana", kind: .acknowledgment),
            Chart.Marker(age: .seconds(45), label: "one", kind: .restart),
            Chart.Marker(age: .seconds(45), label: "two", kind: .ban),
            Chart.Marker(age: .seconds(30), label: "banned", kind: .ban),
            Chart.Marker(age: .seconds(15), label: "up", kind: .restart),
        ]
        golden(chart, "chart-markers", columns: 90, rows: 8)
    }

    @Test func `every kind of marker differs in shape from the others, in ASCII too`() {
        let kinds = Chart.Marker.Kind.allCases
        #expect(Set(kinds.map(\.glyph)).count == kinds.count)
        let plain = kinds.map { kind in
            var frame = Frame(Size(columns: 1, rows: 1))
            frame.put(kind.glyph, at: frame.bounds.origin, kind.role)
            return GlyphSet.ascii.shown(frame[frame.bounds.origin]).text
        }
        #expect(Set(plain).count == kinds.count && !plain.contains("?"))
    }
}

/// Properties that hold for charts of any values in any room.
@Suite struct ChartPropertyTests {
    @Test func `a column leads to its instant and back`() {
        for columns in [12, 40, 97, 200] {
            for span in [10, 60, 300, 3_600] {
                let chart = Chart(
                    [Chart.Series([1, 2, 3])], scale: 0...100, unit: .percent, span: .seconds(span), step: .seconds(1))
                let rect = Rect(column: 3, row: 2, columns: columns, rows: 10)
                var found = 0
                for column in 0..<columns + 6 {
                    guard let age = chart.age(at: Position(column: column, row: 5), in: rect) else { continue }
                    found += 1
                    #expect(chart.column(of: age, in: rect) == column)
                    #expect(age >= .zero && age <= .seconds(span))
                }
                #expect(found > columns - 10, "the plot is most of the width")
                #expect(chart.age(at: Position(column: 8, row: 40), in: rect) == nil)
                #expect(chart.column(of: .seconds(-1), in: rect) == nil)
                #expect(chart.column(of: .seconds(span + 1), in: rect) == nil)
            }
        }
    }

    /// The highest dot of a stack is where the sum of its layers is, however it is divided.
    @Test func `a stack is as high as an area of its sum`() {
        var random = SeededRandom(seed: 21)
        for round in 0..<60 {
            let parts = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                (0..<80).map { _ in Double.random(in: 0...25, using: &random) }
            }
            let sum = (0..<80).map { index in parts.reduce(0) { $0 + $1[index] } }
            let stack = tops(parts.map { Chart.Series($0, kind: .layer) })
            let area = tops([Chart.Series(sum)])
            #expect(stack == area, "round \(round)")
        }
    }

    private func tops(_ series: [Chart.Series]) -> [Int] {
        var frame = Frame(Size(columns: 50, rows: 20))
        var chart = Chart(series, scale: 0...125, unit: .plain, span: .seconds(80), step: .seconds(1), newest: 500)
        chart.endLabel = "now"
        chart.draw(in: frame.bounds, on: &frame)
        return (8..<50).map { column in
            (0..<20).first { row in
                (0x2801...0x28FF).contains(frame[Position(column: column, row: row)].scalar?.value ?? 0)
            } ?? 20
        }
    }

    @Test func `nothing is drawn outside of its room, whatever the values`() {
        var random = SeededRandom(seed: 33)
        let odd: [Double?] = [nil, .nan, .infinity, -.infinity, -1, 0, 1e-300, 1e300, .greatestFiniteMagnitude]
        for _ in 0..<300 {
            let size = Size(
                columns: Int.random(in: 1...60, using: &random), rows: Int.random(in: 1...16, using: &random))
            var frame = Frame(Size(columns: size.columns + 2, rows: size.rows + 2))
            frame.fill(frame.bounds, with: "#")
            let series = (0..<Int.random(in: 0...4, using: &random)).map { index in
                Chart.Series(
                    (0..<Int.random(in: 0...90, using: &random)).map { _ in
                        Bool.random(using: &random)
                            ? odd.randomElement(using: &random)! : Double.random(in: 0...99, using: &random)
                    }, name: "series", kind: [.area, .layer, .line].randomElement(using: &random)!,
                    side: index % 2 == 1 ? .below : .above)
            }
            var chart = Chart(series, scale: 1...100, unit: .bytes, span: .seconds(60), step: .seconds(1))
            chart.scaling = Bool.random(using: &random) ? .linear : .logarithmic
            chart.cursor = .seconds(Int.random(in: -5...70, using: &random))
            chart.cursorLabel = "14:02:42"
            chart.thresholds = [Chart.Threshold(50, label: "fires")]
            chart.markers = [Chart.Marker(age: .seconds(Int.random(in: -5...70, using: &random)), label: "x")]
            chart.draw(in: Rect(column: 1, row: 1, columns: size.columns, rows: size.rows), on: &frame)
            let edge = frame.row(0) + frame.row(size.rows + 1)
            #expect(edge.allSatisfy { $0.text == "#" })
            #expect(
                (0..<size.rows + 2).allSatisfy { frame.row($0).first?.text == "#" && frame.row($0).last?.text == "#" })
        }
    }
}

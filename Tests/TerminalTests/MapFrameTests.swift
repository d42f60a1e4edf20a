import GoldenFrames
import Terminal
import Testing
import Vocabulary

@Suite struct MapFrameTests {
    private func draw(_ map: HeatMap, _ columns: Int, _ rows: Int) -> Frame {
        var frame = Frame(Size(columns: columns, rows: rows))
        map.draw(in: frame.bounds, on: &frame)
        return frame
    }

    @Test func `cores over time are shades, with gaps left empty and their scale told`() {
        let rows = (0..<4).map { core in
            var values = Samples.load(120).map { $0.map { min(100, $0 * (0.5 + Double(core) * 0.4)) } }
            if core == 2 { for index in 30..<50 { values[index] = nil } }
            return HeatMap.Row("\(core)", values)
        }
        var map = HeatMap(rows, scale: 0...100, unit: .percent, count: 120, newest: 777)
        map.startLabel = "-2m"
        expectGolden(draw(map, 60, 6), "heatmap-cores")
    }

    @Test func `hours by weekdays get as many cells each as there is room for`() {
        let days: [SafeText] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let rows = days.enumerated().map { day, label in
            HeatMap.Row(label, (0..<24).map { hour in hour < 7 ? 0 : Double((hour * 7 + day * 13) % 60) })
        }
        var map = HeatMap(rows, scale: 0...60, unit: .count, count: 24)
        map.startLabel = "0 h"
        map.endLabel = "23 h"
        expectGolden(draw(map, 56, 9), "heatmap-week")
    }

    @Test func `more lines than room share one, and the highest counts`() {
        let rows = (0..<64).map { HeatMap.Row("\($0)", [Double($0 == 13 ? 100 : 0)]) }
        let map = HeatMap(rows, scale: 0...100, unit: .percent, count: 1)
        let shown = lines(of: draw(map, 40, 9))
        #expect(shown[0].hasPrefix("  0-7"))
        #expect(shown[1].contains("8-15") && shown[1].contains("█"))
        #expect(shown[7].contains("56-63") && shown[7].contains("·"))
    }

    @Test func `a distribution shows how often, the box, and what nine of ten stay below`() {
        let values = Samples.load(300).map { $0.map { $0 / 100 } }
        var frame = Frame(Size(columns: 70, rows: 8))
        Distribution(values + [nil, .nan], unit: .seconds).draw(in: frame.bounds, on: &frame)
        expectGolden(frame, "distribution")
    }

    @Test func `quantiles are values that were measured`() {
        let distribution = Distribution((1...100).reversed().map(Double.init), unit: .plain)
        #expect([0.5, 0.9, 0.99, 1].map(distribution.quantile) == [50, 90, 99, 100])
        #expect(distribution.quantile(0) == 1)
        #expect(Distribution([7], unit: .plain).quantile(0.5) == 7)
        #expect(Distribution([nil, .nan], unit: .plain).quantile(0.5) == nil)
    }

    @Test func `where nothing was measured it is said`() {
        var frame = Frame(Size(columns: 40, rows: 5))
        Distribution([nil], unit: .percent).draw(in: frame.bounds, on: &frame)
        #expect(lines(of: frame)[0] == "n/a: nothing was measured")
    }

    @Test func `maps and distributions stay in their room, down to a single cell`() {
        for columns in 1...30 {
            for rows in 1...6 {
                var frame = Frame(Size(columns: columns + 1, rows: rows + 1))
                frame.fill(frame.bounds, with: "#")
                let room = Rect(columns: columns, rows: rows)
                HeatMap([HeatMap.Row("core", [1, nil, 3])], scale: 0...3, unit: .plain, count: 3).draw(
                    in: room, on: &frame)
                Distribution([1, 2, 2, 9], unit: .percent).draw(in: room, on: &frame)
                #expect(frame.row(rows).allSatisfy { $0.text == "#" })
                #expect((0..<rows).allSatisfy { frame.row($0).last?.text == "#" })
            }
        }
    }

    @Test func `without braille charts are blocks of the same height`() {
        let braille = ["⣿", "⣀", "⣤", "⣶", "⠀", "⡇", "⢸", "⠁", "⡀", "⢕", "⣒", "⠒"]
        let blocks = braille.compactMap(\.unicodeScalars.first).map { scalar in
            var frame = Frame(Size(columns: 1, rows: 1))
            frame.put(scalar, at: frame.bounds.origin, .series1)
            return GlyphSet.blocks.shown(frame[frame.bounds.origin]).text
        }
        #expect(blocks == ["█", "▂", "▄", "▆", " ", "▌", "▐", "▘", "▖", "▒", "▒", "▀"])
    }
}

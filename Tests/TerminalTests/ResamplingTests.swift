import GoldenFrames
import Terminal
import Testing
import Vocabulary

@Suite struct ResamplingTests {
    @Test func `a chart only shifts while time passes: no column that stays visible is redrawn`() {
        let all = Samples.load(1_000)
        for span in [300, 60, 97] {
            var earlier: [String] = []
            for newest in 400..<700 {
                let now = columns(Array(all[newest - span + 1...newest]), span: span, newest: newest)
                defer { earlier = now }
                guard !earlier.isEmpty else { continue }
                // Both edges hold buckets that are not complete yet.
                let inside = Array(now.dropFirst(12).dropLast(4))
                let shifts = (0...4).filter { shift in
                    zip(inside, earlier.dropFirst(12 + shift)).allSatisfy { $0 == $1 }
                }
                #expect(!shifts.isEmpty, "span \(span) at \(newest)")
            }
        }
    }

    @Test func `a peak of one sample is never lost`() {
        for place in 0..<300 {
            var samples = [Double?](repeating: 1, count: 300)
            samples[place] = 100
            let highest = columns(samples, span: 300, newest: 299).map(\.count).max() ?? 0
            #expect(highest == 8, "at \(place)")
        }
    }

    @Test func `fewer samples than the span stay at the right`() {
        let drawn = columns([50, 50], span: 100, newest: 7)
        #expect(drawn.prefix(70).allSatisfy { $0.isEmpty })
        #expect(drawn.last?.isEmpty == false)
    }

    /// Dot columns from left to right of a chart without axes, each as its dots from the bottom.
    private func columns(_ samples: [Double?], span: Int, newest: Int) -> [String] {
        var frame = Frame(Size(columns: 40, rows: 2))
        Chart(
            [Chart.Series(samples)], scale: 0...100, unit: .plain, span: .seconds(span), step: .seconds(1),
            newest: newest
        ).draw(in: frame.bounds, on: &frame)
        return (0..<80).map { dot in
            (0..<2).reversed().map { row in
                let cell = frame[Position(column: max(4, dot / 2), row: row)]
                let bits = dot / 2 < 4 ? 0 : max(0, Int(cell.scalar?.value ?? 0) - 0x2800)
                let masks = dot % 2 == 0 ? [0x40, 0x04, 0x02, 0x01] : [0x80, 0x20, 0x10, 0x08]
                return masks.map { bits & $0 != 0 ? "x" : "" }.joined()
            }.joined()
        }
    }
}

public import Vocabulary

/// The trend of a few values on one line, without scale or axis.
public struct Sparkline: Sendable {
    /// Oldest first; `nil` is a gap.
    public var samples: [Double?]
    /// The values at the foot and at the top of the line.
    public var scale: ClosedRange<Double>
    /// What the trend is about.
    public var role: Role

    /// A trend; without a scale it reaches from 0 to the highest sample.
    public init(_ samples: [Double?], scale: ClosedRange<Double>? = nil, role: Role = .series1) {
        self.samples = samples
        self.role = role
        let highest = samples.compactMap { $0 }.filter(\.isFinite).max() ?? 0
        self.scale = scale ?? 0...max(highest, .leastNormalMagnitude)
    }

    /// Draws the newest samples, one a cell, with the newest at the right edge of the first line.
    public func draw(in rect: Rect, on frame: inout Frame) {
        let line = rect.line(0)
        for (place, sample) in samples.suffix(line.columns).reversed().enumerated() {
            guard let sample, sample.isFinite else { continue }
            let position = Position(column: line.endColumn - 1 - place, row: line.row)
            frame.put(Sparkline.blocks[level(of: sample)], at: position, role, within: line)
        }
    }

    /// The samples as a text, one a cell; a gap is a blank.
    public var text: SafeText {
        samples.reduce("" as SafeText) { text, sample in
            guard let sample, sample.isFinite else { return text + " " }
            return text + Sparkline.glyphs[level(of: sample)]
        }
    }

    private static let glyphs: [SafeText] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    private func level(of sample: Double) -> Int {
        let length = scale.upperBound - scale.lowerBound
        guard length > 0 else { return 0 }
        let share = (sample - scale.lowerBound) / length
        return Int(min(max(share, 0), 1) * 7 + 0.5)
    }

    private static let blocks: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}

internal import Vocabulary

/// How full something is, as a bar.
public struct Gauge: Sendable {
    /// A part of what is filled.
    public struct Part: Sendable {
        /// How much of the whole it fills, 0 to 1.
        public var share: Double
        /// What it means.
        public var role: Role

        /// A part by its share of the whole.
        public init(_ share: Double, _ role: Role) {
            self.share = share
            self.role = role
        }
    }

    /// The parts from left to right; `nil` when nothing could be measured.
    public var parts: [Part]?

    /// A bar of one part; `nil` shows `n/a`.
    public init(_ share: Double?, _ role: Role = .series1) {
        parts = share.flatMap { $0.isFinite ? [Part($0, role)] : nil }
    }

    /// A bar of several parts, such as used and cached memory.
    public init(parts: [Part]) {
        self.parts = parts
    }

    /// Draws the bar on the first line: eighths of a cell at its end, dots where it is empty.
    public func draw(in rect: Rect, on frame: inout Frame) {
        let line = rect.line(0)
        guard !line.isEmpty else { return }
        guard let parts else { return frame.write("n/a", in: line, .dim) }
        frame.fill(line, with: "·", .frame)
        let eighths = line.columns * 8
        var filled = 0.0
        var drawn = 0
        for part in parts {
            filled += max(0, part.share.isFinite ? part.share : 0)
            // What is not nothing shows at least one eighth.
            let wanted = Int((min(filled, 1) * Double(eighths)).rounded())
            let end = max(wanted, filled > 0 && drawn == 0 ? 1 : 0)
            draw(from: drawn, to: end, part.role, in: line, on: &frame)
            drawn = max(drawn, end)
        }
    }

    private func draw(from start: Int, to end: Int, _ role: Role, in line: Rect, on frame: inout Frame) {
        guard end > start else { return }
        for column in start / 8..<(end + 7) / 8 {
            let fill = min(8, end - column * 8)
            frame.put(
                Gauge.blocks[fill - 1], at: Position(column: line.column + column, row: line.row), role, within: line)
        }
    }

    private static let blocks: [Unicode.Scalar] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
}

internal import Terminal
internal import Vocabulary

/// A line of pieces at the left and at the right; what matters least is left out when there is no room.
struct SegmentLine {
    struct Segment {
        var text: StyledText
        /// When it is left out: the highest goes first, 0 stays always.
        var priority: Int
    }

    var left: [Segment] = []
    var right: [Segment] = []
    /// The cells of air between two pieces.
    var gap = 3

    mutating func add(_ text: StyledText, _ priority: Int) {
        left.append(Segment(text: text, priority: priority))
    }

    mutating func addRight(_ text: StyledText, _ priority: Int) {
        right.append(Segment(text: text, priority: priority))
    }

    /// Draws the line, with one cell of air at both ends.
    func draw(in rect: Rect, on frame: inout Frame) {
        let line = rect.line(0).inset(columns: rect.columns > 4 ? 1 : 0)
        var fitted = self
        while fitted.columns > line.columns, fitted.dropLeast() {}
        frame.write(styled: fitted.joined(fitted.left), in: line)
        let end = fitted.joined(fitted.right)
        guard !end.isEmpty, fitted.columns <= line.columns else { return }
        frame.write(styled: end, in: line, align: .right)
    }

    private var columns: Int {
        let texts = (left + right).map(\.text.columns).filter { $0 > 0 }
        return texts.reduce(0, +) + gap * max(0, texts.count - 1)
    }

    private mutating func dropLeast() -> Bool {
        let least = (left + right).map(\.priority).max() ?? 0
        guard least > 0 else { return false }
        if let index = right.firstIndex(where: { $0.priority == least }) {
            right.remove(at: index)
        } else if let index = left.lastIndex(where: { $0.priority == least }) {
            left.remove(at: index)
        }
        return true
    }

    private func joined(_ segments: [Segment]) -> StyledText {
        var line = StyledText(spans: [])
        for segment in segments where !segment.text.isEmpty {
            if !line.spans.isEmpty { line += StyledText(SegmentLine.air(gap)) }
            line += segment.text
        }
        return line
    }

    private static func air(_ columns: Int) -> SafeText {
        switch columns {
        case ...1: " "
        case 2: "  "
        default: "   "
        }
    }
}

internal import Terminal
internal import Vocabulary

/// Labels with their values on a line.
struct Fields {
    private var pairs: [StyledText] = []

    init() {}

    /// A label and its value, one behind the other.
    func adding(_ label: SafeText, _ value: StyledText, role: Terminal.Role = .dim) -> Fields {
        var longer = self
        longer.pairs.append(StyledText(label, role) + " " + value)
        return longer
    }

    /// Draws the pairs with air between them; those at the end that do not fit are left out whole.
    func draw(in line: Rect, on frame: inout Frame) {
        var text = StyledText(spans: [])
        var used = 0
        for pair in pairs {
            let width = pair.columns + (used > 0 ? 3 : 0)
            guard used + width <= line.columns || used == 0 else { break }
            if used > 0 { text += "   " }
            text += pair
            used += width
        }
        frame.write(styled: text, in: line)
    }
}

/// A share of a whole: label, number, bar, and what the whole is.
struct ShareLine {
    let label: SafeText
    let share: Double?
    let gauge: Gauge
    let whole: StyledText
    /// The cells that the whole takes, the same in lines below each other.
    let wholeColumns: Int

    func draw(in line: Rect, on frame: inout Frame) {
        frame.write(label, in: line.left(5), .dim)
        frame.write(styled: Quantity(share, .percent).styled(.strong), in: line.droppingLeft(6).left(7), align: .right)
        frame.write(styled: whole, in: line.right(wholeColumns), align: .right)
        gauge.draw(in: line.droppingLeft(15).droppingRight(wholeColumns + 2), on: &frame)
    }
}

/// What numbers mean, where they mean something.
enum LoadSign {
    /// The role of a share of time in which something was waited for.
    static func pressure(_ share: Double?) -> StyledText {
        Quantity(share, .percent).styled((share ?? 0) >= 20 ? .warning : .text)
    }

    /// The role of a temperature; most processors slow down at 100 °C.
    static func heat(_ celsius: Double?) -> Terminal.Role {
        switch celsius ?? 0 {
        case 95...: .critical
        case 85..<95: .warning
        default: .text
        }
    }

    /// The role of a load of this many percent.
    static func role(_ share: Double?) -> Terminal.Role {
        switch share ?? 0 {
        case 95...: .critical
        case 80..<95: .warning
        default: .series1
        }
    }
}

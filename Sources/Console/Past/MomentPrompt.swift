internal import Terminal
internal import Vocabulary

/// The question for a moment to look back to.
struct MomentPrompt: Equatable, Sendable {
    private var field = TextField(hint: "14:05, 3m ago, yesterday 9:00", limit: 60)
    private var fault: SafeText?

    /// What a key led to.
    enum Outcome: Equatable {
        case open
        case closed
        case chosen(Timestamp)
    }

    /// Takes a key.
    mutating func take(_ key: Key, now: Timestamp, utcOffset: Duration) -> Outcome {
        switch key {
        case .escape: return .closed
        case .enter: return chosen(now, utcOffset)
        case .backspace where field.isEmpty: return .closed
        default:
            if field.take(key) == .edited { fault = nil }
            return .open
        }
    }

    private mutating func chosen(_ now: Timestamp, _ utcOffset: Duration) -> Outcome {
        do throws(MomentFailure) {
            let moment = try Moment.read(field.text.text, now: now, utcOffset: utcOffset)
            guard moment <= now else {
                fault = "That is in the future; there is nothing to see yet."
                return .open
            }
            return .chosen(moment)
        } catch {
            fault = SafeText(untrusted: error.description, limit: 240).oneLine
            return .open
        }
    }

    func draw(in screen: Rect, on frame: inout Frame) {
        let width = min(64, screen.columns)
        let height = min(fault == nil ? 3 : 5, screen.rows)
        let rect = Rect(
            column: screen.column + (screen.columns - width) / 2, row: screen.row + (screen.rows - height) / 3,
            columns: width, rows: height)
        let inside = Tile(
            "Look at", footer: StyledText("Enter goes there · Esc closes", .dim), isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        field.draw(in: inside.line(0), on: &frame)
        if let fault { TextBlock("▲ \(fault)", .warning).draw(in: inside.droppingTop(1), on: &frame) }
    }
}

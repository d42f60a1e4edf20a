public import Terminal
internal import Vocabulary

extension ConsoleState {
    /// Draws the console on a screen of this size: status line, the pane in front, key line, and what lies over them.
    public func view(_ size: Size) -> Frame {
        var frame = Frame(size)
        let screen = frame.bounds
        guard !screen.isEmpty else { return frame }
        StatusLine(state: self).draw(in: screen.line(0), on: &frame)
        let body = ConsoleState.body(of: size)
        Panes.pane(front).draw(self, scene(in: body), body, &frame)
        if rewind != nil { frame.recolour(body, from: [.frame, .frameFocus], to: .past) }
        if size.rows >= 4 { KeyLine(state: self).draw(in: screen.bottom(1), on: &frame) }
        drawOverlay(in: body, on: &frame)
        drawNotices(in: body, on: &frame)
        return frame
    }

    private func drawOverlay(in body: Rect, on frame: inout Frame) {
        guard let overlay else { return }
        frame.cursor = nil
        switch overlay {
        case .help(let scroll): HelpSheet(of: self).draw(scroll: scroll, in: body, on: &frame)
        case .palette(let palette): PaletteSheet(palette: palette, state: self).draw(in: body, on: &frame)
        case .themes(let picker): ThemeSheet(picker: picker).draw(in: body, on: &frame)
        case .question(let question):
            QuestionSheet(text: question.text, keys: "y yes · Esc no").draw(in: body, on: &frame)
        case .notifications(let cursor):
            NotificationSheet(state: self).draw(cursor: cursor, in: body, on: &frame)
        case .requestLog(let scroll): RequestLogSheet(state: self).draw(scroll: scroll, in: body, on: &frame)
        case .moment(let prompt): prompt.draw(in: body, on: &frame)
        case .quitting(let loss):
            QuestionSheet(text: loss, keys: "q quits all the same · Esc stays").draw(in: body, on: &frame)
        }
    }

    private func drawNotices(in body: Rect, on frame: inout Frame) {
        // The first line of the pane says whose it is and how it stands: messages start below it.
        var rest = body.droppingTop(1)
        for notice in notices.shown.reversed() {
            let toast = Toast(notice.text, notice.mark)
            toast.draw(in: rest, on: &frame)
            let width = max(1, min(48, rest.columns - 2) - 6)
            rest = rest.droppingTop(min(3, notice.text.wrapped(to: width).count) + 2)
        }
    }
}

/// A question in the middle of the pane.
struct QuestionSheet {
    let text: SafeText
    let keys: SafeText

    func draw(in screen: Rect, on frame: inout Frame) {
        let width = min(60, screen.columns)
        let block = TextBlock(text)
        let height = min(screen.rows, block.rows(columns: max(1, width - 4)) + 2)
        let rect = Rect(
            column: screen.column + (screen.columns - width) / 2, row: screen.row + (screen.rows - height) / 3,
            columns: width, rows: height)
        let inside = Tile("Are you sure?", footer: StyledText(keys, .strong), isFocused: true)
            .draw(in: rect, on: &frame)
        block.draw(in: inside.inset(columns: 1), on: &frame)
    }
}

internal import Terminal
internal import Vocabulary

/// The themes over the pane, and a sample of what each meaning looks like in the one under the cursor.
struct ThemeSheet {
    let picker: ThemePicker

    /// The rows of the sample below the list.
    private static let sampleRows = 4

    /// Where the sheet lies on the pane: at the right, no higher than it must be, so that most of the pane can be seen.
    private func place(in body: Rect) -> Rect {
        let wanted = max(3, picker.themes.count) + ThemeSheet.sampleRows + 3
        return body.droppingTop(min(1, body.rows / 8)).right(min(46, body.columns)).top(min(26, wanted))
    }

    /// The rows of the list on a pane of this size.
    func listRows(in body: Rect) -> Int {
        let rows = place(in: body).rows - 2
        return max(1, rows >= 8 ? rows - ThemeSheet.sampleRows - 1 : rows)
    }

    func draw(in body: Rect, on frame: inout Frame) {
        let rect = place(in: body)
        let footer = StyledText("Enter keeps · Esc goes back", .dim)
        let inside = Tile("Theme", state: StyledText("\(picker.themes.count)", .dim), footer: footer, isFocused: true)
            .draw(in: rect, on: &frame).inset(columns: 1)
        let rows = listRows(in: body)
        drawList(in: inside.top(rows), on: &frame)
        drawSample(in: inside.droppingTop(rows + 1), on: &frame)
    }

    private func drawList(in rect: Rect, on frame: inout Frame) {
        let first = max(0, min(picker.cursor - rect.rows / 2, picker.themes.count - rect.rows))
        for (line, offered) in picker.themes.dropFirst(first).prefix(rect.rows).enumerated() {
            let place = rect.line(line)
            if first + line == picker.cursor { frame.fill(place, on: .selection) }
            let isWorn = offered.theme == picker.before
            frame.write(isWorn ? "●" : " ", in: place.left(1), .accent)
            frame.write(offered.name, in: place.droppingLeft(2).left(20), offered.theme == nil ? .muted : .text)
            let words = offered.theme == nil ? "■ broken" : offered.source
            frame.write(
                words, in: place.droppingLeft(23), offered.theme == nil ? .critical : .dim, align: .right)
        }
    }

    /// What a broken file lacks, or what each meaning looks like.
    private func drawSample(in rect: Rect, on frame: inout Frame) {
        if let chosen = picker.chosen, chosen.theme == nil {
            TextBlock(chosen.fault, .warning).draw(in: rect, on: &frame)
            return
        }
        for (row, line) in ThemeSheet.sample.prefix(rect.rows).enumerated() {
            frame.write(styled: line, in: rect.line(row))
        }
    }

    private static let sample: [StyledText] = [
        [Mark.ok, .warning, .critical, .acked].reduce(StyledText(spans: [])) { $0 + $1.styled + "  " },
        StyledText("strong ", .strong, .bold) + StyledText("text ", .text) + StyledText("dim ", .dim)
            + StyledText("link", .link) + " " + StyledText("found", .searchHit) + " " + StyledText("past", .past),
        StyledText("customer ", .customer) + StyledText("assistant ", .assistant) + StyledText("agent ", .agent)
            + StyledText("note ", .note) + StyledText("system", .system),
        (0..<6).reduce(StyledText(spans: [])) { $0 + StyledText("⣿⣿", .series($1)) + " " }
            + StyledText("⣿", .chartLow) + StyledText("⣿", .chartMid) + StyledText("⣿", .chartHigh)
            + StyledText(" ◆", .marker) + StyledText(" ┈┈", .threshold),
    ]
}

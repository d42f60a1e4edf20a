internal import Terminal
internal import Vocabulary

/// What the composer offers above itself: texts kept ready after `/`, passages of the knowledge base after `?`.
struct ComposerMenu: Equatable, Sendable {
    /// One text that may be taken.
    struct Entry: Equatable, Sendable {
        let name: SafeText
        let preview: SafeText
        /// What goes into the reply.
        let text: SafeText
    }

    let title: SafeText
    let entries: [Entry]
    /// The one that Enter takes.
    let choice: Int
    /// Said while there are none.
    let empty: SafeText
    /// Whether what is taken goes into a note, whose text the menu needs not show again.
    let isNote: Bool

    init(_ title: SafeText, _ entries: [Entry], choice: Int, empty: SafeText = "", isNote: Bool = false) {
        self.isNote = isNote
        self.title = title
        self.entries = entries
        self.choice = min(max(0, choice), max(0, entries.count - 1))
        self.empty = empty
    }

    /// The text that is chosen; `nil` while there is none.
    var text: SafeText? { entries.isEmpty ? nil : entries[choice].text }

    private var footer: SafeText {
        isNote ? "Enter or Tab takes the name" : "Enter or Tab takes it, to be changed before it is sent"
    }

    /// Draws the menu over the lines above the composer: the entries, and what the chosen one says.
    func draw(above composer: Rect, on frame: inout Frame) {
        let words = TextBlock(text?.oneLine ?? empty, entries.isEmpty ? .dim : .text)
        let shown = min(entries.count, 6)
        let said = isNote ? 0 : min(words.rows(columns: composer.columns - 4), 4)
        let rows = shown + said + 2
        guard composer.row >= rows, composer.columns >= 24 else { return }
        let rect = Rect(column: composer.column, row: composer.row - rows, columns: composer.columns, rows: rows)
        frame.fill(rect)
        let inside = Tile(
            title, state: StyledText("\(entries.count)", .dim),
            footer: StyledText(footer, .dim), isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        let first = max(0, min(choice - 2, entries.count - 6))
        for (line, index) in (first..<min(entries.count, first + 6)).enumerated() {
            let place = inside.line(line)
            if index == choice { frame.fill(place, on: .selection) }
            let entry = entries[index]
            frame.write(styled: StyledText(entry.name, .accent) + "  " + StyledText(entry.preview, .dim), in: place)
        }
        if said > 0 { words.draw(in: inside.droppingTop(shown), on: &frame) }
    }
}

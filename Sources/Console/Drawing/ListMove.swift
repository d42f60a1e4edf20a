internal import Terminal
internal import Vocabulary

/// A movement of the cursor in a list.
enum ListMove: Equatable, Sendable {
    case down
    case up
    case pageDown
    case pageUp
    case top
    case bottom
    /// To the next row, and from the last one to the first.
    case next
    /// To the row before, and from the first one to the last.
    case previous
}

extension ListState {
    /// Moves the cursor; a page is this many rows.
    mutating func move(_ move: ListMove, page: Int) {
        switch move {
        case .down: self.move(by: 1)
        case .up: self.move(by: -1)
        case .pageDown: self.move(by: max(1, page - 1))
        case .pageUp: self.move(by: -max(1, page - 1))
        case .top: moveToTop()
        case .bottom: moveToBottom()
        case .next: if cursorIndex == rows.count - 1 { moveToTop() } else { self.move(by: 1) }
        case .previous: if cursorIndex == 0 { moveToBottom() } else { self.move(by: -1) }
        }
        place(rows: page)
    }
}

/// The commands that every list has.
enum ListCommands {
    static func movement<Owner: Pane>(
        applies: @escaping @Sendable (Owner.State) -> Bool = { _ in true },
        _ action: (ListMove) -> Owner.Action
    ) -> [Command<Owner>] {
        [
            Command(
                .down, .character("j"), title: "row down", purpose: "Move the cursor one row down.",
                action: action(.down), applies: applies),
            Command(
                .up, .character("k"), title: "row up", purpose: "Move the cursor one row up.", action: action(.up),
                applies: applies),
            Command(
                .pageDown, title: "page down", purpose: "Move the cursor one page down.", action: action(.pageDown),
                applies: applies),
            Command(
                .pageUp, title: "page up", purpose: "Move the cursor one page up.", action: action(.pageUp),
                applies: applies),
            Command(
                .home, .character("g"), title: "first row",
                purpose: "Go to the first row and let new rows in again.", action: action(.top), applies: applies),
            Command(
                .end, .character("G"), title: "last row", purpose: "Go to the last row.", action: action(.bottom),
                applies: applies),
        ]
    }

    /// Opening, keeping and leaving the filter of a list.
    static func filter<Owner: Pane>(
        open: Owner.Action, keep: Owner.Action, clear: Owner.Action,
        isFiltered: @escaping @Sendable (Owner.State) -> Bool, move: (ListMove) -> Owner.Action,
        applies: @escaping @Sendable (Owner.State) -> Bool = { _ in true }
    ) -> [Command<Owner>] {
        [
            Command(
                .character("/"), title: "filter",
                purpose: "Show only the rows that hold a text; !text those without it, ~text a regular expression.",
                action: open, rank: 6, applies: applies),
            Command(
                .character("n"), title: "next found", purpose: "Go to the next row that was found, round the end.",
                action: move(.next), applies: { applies($0) && isFiltered($0) }),
            Command(
                .character("N"), title: "found before", purpose: "Go to the row before that was found.",
                action: move(.previous), applies: { applies($0) && isFiltered($0) }),
            Command(
                .escape, title: "all rows", purpose: "Show every row again.", action: clear,
                applies: { applies($0) && isFiltered($0) }),
            Command(
                .enter, .down, title: "keep", purpose: "Keep the filter and go to the list.", action: keep, rank: 1,
                mode: .filter),
            Command(
                .escape, title: "all rows", purpose: "Forget the filter.", action: clear, rank: 2, mode: .filter),
        ]
    }
}

/// The filter of a list: a text that rows must hold.
struct ListFilter: Equatable, Sendable {
    var field = TextField(hint: "text, !without, ~pattern", limit: 80)
    /// Whether keys go to it.
    var isOpen = false

    /// What rows must hold.
    var pattern: FilterPattern { FilterPattern(field.text.text) }

    /// Whether rows are left out.
    var isActive: Bool { !field.isEmpty }

    mutating func clear() {
        field.clear()
        isOpen = false
    }

    /// Draws the filter on one line, when there is anything to show.
    func draw(in rect: Rect, matches: Int, on frame: inout Frame) {
        frame.write("/", in: rect, .accent, .bold)
        let fault = pattern.fault
        let count: SafeText = fault ?? "\(matches) found"
        field.draw(in: rect.droppingLeft(2).droppingRight(count.columns + 2), isFocused: isOpen, on: &frame)
        frame.write(count, in: rect, fault == nil ? .dim : .warning, align: .right)
    }
}

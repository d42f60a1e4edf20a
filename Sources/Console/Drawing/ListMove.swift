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
        isFiltered: @escaping @Sendable (Owner.State) -> Bool,
        applies: @escaping @Sendable (Owner.State) -> Bool = { _ in true }
    ) -> [Command<Owner>] {
        [
            Command(
                .character("/"), title: "filter", purpose: "Show only the rows that hold a text.", action: open,
                rank: 6, applies: applies),
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
    var field = TextField(hint: "text to look for", limit: 80)
    /// Whether keys go to it.
    var isOpen = false

    /// What rows must hold, in lower case; empty for all.
    var wanted: String { field.text.text.lowercased() }

    /// Whether rows are left out.
    var isActive: Bool { !field.isEmpty }

    mutating func clear() {
        field.clear()
        isOpen = false
    }

    /// Draws the filter on one line, when there is anything to show.
    func draw(in rect: Rect, matches: Int, on frame: inout Frame) {
        frame.write("/", in: rect, .accent, .bold)
        let count: SafeText = "\(matches) found"
        field.draw(in: rect.droppingLeft(2).droppingRight(count.columns + 2), isFocused: isOpen, on: &frame)
        frame.write(count, in: rect, .dim, align: .right)
    }
}

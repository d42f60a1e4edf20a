internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The columns of the processes; those that matter less go first where there is no room.
struct ProcessColumns {
    struct Entry {
        let column: Table.Column
        let cell: (ProcessRow) -> StyledText
    }

    /// From left to right.
    let all: [Entry]

    /// The columns for a view that has this many cells beside each other.
    init(_ view: ProcessesView, room: Int) {
        let titles = ProcessTitles(view: view)
        // The word where there is room.
        let hasWord = room >= 120
        let depths = view.depths
        all = [
            Entry(column: titles.numbers("pid", 7, .pid)) { $0.texts.pid },
            Entry(column: Table.Column("user", width: 9, priority: 4)) { $0.texts.user },
            Entry(column: titles.numbers("cpu", 7, .cpu)) { $0.texts.cpu },
            Entry(column: titles.numbers("mem", 8, .memory, priority: 1)) { $0.texts.memory },
            Entry(column: titles.numbers("io", 10, .io, priority: 5)) { $0.texts.traffic },
            Entry(column: Table.Column("threads", width: 7, align: .right, priority: 6)) { $0.texts.threads },
            Entry(column: titles.numbers("age", 7, .age, priority: 3)) { $0.texts.age },
            Entry(column: Table.Column(hasWord ? "state" : "s", width: hasWord ? 8 : 1, priority: 2)) {
                hasWord ? $0.texts.state : $0.texts.stateLetter
            },
            Entry(column: Table.Column("command line" + titles.arrow(.name), width: 16, stretch: 1)) { row in
                guard let depth = depths[row.key], depth > 0 else { return row.texts.command }
                // A very deep branch must leave room for its words.
                let indent = min(depth - 1, max(0, room / 8))
                return StyledText("\(String(repeating: "  ", count: indent))└ ", .dim) + row.texts.command
            },
        ]
    }
}

/// What stands above the columns.
private struct ProcessTitles {
    let view: ProcessesView

    func numbers(_ title: SafeText, _ width: Int, _ order: ProcessOrder, priority: Int = 0) -> Table.Column {
        Table.Column(title + arrow(order), width: width, align: .right, priority: priority)
    }

    /// Which way the list is sorted, behind the column that it is sorted by.
    func arrow(_ order: ProcessOrder) -> SafeText {
        guard view.sort == order else { return "" }
        let isRising = (order == .pid || order == .name) != view.isReversed
        return isRising ? "↑" : "↓"
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The columns of the processes; those that matter less go first where there is no room.
struct ProcessColumns {
    struct Entry {
        let column: Table.Column
        let cell: (ProcessRow) -> StyledText
    }

    let view: ProcessesView
    let room: Int

    var all: [Entry] {
        [
            Entry(column: numbers("pid", 7, .pid)) { StyledText("\($0.key.pid)", .dim) },
            Entry(column: Table.Column("user", width: 9, priority: 4)) { StyledText($0.user, .dim) },
            Entry(column: numbers("cpu", 7, .cpu)) { $0.load },
            Entry(column: numbers("mem", 8, .memory, priority: 1)) {
                Quantity(Double($0.memory), .bytes).styled($0.memory == 0 ? .dim : .text)
            },
            Entry(column: numbers("io", 10, .io, priority: 5)) {
                Quantity($0.traffic, .bytesPerSecond).styled($0.traffic == 0 ? .dim : .text)
            },
            Entry(column: Table.Column("threads", width: 7, align: .right, priority: 6)) {
                Quantity(count: Int(clamping: $0.threads)).styled($0.threads == 1 ? .dim : .text)
            },
            Entry(column: numbers("age", 7, .age, priority: 3)) {
                StyledText("\(Duration.seconds($0.age).age)", .dim)
            },
            state,
            Entry(column: Table.Column("command line" + arrow(.name), width: 16, stretch: 1)) { command($0) },
        ]
    }

    /// The word where there is room, else the letter that everybody knows from other programs.
    private var state: Entry {
        let hasWord = room >= 120
        return Entry(column: Table.Column(hasWord ? "state" : "s", width: hasWord ? 8 : 1, priority: 2)) {
            StyledText(hasWord ? "\($0.state.rawValue)" : "\(String($0.state.letter))", $0.stateRole)
        }
    }

    private func numbers(_ title: SafeText, _ width: Int, _ order: ProcessOrder, priority: Int = 0) -> Table.Column {
        Table.Column(title + arrow(order), width: width, align: .right, priority: priority)
    }

    /// Which way the list is sorted, behind the column that it is sorted by.
    private func arrow(_ order: ProcessOrder) -> SafeText {
        guard view.sort == order else { return "" }
        let isRising = (order == .pid || order == .name) != view.isReversed
        return isRising ? "↑" : "↓"
    }

    private func command(_ row: ProcessRow) -> StyledText {
        let text = StyledText(row.command, row.isKernel ? .dim : .text)
        guard let depth = view.depths[row.key], depth > 0 else { return text }
        // A very deep branch must leave room for its words.
        let indent = min(depth - 1, max(0, room / 8))
        return StyledText("\(String(repeating: "  ", count: indent))└ ", .dim) + text
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Everything about the process under the cursor.
struct ProcessDetailSheet {
    let view: ProcessesView

    func draw(in rect: Rect, on frame: inout Frame) {
        guard let row = view.chosen else {
            let inside = Tile("Process").draw(in: rect, on: &frame).inset(columns: 1)
            TextBlock("There is no process under the cursor.", .dim).draw(in: inside, on: &frame)
            return
        }
        let inside = Tile(
            row.name, state: StyledText("pid \(row.key.pid)", .dim), footer: StyledText("Esc closes", .dim)
        ).draw(in: rect, on: &frame).inset(columns: 1)
        var rest = inside
        for fields in [who(row), use(row), traffic(row)] where !rest.isEmpty {
            fields.draw(in: rest.line(0), on: &frame)
            rest = rest.droppingTop(1)
        }
        guard !rest.isEmpty else { return }
        let command: SafeText =
            row.hasCommand ? row.command : row.isKernel ? "a part of the kernel" : "command line n/a"
        TextBlock(command, row.hasCommand ? .strong : .dim, hanging: 2).draw(in: rest, on: &frame)
    }

    private func who(_ row: ProcessRow) -> Fields {
        Fields()
            .adding("user", StyledText(row.user))
            .adding("parent", parent(row))
            .adding("state", row.texts.state)
            .adding("started", StyledText("\(Duration.seconds(row.age).age) ago"))
    }

    private func parent(_ row: ProcessRow) -> StyledText {
        guard row.parent > 0 else { return StyledText("none", .dim) }
        let name = view.rows.values.first { $0.key.pid == row.parent }?.name
        return StyledText("\(row.parent)") + StyledText(name.map { " \($0)" } ?? "", .dim)
    }

    private func use(_ row: ProcessRow) -> Fields {
        Fields()
            .adding("cpu", row.texts.cpu + StyledText(" of one core", .dim))
            .adding("resident", Quantity(Double(row.memory), .bytes).styled())
            .adding("threads", Quantity(count: Int(clamping: row.threads)).styled())
            .adding("nice", row.nice.map { StyledText("\($0)") } ?? StyledText("n/a", .dim))
    }

    private func traffic(_ row: ProcessRow) -> Fields {
        Fields()
            .adding("read from disks", Quantity(row.read, .bytesPerSecond).styled())
            .adding("written", Quantity(row.written, .bytesPerSecond).styled())
    }
}

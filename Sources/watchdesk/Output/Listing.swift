internal import DeskAPI
internal import JSON
internal import Terminal
internal import Vocabulary

/// Several records printed as a table for people or as JSON for programs.
struct Listing<Item: Record> {
    /// One column: its heading and the text of each record's cell.
    struct Column {
        let heading: String
        let text: (Item) -> String

        init(_ heading: String, _ text: @escaping (Item) -> String) {
            self.heading = heading
            self.text = text
        }
    }

    let items: [Item]
    let columns: [Column]
    /// What is said when there is nothing.
    let empty: String

    /// Prints the records: a JSON array with `--json`, an aligned table otherwise.
    func print(asJSON: Bool) {
        guard !asJSON else {
            var writer = JSONWriter()
            writer.array { writer in for item in items { item.write(to: &writer) } }
            Output.write(writer.text + "\n")
            return
        }
        guard !items.isEmpty else { return Output.write(empty + "\n") }
        let rows =
            [columns.map { SafeText(untrusted: $0.heading) }]
            + items.map { item in columns.map { SafeText(untrusted: $0.text(item), limit: 400).oneLine } }
        let widths = columns.indices.map { column in rows.map { $0[column].columns }.max() ?? 0 }
        for row in rows { Output.write(Self.line(row, widths)) }
    }

    private static func line(_ row: [SafeText], _ widths: [Int]) -> String {
        var line = ""
        for (column, text) in row.enumerated() {
            line += text.text
            guard column < row.count - 1 else { break }
            line += String(repeating: " ", count: widths[column] - text.columns + 2)
        }
        return line + "\n"
    }
}

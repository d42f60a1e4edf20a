import Terminal

/// A frame as blocks of text: what stands in each cell, what it means, and where needed its ground and attributes.
struct FrameText {
    let frame: Frame

    var description: String {
        var blocks = ["# text \(frame.size.columns)x\(frame.size.rows)", block(\.text), "# role", block(letter)]
        let grounds = block { $0.background == .text ? " " : String(FrameText.letters[$0.background] ?? "?") }
        if grounds.contains(where: { !$0.isWhitespace }) { blocks += ["# ground", grounds] }
        let attributes = block(Self.attributes)
        if attributes.contains(where: { !$0.isWhitespace }) { blocks += ["# attributes", attributes] }
        if let cursor = frame.cursor { blocks.append("# cursor \(cursor.column),\(cursor.row)") }
        let used = Set((0..<frame.size.rows).flatMap { frame.row($0) }.flatMap { [$0.role, $0.background] })
        let legend = Role.allCases.filter { used.contains($0) && $0 != .text }
            .map { "\(FrameText.letters[$0] ?? "?")=\($0.name)" }
        blocks.append(
            "# legend " + (legend + ["b=bold u=underline r=reverse i=italic +=several"]).joined(separator: " "))
        return blocks.joined(separator: "\n") + "\n"
    }

    private func block(_ show: (Cell) -> String) -> String {
        (0..<frame.size.rows).map { row in
            var line = frame.row(row).map(show).joined()
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    private func letter(_ cell: Cell) -> String {
        if cell.role == .text { return cell.text == " " ? " " : "." }
        return cell.text == " " ? " " : String(FrameText.letters[cell.role] ?? "?")
    }

    private static func attributes(_ cell: Cell) -> String {
        switch cell.attributes {
        case []: " "
        case .bold: "b"
        case .dim: "d"
        case .underline: "u"
        case .reverse: "r"
        case .italic: "i"
        default: "+"
        }
    }

    private static let letters: [Role: Character] = [
        .text: ".", .dim: "d", .strong: "s", .title: "t", .frame: "f", .frameFocus: "F", .accent: "a",
        .selection: "L", .selectionDim: "l", .ok: "o", .info: "i", .warning: "w", .critical: "c", .pending: "p",
        .acked: "k", .muted: "m", .link: "u", .customer: "C", .assistant: "A", .agent: "G", .note: "n",
        .system: "y", .series1: "1", .series2: "2", .series3: "3", .series4: "4", .series5: "5", .series6: "6",
        .chartLow: "_", .chartMid: "=", .chartHigh: "^", .threshold: "h", .marker: "r", .searchHit: "H",
        .inputText: "I", .inputHint: "j", .past: "P",
    ]
}

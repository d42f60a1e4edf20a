internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The texts that are kept ready, while a reply begins with `/`.
struct ReplyMenu: Equatable, Sendable {
    /// Those whose name or text holds what is typed, names that begin with it first.
    let matches: [CannedReply]
    /// The one that Enter takes.
    let choice: Int

    /// The menu for what is written; `nil` while it is no beginning of a name.
    init?(_ replies: [CannedReply], written: String, choice: Int) {
        guard written.hasPrefix("/"), !written.contains(where: \.isWhitespace) else { return nil }
        let wanted = written.dropFirst().lowercased()
        let named = replies.filter { $0.name.hasPrefix(wanted) }
        let holding = replies.filter { reply in
            !reply.name.hasPrefix(wanted) && (reply.name.contains(wanted) || reply.text.lowercased().contains(wanted))
        }
        matches = named + holding
        guard !matches.isEmpty else { return nil }
        self.choice = min(max(0, choice), matches.count - 1)
    }

    /// The text that is chosen, with what is known in place of its variables.
    func text(for row: ConversationRow, by name: SafeText?) -> SafeText {
        let filled = matches[choice].filled { variable in
            switch variable {
            case "customer.name": row.customerName.text
            case "agent.name": name?.text
            case "conversation.id": "\(row.id)"
            case "conversation.subject": row.subject.text
            default: nil
            }
        }
        return SafeText(untrusted: filled, limit: Message.maximumLength)
    }

    /// Draws the menu over the lines above the composer.
    func draw(above composer: Rect, for row: ConversationRow, by name: SafeText?, on frame: inout Frame) {
        let rows = min(matches.count, 6) + 3
        guard composer.row >= rows, composer.columns >= 24 else { return }
        let rect = Rect(column: composer.column, row: composer.row - rows, columns: composer.columns, rows: rows)
        frame.fill(rect)
        let inside = Tile(
            "Replies", state: StyledText("\(matches.count)", .dim),
            footer: StyledText("Enter or Tab takes it, to be changed before it is sent", .dim), isFocused: true
        ).draw(in: rect, on: &frame).inset(columns: 1)
        let first = max(0, min(choice - 2, matches.count - 6))
        for (line, index) in (first..<min(matches.count, first + 6)).enumerated() {
            let place = inside.line(line)
            if index == choice { frame.fill(place, on: .selection) }
            let reply = matches[index]
            let preview = SafeText(untrusted: reply.text, limit: 200).oneLine
            frame.write(styled: StyledText("/\(reply.name)", .accent) + "  " + StyledText(preview, .dim), in: place)
        }
        frame.write(text(for: row, by: name).oneLine, in: inside.line(min(matches.count, 6)), .text)
    }
}

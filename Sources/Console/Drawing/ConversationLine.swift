internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// A conversation in a list: shape, age, name, words, and whose it is.
struct ConversationLine {
    let row: ConversationRow
    let scene: Scene
    /// Messages that the person has not seen.
    var unread: Int64 = 0

    /// How long a customer may wait before the sign becomes urgent.
    static let target = Duration.seconds(120)

    private var waited: Duration { scene.now - (row.waitingSince ?? row.updatedAt) }

    /// The shape that stands for the status besides its colour.
    var mark: StyledText {
        switch row.status {
        case .waiting: waited > ConversationLine.target ? StyledText("■", .critical) : StyledText("▲", .warning)
        case .open: row.holder(for: scene.facts.actor) == .me ? StyledText("◆", .agent) : StyledText("◇", .dim)
        case .assistant: StyledText("○", .dim)
        case .snoozed: StyledText("◌", .muted)
        case .resolved: StyledText("✓", .muted)
        }
    }

    /// How long the customer waits, or how long ago something happened.
    var age: StyledText {
        row.isWaiting
            ? StyledText("\(waited.age)", waited > ConversationLine.target ? .critical : .warning)
            : StyledText("\((scene.now - row.updatedAt).age)", .dim)
    }

    var name: StyledText {
        StyledText(row.customerName, row.isResolved ? .muted : unread > 0 ? .strong : .text, unread > 0 ? .bold : [])
    }

    var preview: StyledText {
        if isAnswering { return StyledText("assistant is answering …", .assistant) }
        return StyledText(row.preview, row.isResolved ? .muted : .dim)
    }

    /// Whose it is, or why a person is waited for.
    var holder: StyledText {
        switch row.status {
        case .waiting: StyledText(row.waitingReason ?? "waits for a person", .warning)
        case .resolved: StyledText("resolved", .muted)
        case .snoozed: StyledText("snoozed", .muted)
        case .assistant, .open: owner
        }
    }

    private var owner: StyledText {
        switch row.holder(for: scene.facts.actor) {
        case .assistant: StyledText("assistant", .dim)
        case .queue: StyledText("in the queue", .warning)
        case .me: StyledText("you", .agent)
        case .colleague(let name): StyledText(name, .text)
        }
    }

    /// How many messages are unread, as a small number.
    var badge: StyledText {
        unread > 0 ? StyledText(unread > 99 ? "99+" : "\(unread)", .accent, .bold) : ""
    }

    var isAnswering: Bool { scene.facts.answers[row.id] != nil }
}

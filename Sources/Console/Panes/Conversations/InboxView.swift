internal import DeskAPI
internal import Vocabulary

/// Which conversations the list shows.
enum InboxView: CaseIterable, Sendable {
    case all
    case queue
    case mine
    case late
    case snoozed
    case resolved

    /// What it is called above the list.
    var title: SafeText {
        switch self {
        case .all: "Conversations"
        case .queue: "Queue"
        case .mine: "Yours"
        case .late: "Late"
        case .snoozed: "Put aside"
        case .resolved: "Resolved"
        }
    }

    /// Whether a conversation belongs to it.
    func holds(_ row: ConversationRow, for actor: String?, at now: Timestamp) -> Bool {
        switch self {
        case .all: true
        case .queue: row.isWaiting
        case .mine: (row.status == .open || row.status == .snoozed) && row.holder(for: actor) == .me
        case .late: row.isLate(at: now)
        case .snoozed: row.status == .snoozed
        case .resolved: row.isResolved
        }
    }

    /// The view so many steps further on.
    func after(_ step: Int) -> InboxView {
        let all = InboxView.allCases
        let index = all.firstIndex(of: self) ?? 0
        return all[((index + step) % all.count + all.count) % all.count]
    }
}

internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Which conversations the list shows.
enum InboxView: Equatable, Sendable {
    case all
    case queue
    case mine
    case late
    case snoozed
    case resolved
    /// A part that the desk has a name for.
    case saved(name: SafeText, filter: String)

    /// Those that every desk has, in the order of the keys.
    private static let usual: [InboxView] = [.all, .queue, .mine, .late, .snoozed, .resolved]

    /// A part that the desk has a name for.
    init(_ view: SavedView) {
        self = .saved(name: SafeText(untrusted: view.name, limit: 40).oneLine, filter: view.filter)
    }

    /// What it is called above the list.
    var title: SafeText {
        switch self {
        case .all: "Conversations"
        case .queue: "Queue"
        case .mine: "Yours"
        case .late: "Late"
        case .snoozed: "Put aside"
        case .resolved: "Resolved"
        case .saved(let name, _): name
        }
    }

    /// What says whether a conversation belongs to it; what is resolved is in no view of the desk's own.
    func test(for actor: String?, at now: Timestamp) -> (ConversationRow) -> Bool {
        switch self {
        case .all: return { _ in true }
        case .queue: return \.isWaiting
        case .mine:
            return { ($0.status == .open || $0.status == .snoozed) && $0.holder(for: actor) == .me }
        case .late: return { $0.isLate(at: now) }
        case .snoozed: return { $0.status == .snoozed }
        case .resolved: return \.isResolved
        case .saved(_, let filter):
            let pattern = FilterPattern(filter)
            return { !$0.isResolved && pattern.accepts($0.texts) }
        }
    }

    /// The view so many steps further on; those of the desk's own come last.
    func after(_ step: Int, among saved: [SavedView]) -> InboxView {
        let all = InboxView.usual + saved.map(InboxView.init)
        let index = all.firstIndex(of: self) ?? 0
        return all[((index + step) % all.count + all.count) % all.count]
    }
}

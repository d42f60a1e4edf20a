internal import DeskAPI
internal import Vocabulary

/// What a person's own room looks like to them when they come in.
struct NotificationPast: Sendable {
    /// The place of the newest notification there ever was.
    var position: Position
    /// Every notification behind the place the client named, or `nil` when they cannot be given whole.
    var missed: [StaffNotification]?
    /// What calls the person now; only told to who does not resume.
    var calling: [StaffNotification]?
    /// Whether the client named a place.
    var isResumed: Bool

    /// Notifications that are given at most; beyond that a client reads the list.
    static let maximum: Int64 = 300

    /// Asks the desk.
    static func read(
        since: Position?, from desk: any DeskService, as caller: Caller
    ) async -> Result<NotificationPast, Problem> {
        do throws(Problem) {
            var request = ListNotifications()
            request.limit = maximum + 1
            if let since {
                (request.after, request.acknowledged) = (since.offset, true)
            }
            let list = try await desk.call(Operations.listNotifications, request, as: caller)
            var past = NotificationPast(position: Position(), missed: nil, calling: nil, isResumed: since != nil)
            (past.position.offset, past.position.epoch) = (list.lastOffset, desk.epoch)
            guard let since else {
                past.calling = list.items
                return .success(past)
            }
            let isWhole = since.epoch == desk.epoch && since.offset <= list.lastOffset
            if isWhole, list.items.count <= Int(maximum) { past.missed = list.items }
            return .success(past)
        } catch {
            return .failure(error)
        }
    }
}

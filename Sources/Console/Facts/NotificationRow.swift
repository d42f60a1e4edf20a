internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Something that the console's person has to know, ready to be drawn.
struct NotificationRow: Equatable, Sendable {
    let id: ID<StaffNotification>
    let offset: Int64
    let kind: StaffNotification.Kind
    let priority: Conversation.Priority
    let conversation: ID<Conversation>
    let message: Int64?
    let from: SafeText
    let text: SafeText
    let at: Timestamp

    init(_ record: StaffNotification) {
        (id, offset, kind, priority) = (record.id, record.offset, record.kind, record.priority)
        (conversation, message, at) = (record.conversation, record.message, record.at)
        from = SafeText(untrusted: record.from, limit: 80).oneLine
        text = SafeText(untrusted: record.text, limit: StaffNotification.textLimit).oneLine
    }

    /// Why the person is told, in words.
    var reason: SafeText {
        switch kind {
        case .mention: "\(from) named you"
        case .assigned: from == "desk" ? "given to you" : "\(from) gave you"
        case .late: "late"
        }
    }

    /// How much it presses, by shape and colour.
    var mark: StyledText {
        switch priority {
        case .urgent: StyledText("■", .critical)
        case .high: StyledText("▲", .warning)
        case .normal, .low: StyledText("◆", .agent)
        }
    }
}

extension DeskFacts {
    /// What calls the person, what presses most first, then the newest.
    var calls: [NotificationRow] {
        let order = Conversation.Priority.allCases
        return notifications.values.sorted { one, other in
            let (first, second) = (order.firstIndex(of: one.priority) ?? 0, order.firstIndex(of: other.priority) ?? 0)
            return first == second ? one.offset > other.offset : first < second
        }
    }

    /// Takes a notification of the console's person; what is acknowledged calls no more.
    mutating func take(_ record: StaffNotification) -> [FactChange] {
        guard record.user == actor else { return [] }
        notifications[record.id] = record.acknowledgedAt == nil ? NotificationRow(record) : nil
        return [.notifications]
    }

    /// Takes everything that calls the person, in place of what was known.
    mutating func take(calling records: [StaffNotification]) -> [FactChange] {
        notifications = [:]
        for record in records { notifications[record.id] = NotificationRow(record) }
        return [.notifications]
    }
}

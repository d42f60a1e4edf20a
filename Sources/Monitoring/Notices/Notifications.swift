internal import DeskAPI
internal import NIOConcurrencyHelpers
public import Storage
public import Vocabulary

/// What people are told of alerts: routes the outbox, groups, and keeps every message until its receiver has it.
///
/// Each decision is one transaction: a notice is routed once, a message is made once, and what came of an attempt is
/// stored before the next begins. Only the message that is on the wire when the process dies is sent again, with the
/// same key. It sends nothing itself: whoever runs it asks for a turn, sends, and reports.
public final class Notifications: Sendable {
    /// What is to be done now.
    public struct Turn: Sendable {
        /// Messages to send now, at most one for each receiver.
        public var messages: [(message: NoticeMessage, receiver: NoticeReceiver)] = []
        /// When something is to be done next, if nothing happens before.
        public var next: Timestamp?
    }

    let database: Database
    private let backOff: NoticeBackOff
    private let configured: NIOLockedValueBox<NotifyConfiguration>
    private static let routedAtOnce = 500
    private static let outboxKept: Int64 = 10_000

    /// Goes on with what is stored.
    ///
    /// - Parameter database: Durable, with the migrations of ``Alerts`` and of the audit trail.
    public convenience init(database: Database, configuration: NotifyConfiguration) {
        self.init(database: database, configuration: configuration, backOff: NoticeBackOff())
    }

    init(database: Database, configuration: NotifyConfiguration, backOff: NoticeBackOff) {
        self.database = database
        self.backOff = backOff
        configured = NIOLockedValueBox(configuration)
    }

    /// Who is told of what from now on; messages that were made stay as they are.
    public var configuration: NotifyConfiguration {
        get { configured.withLockedValue { $0 } }
        set { configured.withLockedValue { $0 = newValue } }
    }

    /// Routes, groups, and says what is to be sent now; reads only when nothing is to be decided.
    ///
    /// - Parameter busy: Receivers that a message is on the way to.
    /// - Throws: ``StorageFailure``.
    public func turn(at now: Timestamp, busy: Set<String>) async throws -> Turn {
        let configuration = configuration
        let epoch = database.epoch
        let mustDecide = try await database.read { snapshot in
            try Notifications.hasNews(in: snapshot)
                || NoticeGroupStore.nextMoment(in: snapshot).map { $0 <= now } ?? false
        }
        if mustDecide {
            try await database.write { transaction in
                try NoticeGroupStore.forget(at: now, in: transaction)
                try Notifications.route(configuration, at: now, in: transaction)
                for stored in try NoticeGroupStore.due(at: now, in: transaction) {
                    try Notifications.decide(stored, configuration, epoch: epoch, at: now, in: transaction)
                }
            }
        }
        return try await database.read { snapshot in
            var turn = Turn()
            var begun = busy
            for due in try NoticeMessageStore.due(at: now, in: snapshot) where !busy.contains(due.receiver) {
                guard let message = try NoticeMessageStore.message(due.id, in: snapshot) else { continue }
                begun.insert(due.receiver)
                turn.messages.append((message, configuration.receiver(due.receiver) ?? .gone(due.receiver)))
            }
            let upcoming = try NoticeMessageStore.upcoming(in: snapshot).filter { !begun.contains($0.receiver) }
            turn.next = [try NoticeGroupStore.nextMoment(in: snapshot), upcoming.map(\.at).min()].compactMap { $0 }
                .min()
            if try Notifications.hasNews(in: snapshot) { turn.next = now }
            return turn
        }
    }

    /// Stores what came of an attempt.
    ///
    /// - Throws: ``StorageFailure``; then the message is tried again, with the same key.
    public func settle(_ id: Int64, _ outcome: NoticeMessage.Outcome, at now: Timestamp) async throws {
        let configuration = configuration
        let backOff = backOff
        try await database.write { transaction in
            guard var message = try NoticeMessageStore.message(id, in: transaction), message.state == .waiting else {
                return
            }
            var generator = SystemRandomNumberGenerator()
            let limit = configuration.receiver(message.receiver)?.attempts ?? 1
            message.take(outcome, limit: limit, backOff: backOff, at: now, using: &generator)
            try NoticeMessageStore.settle(message, at: now, in: transaction)
            guard message.state == .sent else { return }
            var stored = try NoticeGroupStore.group(message.receiver, message.group.stored, in: transaction)
            stored.group.sent(message.entries, at: now)
            try NoticeGroupStore.save(stored, in: transaction)
        }
    }

    /// The wall clock was set: everything that waits goes on waiting as long as before.
    public func shift(by step: Duration) async throws {
        let step = step.wholeMilliseconds
        try await database.write { transaction in
            try transaction.run(
                """
                UPDATE notice_group SET flush_at = flush_at + ?1, repeat_at = repeat_at + ?1,
                    last_sent_at = last_sent_at + ?1
                """, step)
            try transaction.run("UPDATE notice_message SET next_at = next_at + ? WHERE state = 'waiting'", step)
        }
    }

    private static func hasNews(in snapshot: Snapshot) throws -> Bool {
        let found: Int64? = try snapshot.value(
            "SELECT id FROM alert_notice WHERE id > (SELECT last FROM notice_cursor) LIMIT 1")
        return found != nil
    }
}

// MARK: - Deciding

extension Notifications {
    /// Hands the new notices of the outbox to the groups of their receivers.
    private static func route(
        _ configuration: NotifyConfiguration, at now: Timestamp, in transaction: Transaction
    ) throws {
        let notices = try AlertNoticeStore.after(
            try transaction.value("SELECT last FROM notice_cursor") ?? 0, limit: routedAtOnce, in: transaction)
        guard let last = notices.last else { return }
        for notice in notices {
            for destination in configuration.destinations(of: notice) {
                let isUnwanted = configuration.receiver(destination.receiver)?.isToldOfTheEnd == false
                if isUnwanted, notice.reason == .resolved {
                    try transaction.run(
                        "DELETE FROM notice_told WHERE receiver = ? AND alert = ?", destination.receiver,
                        notice.alert.id)
                    continue
                }
                try add(notice, to: destination, at: now, in: transaction)
            }
        }
        try transaction.run("UPDATE notice_cursor SET last = ?", last.number)
        try transaction.run("DELETE FROM alert_notice WHERE id <= ?", last.number - outboxKept)
    }

    private static func add(
        _ notice: AlertNotice, to destination: NoticeDestination, at now: Timestamp, in transaction: Transaction
    ) throws {
        let labels = destination.group.stored
        let entry = NoticeEntry(alert: notice.alert, reason: notice.reason, level: notice.level, at: notice.at)
        let added = try transaction.run(
            "INSERT OR IGNORE INTO notice_delivery (notice, receiver, labels, entry) VALUES (?, ?, ?, ?)",
            notice.number, destination.receiver, labels, [entry].stored)
        guard added == 1 else { return }
        var stored = try NoticeGroupStore.group(destination.receiver, labels, in: transaction)
        stored.quietHours = destination.quietHours
        stored.group.note(timing: destination.timing, at: now)
        try NoticeGroupStore.save(stored, in: transaction)
    }

    /// Lets a group make its message.
    private static func decide(
        _ due: StoredNoticeGroup, _ configuration: NotifyConfiguration, epoch: String, at now: Timestamp,
        in transaction: Transaction
    ) throws {
        var stored = due
        let quiet = configuration.quiet(stored.quietHours, at: now)
        var entries: [NoticeEntry] = []
        if let flushAt = stored.group.flushAt, flushAt <= now {
            let waiting = try NoticeGroupStore.waiting(stored, in: transaction)
            var known: [ID<Alert>: NoticeGroup.Knowledge] = [:]
            for id in Set(waiting.map(\.entry.alert.id)) {
                known[id] = try NoticeGroupStore.knowledge(id, of: stored.receiver, in: transaction)
            }
            let decision = stored.group.flush(waiting, at: now, quiet: quiet) { id in
                known[id] ?? NoticeGroup.Knowledge(now: nil, isTold: false, isBeingTold: false)
            }
            for delivery in decision.carried + decision.superseded {
                try transaction.run("DELETE FROM notice_delivery WHERE id = ?", delivery)
            }
            entries = decision.entries
        }
        if entries.isEmpty, let repeatAt = stored.group.repeatAt, repeatAt <= now {
            let told = try NoticeGroupStore.told(stored, in: transaction)
            entries = stored.group.remind(told, at: now, quiet: quiet)
        }
        if !entries.isEmpty {
            // Until it is sent, reminders and further notices wait.
            stored.group.lastSentAt = now
            if stored.group.repeatAt != nil { stored.group.repeatAt = now + stored.group.timing.again }
            try NoticeMessageStore.add(
                entries, to: stored.receiver, stored.labels, epoch: epoch, at: now, in: transaction)
        }
        try NoticeGroupStore.save(stored, in: transaction)
    }
}

extension NoticeReceiver {
    /// Stands for a receiver that the file no longer has; nothing can be sent to it.
    static func gone(_ name: String) -> NoticeReceiver {
        NoticeReceiver(name: name, channel: .program(Program(arguments: [])))
    }

    /// Whether the file has it.
    public var isKnown: Bool {
        if case .program(let program) = channel { return !program.arguments.isEmpty }
        return true
    }
}

public import DeskAPI
internal import Storage
public import Vocabulary

extension Notifications {
    /// Every receiver of the file in its order, and how it is.
    ///
    /// - Throws: ``StorageFailure``.
    public func receivers() async throws -> [NotifyReceiver] {
        let receivers = configuration.receivers
        return try await database.read { snapshot in
            try receivers.map { receiver in
                var record = NotifyReceiver()
                record.name = receiver.name
                record.kind = receiver.kind
                record.target = receiver.target
                let counts = try snapshot.first(
                    """
                    SELECT COUNT(*) FILTER (WHERE state = 'waiting'), COUNT(*) FILTER (WHERE state = 'dead'),
                        MAX(tried_at) FILTER (WHERE state = 'sent'), MAX(tried_at) FILTER (WHERE fault IS NOT NULL)
                    FROM notice_message WHERE receiver = ?
                    """,
                    receiver.name
                ) {
                    (
                        waiting: try $0[0] as Int64, dead: try $0[1] as Int64, sent: try $0[2] as Timestamp?,
                        failed: try $0[3] as Timestamp?
                    )
                }
                record.waiting = counts?.waiting ?? 0
                record.dead = counts?.dead ?? 0
                record.lastSentAt = counts?.sent
                if let sent = counts?.sent { record.isHealthy = counts?.failed.map { $0 <= sent } ?? true }
                if counts?.sent == nil, counts?.failed != nil { record.isHealthy = false }
                record.lastFailure = try snapshot.value(
                    """
                    SELECT fault FROM notice_message WHERE receiver = ? AND fault IS NOT NULL
                    ORDER BY tried_at DESC, id DESC LIMIT 1
                    """, receiver.name)
                return record
            }
        }
    }

    /// Messages, newest first.
    ///
    /// - Throws: ``StorageFailure``.
    public func list(_ request: ListNotices) async throws -> [NoticeMessage] {
        try await database.read { snapshot in
            try NoticeMessageStore.numbers(
                state: request.state?.rawValue, receiver: request.receiver, limit: request.limit, in: snapshot
            ).compactMap { try NoticeMessageStore.message($0, in: snapshot) }
        }
    }

    /// Tries a dead letter again, or one that waits at once.
    ///
    /// - Throws: ``Problem`` `.notFound`; `.staleRevision` when it was sent or discarded; ``StorageFailure``.
    public func retry(_ id: Int64, by caller: Caller, at now: Timestamp) async throws -> NoticeMessage {
        try await change(id, "notice.retry", by: caller, at: now) { $0.revive(at: now) }
    }

    /// Discards a message that was not sent.
    ///
    /// - Throws: ``Problem`` `.notFound`; `.staleRevision` when it was sent or discarded; ``StorageFailure``.
    public func drop(_ id: Int64, by caller: Caller, at now: Timestamp) async throws -> NoticeMessage {
        try await change(id, "notice.drop", by: caller, at: now) { $0.state = .discarded }
    }

    private func change(
        _ id: Int64, _ action: String, by caller: Caller, at now: Timestamp,
        _ change: @escaping @Sendable (inout NoticeMessage) -> Void
    ) async throws -> NoticeMessage {
        try await database.write { transaction in
            guard var message = try NoticeMessageStore.message(id, in: transaction) else {
                throw Problem(.notFound, "there is no message \(id)")
            }
            guard message.state == .dead || message.state == .waiting else {
                throw Problem(.staleRevision, "message \(id) is \(message.state.rawValue) already")
            }
            change(&message)
            try NoticeMessageStore.settle(message, at: now, in: transaction)
            _ = try AuditTrail.append(
                AuditTrail.Draft(
                    at: now, actor: caller.actor, actorName: caller.name, action: action, subject: "notice:\(id)",
                    detail: "for \(message.receiver)"), in: transaction)
            return message
        }
    }

    /// A message that tests a receiver and is not kept.
    public func test(of receiver: String, by caller: Caller, at now: Timestamp) async throws -> NoticeMessage {
        let draft = AuditTrail.Draft(
            at: now, actor: caller.actor, actorName: caller.name, action: "notice.test", subject: "receiver:\(receiver)"
        )
        let entry = try await database.write { transaction in try AuditTrail.append(draft, in: transaction) }
        var alert = Alert()
        alert.rule = "watchdesk-test"
        alert.host = "watchdesk"
        alert.metric = "test"
        alert.severity = .info
        alert.category = AlertCategory.custom.rawValue
        alert.summary = "A test of the receiver \(receiver), asked for by \(caller.name)"
        alert.condition = .firing
        alert.startedAt = now
        alert.firedAt = now
        alert.updatedAt = now
        return NoticeMessage(
            receiver: receiver, key: "watchdesk-test-\(database.epoch)-\(entry.sequence)",
            entries: [NoticeEntry(alert: alert, reason: .fired, at: now)], at: now)
    }
}

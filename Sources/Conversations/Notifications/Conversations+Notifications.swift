internal import Bus
public import DeskAPI
internal import Storage
public import Vocabulary

/// What single people of the staff have to know; stored with what caused it, and kept until they say that they know.
extension Conversations {
    /// The caller's notifications, oldest first.
    ///
    /// - Throws: ``Problem`` `.forbidden` for who does not work at the desk; ``StorageFailure``.
    public func notifications(_ request: ListNotifications, of caller: Caller) async throws -> NotificationList {
        try caller.requireStaff()
        return try await database.read { snapshot in
            var list = NotificationList()
            list.items = try snapshot.rows(
                """
                SELECT * FROM notification WHERE user = ? AND place > ? AND (? OR acknowledged_at IS NULL)
                ORDER BY place LIMIT ?
                """, caller.actor, request.after, request.acknowledged, request.limit,
                read: StaffNotification.init(row:))
            list.lastOffset = try snapshot.lastNotification(of: caller.actor)
            return list
        }
    }

    /// The caller knows.
    ///
    /// - Returns: what was acknowledged by it; nothing that was before.
    /// - Throws: ``Problem`` `.forbidden`, `.invalidField` when nothing is named; ``StorageFailure``.
    public func acknowledge(
        _ request: AcknowledgeNotifications, by caller: Caller, at now: Timestamp
    ) async throws -> NotificationList {
        try caller.requireStaff()
        let named = [request.id != nil, request.through != nil, request.conversation != nil].count { $0 }
        guard named == 1 else {
            throw Problem(.invalidField, "id: say exactly one of id, through and conversation")
        }
        return try await database.write { [bus] transaction in
            var list = NotificationList()
            list.items = try transaction.rows(
                """
                SELECT * FROM notification WHERE user = ?1 AND acknowledged_at IS NULL
                    AND (id = ?2 OR place <= ?3 OR conversation = ?4)
                ORDER BY place
                """, caller.actor, request.id, request.through, request.conversation,
                read: StaffNotification.init(row:))
            for index in list.items.indices {
                list.items[index].acknowledgedAt = now
                try transaction.run(
                    "UPDATE notification SET acknowledged_at = ? WHERE id = ?", now, list.items[index].id)
            }
            list.lastOffset = try transaction.lastNotification(of: caller.actor)
            let known = list.items
            transaction.afterCommit { for notification in known { bus.publish(.notified(notification)) } }
            return list
        }
    }
}

extension Caller {
    fileprivate func requireStaff() throws(Problem) {
        guard isStaff else { throw Problem(.forbidden, "only staff is told of things") }
    }
}

extension Conversations {
    /// The notifications of one person that are kept when they are acknowledged.
    static let keptNotifications: Int64 = 500
    /// The notifications of one person that are kept at all.
    static let mostNotifications: Int64 = 2000
}

extension Snapshot {
    fileprivate func lastNotification(of actor: String) throws -> Int64 {
        try value("SELECT last FROM notification_place WHERE user = ?", actor) ?? 0
    }
}

extension Transaction {
    /// Stores a notification at the next place of its person, and forgets what is older than anybody looks back.
    func store(_ notification: StaffNotification) throws -> StaffNotification {
        var stored = notification
        try run(
            """
            INSERT INTO notification_place (user, last) VALUES (?, 1)
            ON CONFLICT (user) DO UPDATE SET last = last + 1
            """, stored.user)
        stored.offset = try lastNotification(of: stored.user)
        stored.id = ID(
            try insert(
                """
                INSERT INTO notification (user, place, kind, priority, conversation, message_place, from_name, text, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, stored.user, stored.offset, stored.kind.rawValue, stored.priority.rawValue, stored.conversation,
                stored.message, stored.from, stored.text, stored.at))
        try run(
            """
            DELETE FROM notification
            WHERE user = ?1 AND (place <= ?2 OR (place <= ?3 AND acknowledged_at IS NOT NULL))
            """, stored.user, stored.offset - Conversations.mostNotifications,
            stored.offset - Conversations.keptNotifications)
        return stored
    }
}

extension StaffNotification {
    /// The notification in a row of the table.
    fileprivate init(row: borrowing Row) throws {
        self.init()
        id = try row[0]
        user = try row[1]
        offset = try row[2]
        kind = try choice(row[3])
        priority = try choice(row[4])
        conversation = try row[5]
        message = try row[6]
        from = try row[7]
        text = try row[8]
        at = try row[9]
        acknowledgedAt = try row[10]
    }
}

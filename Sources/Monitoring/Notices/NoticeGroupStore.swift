internal import DeskAPI
internal import JSON
internal import Storage
internal import Vocabulary

/// A group with its place in the tables.
struct StoredNoticeGroup {
    let receiver: String
    let labels: String
    var quietHours: [String]
    var group: NoticeGroup
}

/// The groups, the notices that wait in them, and who was told of what.
enum NoticeGroupStore {
    /// How many waiting notices a group looks at: more than a message carries, because what is critical may stand
    /// behind much that waits for the end of quiet hours.
    static let waitingLimit = 20_000

    /// The groups that must decide something now.
    static func due(at now: Timestamp, in snapshot: Snapshot) throws -> [StoredNoticeGroup] {
        try snapshot.rows(
            """
            SELECT receiver, labels, quiet_hours, wait, interval, again, flush_at, repeat_at, last_sent_at
            FROM notice_group WHERE flush_at <= ?1 OR repeat_at <= ?1
            """,
            now, read: StoredNoticeGroup.init)
    }

    /// One group; a new one when it is not kept yet.
    static func group(_ receiver: String, _ labels: String, in snapshot: Snapshot) throws -> StoredNoticeGroup {
        try snapshot.first(
            """
            SELECT receiver, labels, quiet_hours, wait, interval, again, flush_at, repeat_at, last_sent_at
            FROM notice_group WHERE receiver = ? AND labels = ?
            """,
            receiver, labels, read: StoredNoticeGroup.init)
            ?? StoredNoticeGroup(
                receiver: receiver, labels: labels, quietHours: [], group: NoticeGroup(timing: NoticeTiming()))
    }

    /// Forgets the groups that neither wait for anything nor hold anything back any more.
    static func forget(at now: Timestamp, in transaction: Transaction) throws {
        try transaction.run(
            """
            DELETE FROM notice_group
            WHERE flush_at IS NULL AND repeat_at IS NULL AND (last_sent_at IS NULL OR last_sent_at + interval <= ?)
                AND NOT EXISTS (
                    SELECT 1 FROM notice_message AS message
                    WHERE message.state = 'waiting' AND message.receiver = notice_group.receiver
                        AND message.labels = notice_group.labels)
            """,
            now)
    }

    /// Stores a group.
    static func save(_ stored: StoredNoticeGroup, in transaction: Transaction) throws {
        let group = stored.group
        try transaction.run(
            """
            INSERT OR REPLACE INTO notice_group
                (receiver, labels, quiet_hours, wait, interval, again, flush_at, repeat_at, last_sent_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            stored.receiver, stored.labels, stored.quietHours.joined(separator: ","),
            group.timing.wait.wholeMilliseconds, group.timing.interval.wholeMilliseconds,
            group.timing.again.wholeMilliseconds, group.flushAt, group.repeatAt, group.lastSentAt)
    }

    /// The notices that wait in a group, in their order.
    static func waiting(_ stored: StoredNoticeGroup, in snapshot: Snapshot) throws -> [NoticeGroup.Waiting] {
        try snapshot.rows(
            "SELECT id, entry FROM notice_delivery WHERE receiver = ? AND labels = ? ORDER BY id LIMIT ?",
            stored.receiver, stored.labels, waitingLimit
        ) { row in
            let delivery: Int64 = try row[0]
            return try [NoticeEntry](stored: try row[1]).map { NoticeGroup.Waiting(delivery: delivery, entry: $0) }
        }.flatMap { $0 }
    }

    /// What a receiver knows of an alert, and how the alert is now.
    static func knowledge(
        _ alert: ID<Alert>, of receiver: String, in snapshot: Snapshot
    ) throws -> NoticeGroup.Knowledge {
        let told = try snapshot.first(
            "SELECT is_told FROM notice_told WHERE receiver = ? AND alert = ?", receiver, alert
        ) { try $0[0] as Bool }
        return NoticeGroup.Knowledge(
            now: try AlertStore.episode(alert, in: snapshot)?.alert, isTold: told == true, isBeingTold: told == false)
    }

    /// The open alerts of a group that the receiver was told of, as they are now.
    static func told(_ stored: StoredNoticeGroup, in snapshot: Snapshot) throws -> [Alert] {
        let numbers = try snapshot.rows(
            "SELECT alert FROM notice_told WHERE receiver = ? AND labels = ? AND is_told ORDER BY alert LIMIT ?",
            stored.receiver, stored.labels, NoticeGroup.messageLimit
        ) { try $0[0] as ID<Alert> }
        return try numbers.compactMap { try AlertStore.episode($0, in: snapshot)?.alert }.filter(\.isOpen)
    }

    /// When the next group must decide something.
    static func nextMoment(in snapshot: Snapshot) throws -> Timestamp? {
        let flush: Timestamp?? = try snapshot.value("SELECT MIN(flush_at) FROM notice_group")
        let again: Timestamp?? = try snapshot.value("SELECT MIN(repeat_at) FROM notice_group")
        return [flush ?? nil, again ?? nil].compactMap { $0 }.min()
    }
}

extension StoredNoticeGroup {
    init(_ row: borrowing Row) throws {
        receiver = try row[0]
        labels = try row[1]
        quietHours = (try row[2] as String).split(separator: ",").map(String.init)
        var timing = NoticeTiming()
        timing.wait = .milliseconds(try row[3] as Int64)
        timing.interval = .milliseconds(try row[4] as Int64)
        timing.again = .milliseconds(try row[5] as Int64)
        group = NoticeGroup(timing: timing, flushAt: try row[6], repeatAt: try row[7], lastSentAt: try row[8])
    }
}

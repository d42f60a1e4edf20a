internal import DeskAPI
internal import JSON
internal import Storage
internal import Vocabulary

/// What people are still to be told.
enum AlertNoticeStore {
    static let migrations = [
        Migration(
            "alert-notices-1",
            """
            CREATE TABLE alert_notice (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                alert INTEGER NOT NULL,
                revision INTEGER NOT NULL,
                reason TEXT NOT NULL,
                level INTEGER NOT NULL,
                at INTEGER NOT NULL,
                snapshot TEXT NOT NULL,
                UNIQUE (alert, revision, reason, level)
            ) STRICT;
            """)
    ]

    /// Adds a notice in the transaction that stores the step it tells of; the same step again adds nothing.
    static func append(
        _ reason: AlertNotice.Reason, level: Int = 0, _ alert: Alert, _ id: ID<Alert>, at: Timestamp,
        in transaction: Transaction
    ) throws {
        var alert = alert
        alert.id = id
        try transaction.run(
            """
            INSERT OR IGNORE INTO alert_notice (alert, revision, reason, level, at, snapshot) VALUES (?, ?, ?, ?, ?, ?)
            """,
            id, alert.revision, reason.rawValue, level, at, alert.json)
    }
}

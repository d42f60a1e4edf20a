internal import DeskAPI
internal import JSON
internal import Storage
internal import Vocabulary

/// What people are still to be told.
enum AlertNoticeStore {
    static let migrations =
        [
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
        ] + NoticeTables.migrations

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

    /// The notices after this one, in their order.
    static func after(_ number: Int64, limit: Int, in snapshot: Snapshot) throws -> [AlertNotice] {
        try snapshot.rows(
            "SELECT id, snapshot, reason, level, at FROM alert_notice WHERE id > ? ORDER BY id LIMIT ?", number, limit
        ) { row in
            AlertNotice(
                number: try row[0], alert: Alert(kept: try JSONParser.parse(try row[1] as String)),
                reason: AlertNotice.Reason(rawValue: try row[2]) ?? .fired, level: try row[3], at: try row[4])
        }
    }
}

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

    /// Adds what people are told in the transaction that stores the step it tells of; the same step again adds nothing.
    ///
    /// The next in line is called by its step; an end is told to everybody who was called until then.
    static func append(
        _ reasons: [AlertNotice.Reason], _ alert: Alert, at: Timestamp, in transaction: Transaction
    ) throws {
        for reason in reasons {
            let newest = Int(alert.level)
            let levels = reason == .resolved ? 0...newest : reason == .escalated ? newest...newest : 0...0
            for level in levels {
                try transaction.run(
                    """
                    INSERT OR IGNORE INTO alert_notice (alert, revision, reason, level, at, snapshot)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                    alert.id, alert.revision, reason.rawValue, level, at, alert.json)
            }
        }
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

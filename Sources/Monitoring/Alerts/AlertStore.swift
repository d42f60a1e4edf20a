internal import DeskAPI
internal import Storage
internal import Vocabulary

/// An open episode as the database holds it.
struct StoredAlert {
    let episode: AlertEpisode
    /// What was counted towards `for` or `keep_firing_for` at ``seenAt``.
    let elapsed: Duration
    /// When a value was last seen, as far as it was stored.
    let seenAt: Timestamp
}

/// The alerts' table.
enum AlertStore {
    /// How many episodes that are over are kept.
    static let keptCount: Int64 = 10_000

    static let migrations = [
        Migration(
            "alerts-1",
            """
            CREATE TABLE alert (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                rule TEXT NOT NULL,
                host TEXT NOT NULL,
                metric TEXT NOT NULL,
                severity TEXT NOT NULL,
                category TEXT NOT NULL,
                summary TEXT NOT NULL,
                condition TEXT NOT NULL,
                value REAL,
                threshold REAL NOT NULL,
                clear REAL NOT NULL,
                fires_above INTEGER NOT NULL,
                unit TEXT NOT NULL,
                started_at INTEGER NOT NULL,
                fired_at INTEGER,
                resolved_at INTEGER,
                acknowledged_by TEXT,
                acknowledged_at INTEGER,
                acknowledged_until INTEGER,
                note TEXT,
                acknowledger TEXT,
                revision INTEGER NOT NULL,
                updated_at INTEGER NOT NULL,
                elapsed INTEGER NOT NULL,
                seen_at INTEGER NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX alert_open ON alert (host, rule, metric) WHERE condition <> 'resolved';
            CREATE INDEX alert_over ON alert (resolved_at) WHERE condition = 'resolved';
            """),
        Migration(
            "alerts-life-1",
            """
            ALTER TABLE alert ADD COLUMN suppression TEXT NOT NULL DEFAULT 'none';
            ALTER TABLE alert ADD COLUMN suppressed_by TEXT;
            ALTER TABLE alert ADD COLUMN suppressed_until INTEGER;
            ALTER TABLE alert ADD COLUMN flapping INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE alert ADD COLUMN flaps INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE alert ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE alert ADD COLUMN owed TEXT;
            UPDATE alert SET told = 1 WHERE fired_at IS NOT NULL;
            CREATE INDEX alert_subject ON alert (rule, host, metric, id);
            """),
        Migration(
            "alerts-life-2",
            """
            ALTER TABLE alert ADD COLUMN source TEXT NOT NULL DEFAULT 'rule';
            ALTER TABLE alert ADD COLUMN labels TEXT NOT NULL DEFAULT '[]';
            ALTER TABLE alert ADD COLUMN runbook TEXT;
            ALTER TABLE alert ADD COLUMN assigned_to TEXT;
            ALTER TABLE alert ADD COLUMN level INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE alert ADD COLUMN previous INTEGER;
            ALTER TABLE alert ADD COLUMN resolved_by TEXT;
            ALTER TABLE alert ADD COLUMN since_call INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE alert ADD COLUMN raised_until INTEGER;
            """),
    ]

    /// Every episode that is not over.
    static func open(in snapshot: Snapshot) throws -> [StoredAlert] {
        try snapshot.rows(
            """
            SELECT * FROM alert WHERE condition <> 'resolved' ORDER BY id
            """,
            read: StoredAlert.init)
    }

    /// Episodes that were over after a moment, newest first.
    static func over(since: Timestamp, limit: Int, in snapshot: Snapshot) throws -> [Alert] {
        try snapshot.rows(
            """
            SELECT * FROM alert WHERE condition = 'resolved' AND resolved_at >= ? ORDER BY resolved_at DESC LIMIT ?
            """,
            since, limit, read: StoredAlert.init
        ).map(\.episode.alert)
    }

    /// The episode with this number.
    static func episode(_ id: ID<Alert>, in snapshot: Snapshot) throws -> AlertEpisode? {
        try snapshot.first(
            """
            SELECT * FROM alert WHERE id = ?
            """,
            id, read: StoredAlert.init)?.episode
    }

    /// Episodes of the same rule, host and metric before this one, newest first.
    static func earlier(than alert: Alert, limit: Int, in snapshot: Snapshot) throws -> [Alert] {
        try snapshot.rows(
            """
            SELECT * FROM alert WHERE rule = ? AND host = ? AND metric = ? AND id < ? ORDER BY id DESC LIMIT ?
            """,
            alert.rule, alert.host, alert.metric, alert.id, limit, read: StoredAlert.init
        ).map(\.episode.alert)
    }

    /// Stores a change if the record is still as it was when the change was decided.
    ///
    /// - Returns: the episode's number; `nil` when somebody else changed it first, and then nothing happened.
    static func apply(_ change: AlertChange, in transaction: Transaction) throws -> Number? {
        guard let alert = change.after.alert else { return nil }
        guard let base = change.base else { return try insert(change, alert, in: transaction) }
        if change.isWithdrawal {
            let gone = try transaction.run("DELETE FROM alert WHERE id = ? AND revision = ?", alert.id, base)
            return gone == 1 ? Number(id: alert.id, previous: alert.previous) : nil
        }
        let kept = try update(alert, change, base: base, in: transaction)
        if kept, alert.condition == .resolved { try forgetOldest(before: alert.id, in: transaction) }
        return kept ? Number(id: alert.id, previous: alert.previous) : nil
    }

    /// What an episode is called, and the one before it.
    struct Number {
        let id: ID<Alert>
        var previous: ID<Alert>?
    }

    /// Stores what a person did with an episode.
    static func respond(_ episode: AlertEpisode, in transaction: Transaction) throws {
        let alert = episode.alert
        try transaction.run(
            """
            UPDATE alert SET acknowledged_by = ?, acknowledged_at = ?, acknowledged_until = ?, note = ?,
                acknowledger = ?, revision = ?, updated_at = ?, told = ?, owed = ?, condition = ?, resolved_at = ?,
                resolved_by = ?, assigned_to = ?, level = ?, since_call = ?
            WHERE id = ?
            """,
            alert.acknowledgedBy, alert.acknowledgedAt, alert.acknowledgedUntil, alert.note, episode.acknowledger,
            alert.revision, alert.updatedAt, episode.life.isTold, episode.life.owed?.rawValue,
            alert.condition.rawValue, alert.resolvedAt, alert.resolvedBy, alert.assignedTo, alert.level,
            episode.life.sinceCall.wholeMilliseconds, alert.id)
    }

    private static func insert(
        _ change: AlertChange, _ alert: Alert, in transaction: Transaction
    ) throws -> Number {
        let life = change.after.episode?.life ?? AlertLife()
        let previous: ID<Alert>? = try transaction.first(
            "SELECT id FROM alert WHERE rule = ? AND host = ? AND metric = ? ORDER BY id DESC LIMIT 1", alert.rule,
            alert.host, alert.metric
        ) { try $0[0] }
        let number = try transaction.insert(
            """
            INSERT INTO alert (rule, host, metric, severity, category, summary, condition, value, threshold, clear,
                fires_above, unit, started_at, fired_at, resolved_at, revision, updated_at, elapsed, seen_at,
                suppression, suppressed_by, suppressed_until, flapping, flaps, told, owed, source, labels, runbook,
                assigned_to, level, previous, since_call, raised_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            alert.rule, alert.host, alert.metric, alert.severity.rawValue, alert.category, alert.summary,
            alert.condition.rawValue, alert.value, alert.threshold, alert.clear, alert.firesAbove, alert.unit.rawValue,
            alert.startedAt, alert.firedAt, alert.resolvedAt, alert.revision, alert.updatedAt,
            change.after.stopwatch.elapsed.wholeMilliseconds, change.at, alert.suppression.rawValue,
            alert.suppressedBy, alert.suppressedUntil, alert.flapping, alert.flaps,
            life.isTold, life.owed?.rawValue, alert.source.rawValue, AlertStore.text(of: alert.labels), alert.runbook,
            alert.assignedTo, alert.level, previous, life.sinceCall.wholeMilliseconds, life.raisedUntil)
        return Number(id: ID(number), previous: previous)
    }

    private static func update(
        _ alert: Alert, _ change: AlertChange, base: Int64, in transaction: Transaction
    ) throws -> Bool {
        let life = change.after.episode?.life ?? AlertLife()
        return try transaction.run(
            """
            UPDATE alert SET severity = ?, category = ?, summary = ?, condition = ?, value = ?, threshold = ?,
                clear = ?, fires_above = ?, started_at = ?, fired_at = ?, resolved_at = ?, acknowledged_by = ?,
                acknowledged_at = ?, acknowledged_until = ?, note = ?, acknowledger = ?, revision = ?, updated_at = ?,
                elapsed = ?, seen_at = ?, suppression = ?, suppressed_by = ?, suppressed_until = ?, flapping = ?,
                flaps = ?, told = ?, owed = ?, labels = ?, runbook = ?, level = ?, since_call = ?, raised_until = ?
            WHERE id = ? AND revision = ?
            """,
            alert.severity.rawValue, alert.category, alert.summary, alert.condition.rawValue, alert.value,
            alert.threshold, alert.clear, alert.firesAbove, alert.startedAt, alert.firedAt, alert.resolvedAt,
            alert.acknowledgedBy, alert.acknowledgedAt, alert.acknowledgedUntil, alert.note,
            change.after.episode?.acknowledger, alert.revision, alert.updatedAt,
            change.after.stopwatch.elapsed.wholeMilliseconds, change.at, alert.suppression.rawValue,
            alert.suppressedBy, alert.suppressedUntil, alert.flapping, alert.flaps,
            life.isTold, life.owed?.rawValue, AlertStore.text(of: alert.labels), alert.runbook, alert.level,
            life.sinceCall.wholeMilliseconds, life.raisedUntil, alert.id, base) == 1
    }

    /// By number rather than by age: a clock that was set wrong must not delete anything.
    private static func forgetOldest(before id: ID<Alert>, in transaction: Transaction) throws {
        try transaction.run(
            "DELETE FROM alert WHERE condition = 'resolved' AND id <= ?", id.number - AlertStore.keptCount)
    }
}

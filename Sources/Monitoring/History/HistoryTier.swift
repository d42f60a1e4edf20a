/// How finely the past is kept: every sample for a while, then the smallest, mean and largest value of ever longer steps.
enum HistoryTier: Int64, CaseIterable, Sendable {
    case second = 1
    case tenSeconds = 10
    case minute = 60
    case hour = 3600

    /// The tiers that are made from samples.
    static let rolled: [HistoryTier] = [.tenSeconds, .minute, .hour]

    /// Seconds between two rows.
    var step: Int64 { rawValue }

    /// The start of the step that a moment lies in, in seconds since 1970.
    func slot(of second: Int64) -> Int64 { second - second % step }

    /// Puts a row into its table, in place of one at the same time.
    var insert: StaticString {
        switch self {
        case .second: "INSERT OR REPLACE INTO sample_1 (key, layout, samples, data) VALUES (?, ?, ?, ?)"
        case .tenSeconds: "INSERT OR REPLACE INTO sample_10 (key, layout, samples, data) VALUES (?, ?, ?, ?)"
        case .minute: "INSERT OR REPLACE INTO sample_60 (key, layout, samples, data) VALUES (?, ?, ?, ?)"
        case .hour: "INSERT OR REPLACE INTO sample_3600 (key, layout, samples, data) VALUES (?, ?, ?, ?)"
        }
    }

    /// Reads the rows from one key to before another, oldest first.
    var select: StaticString {
        switch self {
        case .second: "SELECT key, layout, samples, data FROM sample_1 WHERE key >= ? AND key < ? ORDER BY key"
        case .tenSeconds: "SELECT key, layout, samples, data FROM sample_10 WHERE key >= ? AND key < ? ORDER BY key"
        case .minute: "SELECT key, layout, samples, data FROM sample_60 WHERE key >= ? AND key < ? ORDER BY key"
        case .hour: "SELECT key, layout, samples, data FROM sample_3600 WHERE key >= ? AND key < ? ORDER BY key"
        }
    }

    /// Finds the newest key from one to before another.
    var newest: StaticString {
        switch self {
        case .second: "SELECT max(key) FROM sample_1 WHERE key >= ? AND key < ?"
        case .tenSeconds: "SELECT max(key) FROM sample_10 WHERE key >= ? AND key < ?"
        case .minute: "SELECT max(key) FROM sample_60 WHERE key >= ? AND key < ?"
        case .hour: "SELECT max(key) FROM sample_3600 WHERE key >= ? AND key < ?"
        }
    }

    /// Deletes the oldest rows from one key to before another, a few at a time.
    var trim: StaticString {
        switch self {
        case .second:
            "DELETE FROM sample_1 WHERE key IN (SELECT key FROM sample_1 WHERE key >= ? AND key < ? ORDER BY key LIMIT ?)"
        case .tenSeconds:
            "DELETE FROM sample_10 WHERE key IN (SELECT key FROM sample_10 WHERE key >= ? AND key < ? ORDER BY key LIMIT ?)"
        case .minute:
            "DELETE FROM sample_60 WHERE key IN (SELECT key FROM sample_60 WHERE key >= ? AND key < ? ORDER BY key LIMIT ?)"
        case .hour:
            """
            DELETE FROM sample_3600 WHERE key IN
                (SELECT key FROM sample_3600 WHERE key >= ? AND key < ? ORDER BY key LIMIT ?)
            """
        }
    }

    /// Seconds that a chunk of steps holds.
    var chunkSpan: Int64 { step * Int64(HistoryChunk.length) }

    /// The start of the chunk that a moment lies in, in seconds since 1970.
    func chunk(of second: Int64) -> Int64 { second - second % chunkSpan }

    /// Finds the oldest key from one to before another.
    var oldest: StaticString {
        switch self {
        case .second: "SELECT min(key) FROM sample_1 WHERE key >= ? AND key < ?"
        case .tenSeconds: "SELECT min(key) FROM sample_10 WHERE key >= ? AND key < ?"
        case .minute: "SELECT min(key) FROM sample_60 WHERE key >= ? AND key < ?"
        case .hour: "SELECT min(key) FROM sample_3600 WHERE key >= ? AND key < ?"
        }
    }

    /// Deletes the rows from one key to before another.
    var delete: StaticString {
        switch self {
        case .second: "DELETE FROM sample_1 WHERE key >= ? AND key < ?"
        case .tenSeconds: "DELETE FROM sample_10 WHERE key >= ? AND key < ?"
        case .minute: "DELETE FROM sample_60 WHERE key >= ? AND key < ?"
        case .hour: "DELETE FROM sample_3600 WHERE key >= ? AND key < ?"
        }
    }
}

/// The tables of the chunks; single samples have none.
extension HistoryTier {
    /// Puts a chunk into its table, in place of one at the same time.
    var insertChunk: StaticString {
        switch self {
        case .second, .tenSeconds: "INSERT OR REPLACE INTO chunk_10 (key, layout, data) VALUES (?, ?, ?)"
        case .minute: "INSERT OR REPLACE INTO chunk_60 (key, layout, data) VALUES (?, ?, ?)"
        case .hour: "INSERT OR REPLACE INTO chunk_3600 (key, layout, data) VALUES (?, ?, ?)"
        }
    }

    /// Reads the chunks from one key to before another, oldest first.
    var selectChunk: StaticString {
        switch self {
        case .second, .tenSeconds: "SELECT key, layout, data FROM chunk_10 WHERE key >= ? AND key < ? ORDER BY key"
        case .minute: "SELECT key, layout, data FROM chunk_60 WHERE key >= ? AND key < ? ORDER BY key"
        case .hour: "SELECT key, layout, data FROM chunk_3600 WHERE key >= ? AND key < ? ORDER BY key"
        }
    }

    /// Finds the newest chunk's key from one to before another.
    var newestChunk: StaticString {
        switch self {
        case .second, .tenSeconds: "SELECT max(key) FROM chunk_10 WHERE key >= ? AND key < ?"
        case .minute: "SELECT max(key) FROM chunk_60 WHERE key >= ? AND key < ?"
        case .hour: "SELECT max(key) FROM chunk_3600 WHERE key >= ? AND key < ?"
        }
    }

    /// Deletes the oldest chunks from one key to before another, a few at a time.
    var trimChunks: StaticString {
        switch self {
        case .second, .tenSeconds:
            "DELETE FROM chunk_10 WHERE key IN (SELECT key FROM chunk_10 WHERE key >= ? AND key < ? ORDER BY key LIMIT ?)"
        case .minute:
            "DELETE FROM chunk_60 WHERE key IN (SELECT key FROM chunk_60 WHERE key >= ? AND key < ? ORDER BY key LIMIT ?)"
        case .hour:
            """
            DELETE FROM chunk_3600 WHERE key IN
                (SELECT key FROM chunk_3600 WHERE key >= ? AND key < ? ORDER BY key LIMIT ?)
            """
        }
    }
}

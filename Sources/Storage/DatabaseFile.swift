/// Where a database is and how its connections are set up.
struct DatabaseFile: Sendable {
    let path: String
    let durability: Durability

    /// The first connection that may write; it creates the file when there is none.
    func create() throws -> Connection {
        let isNew = !FileSystem.exists(path)
        let connection = try setUp(Connection(path: path, access: .creating))
        if isNew { try FileSystem.synchronizeFolder(of: path) }
        return connection
    }

    /// Another connection that may write, after the one before was given up.
    func openForWriting() throws -> Connection {
        try setUp(Connection(path: path, access: .writing))
    }

    /// Makes a connection ready to write: write-ahead log, foreign keys, no memory map.
    private func setUp(_ connection: Connection) throws -> Connection {
        let mode = try connection.withStatement("PRAGMA journal_mode = WAL", []) { statement in
            try statement.step() ? statement.column(0) : .null
        }
        guard mode == .text("wal") else {
            throw StorageFailure.unreadable(path: path, message: "the file system does not allow a write-ahead log")
        }
        try connection.execute(
            """
            PRAGMA foreign_keys = ON;
            PRAGMA mmap_size = 0;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -8192;
            PRAGMA trusted_schema = OFF;
            PRAGMA cell_size_check = ON;
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA journal_size_limit = 33554432;
            """)
        try connection.execute(durability == .full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL")
        connection.countFrames()
        return connection
    }

    /// A connection that only reads and never checkpoints.
    func openForReading() throws -> Connection {
        let connection = try Connection(path: path, access: .reading)
        try connection.execute(
            """
            PRAGMA query_only = ON;
            PRAGMA mmap_size = 0;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -4096;
            PRAGMA trusted_schema = OFF;
            PRAGMA wal_autocheckpoint = 0;
            """)
        return connection
    }
}

/// What a confirmed write survives.
public enum Durability: Sendable {
    /// A power cut: each group of writes is synchronized to the disk before its callers go on.
    case full
    /// The end of the process, but the last moments before a power cut may be lost; never corrupt.
    case normal
}

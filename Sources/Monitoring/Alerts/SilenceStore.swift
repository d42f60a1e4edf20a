internal import DeskAPI
internal import JSON
internal import Storage
internal import Vocabulary

/// The silences' table.
enum SilenceStore {
    static let migrations = [
        Migration(
            "silences-1",
            """
            CREATE TABLE silence (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                matchers TEXT NOT NULL,
                comment TEXT NOT NULL,
                author TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                starts_at INTEGER NOT NULL,
                ends_at INTEGER NOT NULL,
                expired_by TEXT
            ) STRICT;
            CREATE INDEX silence_end ON silence (ends_at);
            """)
    ]

    /// How many silences that are over are listed.
    static let listedCount = 200

    /// Silences that hold or will, or those that are over; newest first.
    static func list(isOver: Bool, at now: Timestamp, in snapshot: Snapshot) throws -> [Silence] {
        isOver
            ? try snapshot.rows(
                "SELECT * FROM silence WHERE ends_at <= ? ORDER BY id DESC LIMIT ?", now, listedCount,
                read: Silence.init)
            : try snapshot.rows("SELECT * FROM silence WHERE ends_at > ? ORDER BY id DESC", now, read: Silence.init)
    }

    /// The silence with this number.
    static func silence(_ id: ID<Silence>, in snapshot: Snapshot) throws -> Silence? {
        try snapshot.first("SELECT * FROM silence WHERE id = ?", id, read: Silence.init)
    }

    /// Adds a silence and gives it its number.
    static func insert(_ silence: inout Silence, in transaction: Transaction) throws {
        let matchers = JSONValue.array(silence.matchers.map { .string($0) })
        silence.id = ID(
            try transaction.insert(
                """
                INSERT INTO silence (matchers, comment, author, created_at, starts_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)
                """,
                matchers.encoded, silence.comment, silence.author, silence.createdAt, silence.startsAt, silence.endsAt))
    }

    /// Ends a silence.
    static func expire(_ silence: Silence, in transaction: Transaction) throws {
        try transaction.run(
            "UPDATE silence SET ends_at = ?, expired_by = ? WHERE id = ?", silence.endsAt, silence.expiredBy, silence.id
        )
    }
}

extension Silence {
    fileprivate init(_ row: borrowing Row) throws {
        self.init()
        id = try row[0]
        guard case .array(let items) = try JSONParser.parse(try row[1] as String) else {
            throw StorageFailure.unexpectedColumn(index: 1, wanted: "a list of matchers", found: try row[1])
        }
        matchers = items.compactMap { if case .string(let text) = $0 { text } else { nil } }
        comment = try row[2]
        author = try row[3]
        createdAt = try row[4]
        startsAt = try row[5]
        endsAt = try row[6]
        expiredBy = try row[7]
    }
}

public import Digests
public import Vocabulary

/// The record of who did what, in which each entry carries the hash of the one before it.
///
/// Entries are written in the same transaction as the change they tell of, and can be neither changed nor deleted
/// through this program; a change by other means breaks the chain, and ``verify(in:)`` finds where.
public enum AuditTrail {
    /// The schema, to be given to ``Database/open(at:durability:migrations:readers:now:)``.
    public static let migrations = [
        Migration(
            "audit-1",
            """
            CREATE TABLE audit (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                at INTEGER NOT NULL,
                actor TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                action TEXT NOT NULL,
                subject TEXT NOT NULL,
                detail TEXT NOT NULL,
                previous BLOB NOT NULL,
                hash BLOB NOT NULL UNIQUE
            ) STRICT;
            CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'audit entries cannot be changed'); END;
            CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'audit entries cannot be deleted'); END;
            """),
        Migration("audit-2", "CREATE INDEX audit_at ON audit (at);"),
        Migration("audit-3", "CREATE INDEX audit_subject ON audit (subject, sequence);"),
    ]

    /// What is to be recorded.
    public struct Draft: Equatable, Sendable {
        /// When it happened.
        public let at: Timestamp
        /// Who did it, in a form that never changes: `u:3`, `c:7`, `u:local`, `assistant`, `watchdesk`.
        public let actor: String
        /// The name that people knew them by at that time.
        public let actorName: String
        /// What was done: `alert.acknowledge`.
        public let action: String
        /// To what: `alert:12`.
        public let subject: String
        /// What a reader needs beyond that, such as the note or the numbers.
        public let detail: String

        /// Gathers what is to be recorded.
        public init(
            at: Timestamp, actor: String, actorName: String, action: String, subject: String, detail: String = ""
        ) {
            self.at = at
            self.actor = actor
            self.actorName = actorName
            self.action = action
            self.subject = subject
            self.detail = detail
        }
    }

    /// What was recorded.
    public struct Entry: Equatable, Sendable {
        /// Counted from 1, without gaps.
        public let sequence: Int64
        /// What was recorded.
        public let draft: Draft
        /// The hash of the entry before; 32 zero bytes for the first.
        public let previous: SHA256Digest
        /// The hash over everything above.
        public let hash: SHA256Digest
    }

    /// Records an entry as part of the transaction of the change it tells of.
    @discardableResult
    public static func append(_ draft: Draft, in transaction: Transaction) throws -> Entry {
        let last = try transaction.first("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1") { row in
            (sequence: try row[0] as Int64, hash: try row[1] as SHA256Digest)
        }
        let sequence = (last?.sequence ?? 0) + 1
        let previous = last?.hash ?? beginning
        let entry = Entry(
            sequence: sequence, draft: draft, previous: previous,
            hash: hash(sequence: sequence, draft: draft, previous: previous))
        try transaction.run(
            """
            INSERT INTO audit (sequence, at, actor, actor_name, action, subject, detail, previous, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            sequence, draft.at, draft.actor, draft.actorName, draft.action, draft.subject, draft.detail, previous,
            entry.hash)
        return entry
    }

    /// Entries from the newest to older ones.
    ///
    /// - Parameters:
    ///   - before: Only entries older than this one; for the next page give the last sequence of the page before.
    ///   - limit: At most this many.
    public static func entries(before: Int64? = nil, limit: Int, in snapshot: Snapshot) throws -> [Entry] {
        try snapshot.rows(
            """
            SELECT sequence, at, actor, actor_name, action, subject, detail, previous, hash
            FROM audit WHERE sequence < ? ORDER BY sequence DESC LIMIT ?
            """,
            before ?? .max, limit, read: Entry.init)
    }

    /// The newest entries of a span of time, oldest first.
    ///
    /// - Parameters:
    ///   - from: The first moment.
    ///   - to: The last moment.
    ///   - limit: At most this many.
    public static func entries(
        from: Timestamp, to: Timestamp, limit: Int, in snapshot: Snapshot
    ) throws -> [Entry] {
        try snapshot.rows(
            """
            SELECT sequence, at, actor, actor_name, action, subject, detail, previous, hash
            FROM audit WHERE at >= ? AND at <= ? ORDER BY at DESC, sequence DESC LIMIT ?
            """,
            from, to, limit, read: Entry.init
        ).reversed()
    }

    /// The newest entries about one subject, oldest first.
    ///
    /// - Parameters:
    ///   - subject: What they are about, such as `alert:12`.
    ///   - limit: At most this many.
    public static func entries(about subject: String, limit: Int, in snapshot: Snapshot) throws -> [Entry] {
        try snapshot.rows(
            """
            SELECT sequence, at, actor, actor_name, action, subject, detail, previous, hash
            FROM audit WHERE subject = ? ORDER BY sequence DESC LIMIT ?
            """,
            subject, limit, read: Entry.init
        ).reversed()
    }

    static let beginning = SHA256Digest.zero

    static func hash(sequence: Int64, draft: Draft, previous: SHA256Digest) -> SHA256Digest {
        var message = previous.bytes
        message.append(number: sequence)
        message.append(number: draft.at.milliseconds)
        for text in [draft.actor, draft.actorName, draft.action, draft.subject, draft.detail] {
            // With its length before it no text can pass for the end of one and the start of the next.
            message.append(number: Int64(text.utf8.count))
            message.append(contentsOf: text.utf8)
        }
        return SHA256Digest(of: message)
    }
}

extension AuditTrail.Entry {
    init(_ row: borrowing Row) throws {
        sequence = try row[0]
        draft = AuditTrail.Draft(
            at: try row[1], actor: try row[2], actorName: try row[3], action: try row[4], subject: try row[5],
            detail: try row[6])
        previous = try row[7]
        hash = try row[8]
    }
}

extension SHA256Digest: Storable {
    static let zero = SHA256Digest(bytes: [UInt8](repeating: 0, count: byteCount)) ?? SHA256Digest(of: [])

    /// As BLOB of 32 bytes.
    public var stored: StoredValue { .blob(bytes) }

    /// From BLOB of 32 bytes only.
    public init?(stored: StoredValue) {
        guard case .blob(let bytes) = stored else { return nil }
        self.init(bytes: bytes)
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: Int64) {
        for shift in stride(from: 56, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: number >> Int64(shift))) }
    }
}
